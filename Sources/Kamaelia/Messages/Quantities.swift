/// A number of bytes, such as `16MiB`.
public struct Size: Message, Hashable, Comparable {
  public let bytes: Int

  public init(bytes: Int) { self.bytes = bytes }
  public static func kibibytes(_ number: Int) -> Size { Size(bytes: number << 10) }
  public static func mebibytes(_ number: Int) -> Size { Size(bytes: number << 20) }

  public static let messageType = MessageType.named("Size", [])
  public static func < (a: Size, b: Size) -> Bool { a.bytes < b.bytes }
  public var text: String { Value.size(bytes).description }
  public var json: JSON { .int(bytes) }

  public init?(literal: Value) {
    guard case .size(let bytes) = literal else { return nil }
    self.bytes = bytes
  }
}

/// How often something happens, such as `48kHz`.
public struct Frequency: Message, Hashable, Comparable {
  public let hertz: Double

  public init(hertz: Double) { self.hertz = hertz }

  public static let messageType = MessageType.named("Frequency", [])
  public static func < (a: Frequency, b: Frequency) -> Bool { a.hertz < b.hertz }
  public var text: String { Value.frequency(hertz).description }
  public var json: JSON { .double(hertz) }

  public init?(literal: Value) {
    guard case .frequency(let hertz) = literal else { return nil }
    self.hertz = hertz
  }
}

/// Messages or bytes for each unit of time: `30/s`, `10MiB/s`.
public struct Rate: Message, Hashable, Comparable {
  public let perSecond: Double
  /// Whether bytes are counted and not messages.
  public let isBytes: Bool

  public init(perSecond: Double, isBytes: Bool = false) {
    self.perSecond = perSecond
    self.isBytes = isBytes
  }

  public static let messageType = MessageType.named("Rate", [])
  public static func < (a: Rate, b: Rate) -> Bool { a.perSecond < b.perSecond }
  public var text: String { Value.rate(perSecond: perSecond, isBytes: isBytes).description }
  public var json: JSON { .double(perSecond) }

  public init?(literal: Value) {
    guard case .rate(let perSecond, let isBytes) = literal else { return nil }
    self.perSecond = perSecond
    self.isBytes = isBytes
  }
}

/// The path of a file or a folder, relative to where the graph runs unless it begins with `/`.
public struct Path: Message, Hashable {
  public let string: String

  public init(_ string: String) { self.string = string }

  public static let messageType = MessageType.named("Path", [])
  public static var hasVariableSize: Bool { true }
  public var byteCount: Int { string.utf8.count }
  public var text: String { string }

  public init?(literal: Value) {
    guard case .text(let text) = literal else { return nil }
    string = text
  }
}

/// A port of TCP or UDP, 0 to 65535; 0 asks the system for a free one.
public struct Port: Message, Hashable {
  public let number: UInt16

  public init(_ number: UInt16) { self.number = number }

  public static let messageType = MessageType.named("Port", [])
  public var text: String { String(number) }
  public var json: JSON { .int(Int(number)) }

  public init?(literal: Value) {
    guard case .int(let value) = literal, let number = UInt16(exactly: value) else { return nil }
    self.number = number
  }
}

/// A host and perhaps a port: `localhost:1500`, `[::1]:80`, `239.1.2.3`.
public struct Address: Message, Hashable {
  public let host: String
  public let port: UInt16?

  public init(host: String, port: UInt16?) {
    self.host = host
    self.port = port
  }

  /// Reads `host`, `host:port`, `[v6]` or `[v6]:port`; nil for anything else.
  public init?(_ string: String) {
    var host = Substring(string)
    var port: UInt16?
    if host.hasPrefix("[") {
      guard let end = host.firstIndex(of: "]") else { return nil }
      let rest = host[host.index(after: end)...]
      if !rest.isEmpty {
        guard rest.hasPrefix(":"), let number = UInt16(rest.dropFirst()) else { return nil }
        port = number
      }
      host = host[host.index(after: host.startIndex)..<end]
    } else if let colon = host.lastIndex(of: ":"), host.firstIndex(of: ":") == colon {
      guard let number = UInt16(host[host.index(after: colon)...]) else { return nil }
      port = number
      host = host[..<colon]
    }
    guard !host.isEmpty, !host.contains(where: { $0.isWhitespace }) else { return nil }
    self.host = String(host)
    self.port = port
  }

  public static let messageType = MessageType.named("Address", [])
  public static var hasVariableSize: Bool { true }
  public var byteCount: Int { host.utf8.count + 2 }
  public var text: String { (host.contains(":") ? "[\(host)]" : host) + (port.map { ":\($0)" } ?? "") }

  public init?(literal: Value) {
    guard case .text(let text) = literal else { return nil }
    self.init(text)
  }
}
