import Foundation

/// An input that is kept in a file: what is malformed, or what a fuzzer has found.
///
/// A name that begins with a number says the answer; one without says only that the input does no harm.
package struct Sample: Sendable, CustomStringConvertible {
  package let name: String
  package let bytes: [UInt8]

  package var description: String { name }

  /// The number that the name begins with; nil without one.
  package var answer: Int? { Int(name.prefix { $0.isNumber }) }

  /// The files of a folder of the corpus, by name.
  package static func all(in folder: String) -> [Sample] {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let place = tests.appending(path: "KamaeliaFormats/Corpus/\(folder)")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
    return names.sorted().map { name in
      Sample(name: name, bytes: (try? Data(contentsOf: place.appending(path: name))).map(Array.init) ?? [])
    }
  }
}
