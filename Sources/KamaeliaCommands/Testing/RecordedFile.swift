import KGraph
import KamaeliaRuntime

/// A file in which tests have recorded something.
struct RecordedFile {
  let source: Source
  /// What has to be changed, in the order of the text.
  private(set) var edits: [Diagnostic.Fix.Edit] = []

  init(_ source: Source) { self.source = source }

  /// - Parameter text: the file itself, or a graph in it with the places that it has there.
  mutating func add(_ results: [TestResult], of text: Source) {
    let recordings = Dictionary(results.flatMap(\.recordings).map { ($0.place, $0.values) }) { first, _ in first }
    if !recordings.isEmpty { edits += RecordedText.edits(recordings, in: GraphFile.parse(text)) }
  }

  /// Writes the file anew where something else was recorded, in its canonical form if it was in that before.
  ///
  /// - Returns: whether there was anything to write.
  /// - Throws: ``CommandError/failure(_:help:)`` where the file cannot be written.
  func write() async throws(CommandError) -> Bool {
    guard !edits.isEmpty else { return false }
    var bytes = source.bytes
    for edit in edits.reversed() {
      let (range, offset) = (edit.place.range, edit.place.source.bytesBefore)
      bytes.replaceSubrange(
        range.lowerBound + offset..<range.upperBound + offset, with: Array(edit.replacement.utf8))
    }
    let written = FormattedFile(Source(name: source.name, bytes: bytes))
    let text = FormattedFile(source).isDifferent ? written.old : written.new ?? written.old
    try await WrittenFile.put(source.name, text)
    return true
  }
}
