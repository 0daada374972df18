/// The kinds of bytes that HTTP's grammar tells apart.
///
/// - Note: RFC 9110, 5.5 and 5.6.2; RFC 3986, 3.2.2.
extension UInt8 {
  /// A space or a tab.
  @inline(__always) var isBlank: Bool { self == 0x20 || self == 0x09 }

  /// A character of a token: a letter, a digit or one of ``!#$%&'*+-.^_`|~``.
  @inline(__always) var isTokenCharacter: Bool { isIn(0x03FF_6CFA_0000_0000, 0x57FF_FFFF_C7FF_FFFE) }

  /// A byte of a field's value: visible, a blank, or above 127.
  @inline(__always) var isFieldCharacter: Bool { self >= 0x20 && self != 0x7F || self == 0x09 }

  /// A byte of a request target: visible, and neither `#` nor one of `"<>`, which no URL has unescaped.
  @inline(__always) var isTargetCharacter: Bool { isIn(0xAFFF_FFF2_0000_0000, 0x7FFF_FFFF_FFFF_FFFF) }

  /// A byte of a host with its port: a letter, a digit or one of `-._~%!$&'()*+;=:[]`.
  @inline(__always) var isHostCharacter: Bool { isIn(0x2FFF_6FF2_0000_0000, 0x47FF_FFFE_AFFF_FFFE) }

  /// A letter, a digit or one of `-._~`: never escaped in a URL (RFC 3986, 2.3).
  @inline(__always) var isUnreserved: Bool { isIn(0x03FF_6000_0000_0000, 0x47FF_FFFE_87FF_FFFE) }

  /// The value of a decimal digit; `nil` for any other byte.
  @inline(__always) var decimalValue: Int? { 0x30...0x39 ~= self ? Int(self) - 0x30 : nil }

  /// The value of a hexadecimal digit; `nil` for any other byte.
  @inline(__always) var hexadecimalValue: Int? {
    switch self {
    case 0x30...0x39: Int(self) - 0x30
    case 0x41...0x46: Int(self) - 0x41 + 10
    case 0x61...0x66: Int(self) - 0x61 + 10
    default: nil
    }
  }

  /// The letter in lower case; any other byte as it is.
  @inline(__always) var lowercased: UInt8 { 0x41...0x5A ~= self ? self | 0x20 : self }

  /// Whether the bit of this byte is set, in one of two words of which the first is for 0 to 63.
  @inline(__always) private func isIn(_ first: UInt64, _ second: UInt64) -> Bool {
    self < 0x80 && (self < 0x40 ? first : second) >> UInt64(self & 0x3F) & 1 == 1
  }
}
