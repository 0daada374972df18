import Foundation
import Testing

/// The inputs that are kept in files: what is malformed, and what a fuzzer has found.
///
/// A name that begins with a number says the answer; one without says only that the input does no harm.
struct Sample: CustomTestStringConvertible {
  let name: String
  let bytes: [UInt8]

  var testDescription: String { name }

  /// The number that the name begins with; `nil` without one.
  var answer: Int? { Int(name.prefix { $0.isNumber }) }

  /// The files of a folder of the corpus, by name.
  static func all(in folder: String) -> [Sample] {
    let place = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus/\(folder)")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
    return names.sorted().map { name in
      Sample(name: name, bytes: (try? Data(contentsOf: place.appending(path: name))).map(Array.init) ?? [])
    }
  }
}
