import Foundation
import KamaeliaIO
import Testing

/// Compares a text with the file that says what it should be.
///
/// With `KAMAELIA_SNAPSHOTS=write` in the environment the files are written instead, for a person to look at what has changed.
func expectSnapshot(_ text: String, _ path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let file = "\(Place.tests)/\(path)"
  if Environment.current["KAMAELIA_SNAPSHOTS"] == "write" {
    try Data(text.utf8).write(to: URL(filePath: file))
    return
  }
  guard FileManager.default.fileExists(atPath: file) else {
    Issue.record("there is no \(path); set KAMAELIA_SNAPSHOTS=write to make it", sourceLocation: sourceLocation)
    return
  }
  let expected = try Place.read(file)
  #expect(text == expected, "differs from \(path)", sourceLocation: sourceLocation)
}
