import Kamaelia

extension Library {
  /// Components that work on text.
  package static let text: [any Component.Type] = [
    Bars.self, Decode.self, Encode.self, Format.self, FormatCSV.self, FormatJSON.self, Join.self, Lines.self,
    Lowercase.self,
    Match.self, ParseCSV.self, ParseJSON.self, Prefix.self, Printable.self, Replace.self, Split.self, Trim.self,
    Uppercase.self,
    Words.self,
  ]
}
