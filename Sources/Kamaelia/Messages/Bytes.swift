/// A stretch of octets that shares its memory when it is sliced or sent.
public struct Bytes: Message, Hashable, RandomAccessCollection {
  /// The octets; its indices need not begin at 0.
  public let storage: ArraySlice<UInt8>

  public init(_ storage: ArraySlice<UInt8>) { self.storage = storage }
  public init(_ array: [UInt8]) { storage = array[...] }
  public init(_ text: String) { self.init(Array(text.utf8)) }

  public static let messageType = MessageType.bytes
  public static var hasVariableSize: Bool { true }
  public var byteCount: Int { storage.count }

  /// The octets read as UTF-8, U+FFFD in place of what is none.
  public var text: String { String(decoding: storage, as: UTF8.self) }

  /// Text as its UTF-8; a list of numbers from 0 to 255 as these octets.
  public init?(literal: Value) {
    switch literal {
    case .text(let text): self.init(text)
    case .list(let values):
      var octets: [UInt8] = []
      for value in values {
        guard case .int(let number) = value, let octet = UInt8(exactly: number) else { return nil }
        octets.append(octet)
      }
      self.init(octets)
    default: return nil
    }
  }

  public var startIndex: Int { storage.startIndex }
  public var endIndex: Int { storage.endIndex }
  public subscript(position: Int) -> UInt8 { storage[position] }
  public subscript(bounds: Range<Int>) -> Bytes { Bytes(storage[bounds]) }
}

extension Bytes: ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
  public init(stringLiteral text: String) { self.init(text) }
  public init(arrayLiteral octets: UInt8...) { self.init(octets) }
}
