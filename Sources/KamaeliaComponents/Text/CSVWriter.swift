/// Writes comma-separated values.
///
/// - Note: RFC 4180.
enum CSVWriter {
  /// A record as a line without its end. Fields are in quotes where a reader would else see something different.
  static func line(_ fields: [String], separator: String) -> String {
    // A record of one empty field would be an empty line, which is no record.
    if fields == [""] { return "\"\"" }
    return fields.map { quoted($0, separator) }.joined(separator: separator)
  }

  private static func quoted(_ field: String, _ separator: String) -> String {
    let special = Array(separator.utf8) + "\"\r\n".utf8
    guard field.utf8.contains(where: special.contains) else { return field }
    let scalars = field.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
    return "\"\(String(String.UnicodeScalarView(scalars)))\""
  }
}
