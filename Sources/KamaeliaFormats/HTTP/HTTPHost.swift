/// A host with or without a port, as the Host field and URLs have it.
///
/// - Note: RFC 9110, 7.2; RFC 3986, 3.2.2 and 3.2.3.
package struct HTTPHost: Sendable, Equatable {
  /// A name or digits as they were written, without the brackets of an address of IPv6; may be empty.
  package let name: String
  /// The digits behind the colon; nil without a colon, and none where nothing is behind it.
  package let port: String?

  /// - Returns: nil for what the grammar does not have: half an escape, brackets that hold no address of IPv6, a port
  ///   that is no number.
  package init?(_ bytes: some Collection<UInt8>) {
    var rest = Array(bytes)[...]
    if rest.first == 0x5B {
      guard let end = rest.firstIndex(of: 0x5D) else { return nil }
      let literal = rest[(rest.startIndex + 1)..<end]
      guard IPv6Digits.areValid(literal) || Self.isLaterAddress(literal) else { return nil }
      name = String(decoding: literal, as: UTF8.self)
      rest = rest[(end + 1)...]
    } else {
      let end = rest.firstIndex(of: 0x3A) ?? rest.endIndex
      guard Self.isName(rest[..<end]) else { return nil }
      name = String(decoding: rest[..<end], as: UTF8.self)
      rest = rest[end...]
    }
    guard let colon = rest.first else {
      port = nil
      return
    }
    guard colon == 0x3A, rest.dropFirst().allSatisfy({ $0.decimalValue != nil }) else { return nil }
    port = String(decoding: rest.dropFirst(), as: UTF8.self)
  }

  /// Unreserved characters, subdelimiters and escapes.
  private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index] == 0x25 {
        guard index + 2 < bytes.endIndex, bytes[index + 1].hexadecimalValue != nil,
          bytes[index + 2].hexadecimalValue != nil
        else { return false }
        index += 3
      } else {
        guard bytes[index].isHostCharacter, bytes[index] != 0x5B, bytes[index] != 0x5D else { return false }
        index += 1
      }
    }
    return true
  }

  /// `v`, a number, a point and more, for addresses that are not invented yet.
  private static func isLaterAddress(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, first.lowercased == 0x76, let point = bytes.firstIndex(of: 0x2E) else {
      return false
    }
    let (version, rest) = (bytes[(bytes.startIndex + 1)..<point], bytes[(point + 1)...])
    return !version.isEmpty && version.allSatisfy { $0.hexadecimalValue != nil } && !rest.isEmpty
      && rest.allSatisfy { $0.isHostCharacter && $0 != 0x25 && $0 != 0x5B && $0 != 0x5D }
  }
}

/// The digits of an address of IPv6.
///
/// - Note: RFC 3986, 3.2.2: eight groups of one to four hexadecimal digits, `::` for one run of zeros, and the last two
///   perhaps as an address of IPv4.
enum IPv6Digits {
  static func areValid(_ bytes: ArraySlice<UInt8>) -> Bool {
    var sides = [[ArraySlice<UInt8>]]()
    var rest = bytes
    // Parted at the one `::` first: around it, an empty side is no group.
    if let gap = bytes.indices.dropLast().first(where: { bytes[$0] == 0x3A && bytes[$0 + 1] == 0x3A }) {
      sides.append(groups(bytes[..<gap]))
      rest = bytes[(gap + 2)...]
    }
    sides.append(groups(rest))
    let all = sides.joined()
    var count = 0
    for (index, group) in all.enumerated() {
      if index == all.count - 1, sides.last?.isEmpty == false, group.contains(0x2E) {
        guard IPv4Digits.areValid(group) else { return false }
        count += 2
      } else {
        guard 1...4 ~= group.count, group.allSatisfy({ $0.hexadecimalValue != nil }) else { return false }
        count += 1
      }
    }
    return sides.count == 2 ? count <= 7 : count == 8
  }

  private static func groups(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    bytes.isEmpty ? [] : bytes.split(separator: 0x3A, omittingEmptySubsequences: false)
  }
}

/// The digits of an address of IPv4: four numbers up to 255, without zeros before them.
enum IPv4Digits {
  static func areValid(_ bytes: some Collection<UInt8>) -> Bool {
    let parts = bytes.split(separator: 0x2E, omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        guard 1...3 ~= part.count, part.count == 1 || part.first != 0x30 else { return false }
        var number = 0
        for byte in part {
          guard let digit = byte.decimalValue else { return false }
          number = number * 10 + digit
        }
        return number <= 255
      }
  }
}

extension HTTPHost {
  /// Whether it is an address in digits, of either kind.
  package var isAddress: Bool {
    let bytes = Array(name.utf8)
    return IPv4Digits.areValid(bytes) || IPv6Digits.areValid(bytes[...])
  }
}
