/// Which parts of a content a request asks for.
///
/// - Note: RFC 9110, 14. What cannot be read is as if it were not there, and so are more than ``mostRanges`` parts and
///   parts that overlap, which only waste the answer.
package enum HTTPRange: Sendable, Equatable {
  /// All of it: 200.
  case whole
  /// These parts, of which none is empty: 206.
  case parts([Range<Int>])
  /// None of the parts is there: 416.
  case unsatisfiable

  /// How many parts one answer gives.
  package static let mostRanges = 16

  /// - Parameters:
  ///   - field: the value of Range; `nil` without one.
  ///   - size: how many bytes there are.
  package init(_ field: String?, size: Int) {
    self = .whole
    guard let field, let equals = field.utf8.firstIndex(of: 0x3D),
      field.utf8[..<equals].elementsEqual("bytes".utf8, by: { $0.lowercased == $1 })
    else { return }
    let specs = HTTPList.parts(of: Array(field.utf8[field.utf8.index(after: equals)...])[...])
    guard 1...Self.mostRanges ~= specs.count else { return }
    var parts: [Range<Int>] = []
    for spec in specs {
      guard let range = Self.range(spec, size) else { return }
      if !range.isEmpty { parts.append(range) }
    }
    let sorted = parts.sorted { $0.lowerBound < $1.lowerBound }
    guard zip(sorted, sorted.dropFirst()).allSatisfy({ $0.upperBound <= $1.lowerBound }) else { return }
    self = parts.isEmpty ? .unsatisfiable : .parts(parts)
  }

  /// The part that `5-`, `5-9` or `-5` names; empty if nothing of it is there; `nil` if it is malformed.
  private static func range(_ spec: ArraySlice<UInt8>, _ size: Int) -> Range<Int>? {
    guard let dash = spec.firstIndex(of: 0x2D) else { return nil }
    let (before, after) = (spec[..<dash], spec[(dash + 1)...])
    if before.isEmpty {
      guard let count = number(after) else { return nil }
      return (size - min(count, size))..<size
    }
    guard let first = number(before) else { return nil }
    if after.isEmpty { return min(first, size)..<size }
    guard let last = number(after), last >= first else { return nil }
    return first >= size ? size..<size : first..<(min(last, size - 1) + 1)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty else { return nil }
    var number = 0
    for byte in digits {
      guard let digit = byte.decimalValue else { return nil }
      // No file is that long, so a longer number is only past its end.
      number = number > Int.max / 100 ? number : number * 10 + digit
    }
    return number
  }
}

/// The content of an answer with several parts.
///
/// - Note: RFC 9110, 14.6.
package struct HTTPMultipart: Sendable {
  private let boundary: String
  private let type: String
  private let size: Int

  /// - Parameters:
  ///   - boundary: a token of at most 70 characters that the content does not have.
  ///   - type: the media type of the content.
  ///   - size: of all the content.
  package init(boundary: String, type: String, size: Int) {
    self.boundary = boundary
    self.type = type
    self.size = size
  }

  /// The value of Content-Type.
  package var contentType: String { "multipart/byteranges; boundary=\(boundary)" }

  /// What comes before a part.
  package func head(of part: Range<Int>) -> [UInt8] {
    let range = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(size)"
    return Array("\r\n--\(boundary)\r\nContent-Type: \(type)\r\nContent-Range: \(range)\r\n\r\n".utf8)
  }

  /// What comes after the last part.
  package var end: [UInt8] { Array("\r\n--\(boundary)--\r\n".utf8) }

  /// How many bytes all of it has.
  package func length(of parts: [Range<Int>]) -> Int {
    parts.reduce(end.count) { $0 + head(of: $1).count + $1.count }
  }
}
