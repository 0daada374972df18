import FormatChecks
import Foundation

/// Which parser is tried.
enum ParserChoice {
  /// The one that `PARSER` in the environment names; requests without it.
  static let parser =
    ProcessInfo.processInfo.environment["PARSER"].flatMap(FuzzedParser.init(rawValue:)) ?? FuzzedParser.requests
}
