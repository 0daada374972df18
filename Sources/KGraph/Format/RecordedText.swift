import Kamaelia

/// Writes messages that came into the recordings of a text. All else stays as it is, comments among the messages too.
package struct RecordedText {
  /// The messages that came where something is recorded, by the place of the expectation.
  package typealias Recordings = [Place: [Value]]

  private let file: GraphFile
  private var edits: [Diagnostic.Fix.Edit] = []

  /// What has to be changed, in the order of the text; nothing where all is recorded as it came.
  package static func edits(_ recordings: Recordings, in file: GraphFile) -> [Diagnostic.Fix.Edit] {
    var text = RecordedText(file: file)
    for statement in file.statements {
      guard case .test(let test) = statement else { continue }
      for case .expect(let expectation) in test.steps {
        guard case .recorded(_, let recording, _) = expectation.subject, let values = recordings[expectation.place]
        else { continue }
        text.write(values.map(\.description), into: recording)
      }
    }
    return text.edits
  }

  private init(file: GraphFile) { self.file = file }

  private mutating func write(_ values: [String], into recording: Recording) {
    let end = recording.place.range.upperBound
    guard let old = recording.values else {
      return replace(end..<end, ": " + (values.isEmpty ? "nothing" : list(values, at: end)))
    }
    guard let last = old.last else {
      let word = file.tokens[file.tokens.firstIndex(from: end) - 1].range
      if !values.isEmpty { replace(word, list(values, at: word.lowerBound)) }
      return
    }
    for (node, value) in zip(old, values) where node.place.text != value { replace(node.place.range, value) }
    if values.count > old.count {
      let end = last.place.range.upperBound
      replace(end..<end, ", " + list(Array(values[old.count...]), at: end))
    } else if values.isEmpty {
      remove(from: old[0].place.range.lowerBound, to: end, writing: "nothing")
    } else if values.count < old.count {
      remove(from: old[values.count - 1].place.range.upperBound, to: end, writing: "")
    }
  }

  /// Values parted by commas, each on a line of its own where one would be too long.
  private func list(_ values: [String], at offset: Int) -> String {
    let column = offset - file.source.lineStarts[file.source.line(of: offset)]
    let line = values.joined(separator: ", ")
    guard column + line.unicodeScalars.count > LayoutPrinter.limit else { return line }
    return values.joined(separator: ",\n" + String(repeating: " ", count: 2 * LayoutPrinter.step))
  }

  /// Takes values and their commas away, and leaves comments between them.
  private mutating func remove(from start: Int, to end: Int, writing text: String) {
    var text = text
    for token in file.tokens[file.tokens.firstIndex(from: start)..<file.tokens.firstIndex(from: end)]
    where !token.isTrivia {
      replace(token.range, text)
      text = ""
    }
  }

  private mutating func replace(_ range: Range<Int>, _ text: String) {
    edits.append(.init(Place(file.source, range), text))
  }
}
