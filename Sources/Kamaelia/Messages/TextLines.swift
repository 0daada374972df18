extension StringProtocol {
  /// The lines of a text, parted at each line feed and at nothing else; a carriage return before one stays with its line.
  ///
  /// - Note: To Swift, CR LF is one character and no line feed, so that a split by the character `"\n"` does not see it.
  package var lines: [String] {
    utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}
