/// Where something is found on the net, by its scheme: `https://example.org/`, `mailto:ann@example.org`.
public struct ResourceLocator: Message, Hashable {
  public let string: String

  /// - Returns: nil for a text without a scheme (RFC 3986, 3.1) or with blanks in it.
  public init?(_ string: String) {
    let scheme = string.prefix { $0 != ":" }
    guard scheme.endIndex < string.endIndex, scheme.first?.isLetter == true,
      scheme.utf8.allSatisfy({ $0 < 128 }),
      scheme.allSatisfy({ $0.isLetter || $0.isNumber || "+-.".contains($0) }),
      !string.contains(where: \.isWhitespace)
    else { return nil }
    self.string = string
  }

  public static let messageType = MessageType.named("URL", [])
  public static var hasVariableSize: Bool { true }
  public var byteCount: Int { string.utf8.count }
  public var text: String { string }

  public init?(literal: Value) {
    guard case .text(let text) = literal else { return nil }
    self.init(text)
  }
}

extension ResourceLocator: ParameterValue {
  public static let parameterType = ParameterType.url
  public var value: Value { .text(string) }

  public init(_ value: Value) throws(ParameterError) {
    guard case .text(let text) = value else { throw .mismatch(value, Self.parameterType) }
    guard let locator = ResourceLocator(text) else {
      throw ParameterError("takes a URL such as `https://example.org/`, not \(value)")
    }
    self = locator
  }
}
