import KGraph
import Kamaelia
import KamaeliaRuntime

/// What lenses do when they are clicked.
extension LanguageServer {
  static let commands = ["kamaelia.test", "kamaelia.record", "kamaelia.graph", "kamaelia.run"]

  private struct RecordedEdit: Encodable {
    let label = "Record"
    let edit: WorkspaceEdit
  }

  struct CommandParameters: Decodable {
    let command: String
    let arguments: [Plain]?
  }

  func execute(_ parameters: CommandParameters) throws -> Reply {
    let words = (parameters.arguments ?? []).map { $0.text ?? "" }
    guard Self.commands.contains(parameters.command) else {
      throw ResponseError.invalidParameters("there is no command `\(parameters.command)`")
    }
    guard let uri = words.first else { throw ResponseError.invalidParameters("the URI of a file is missing") }
    let document = try document(uri)
    switch parameters.command {
    case "kamaelia.run":
      // Here nobody could see what it writes, or type for it.
      let line = "kamaelia run \(Self.shellWord(document.path))"
      send(.notification("window/showMessage", ["type": 3, "message": .text("in a terminal: \(line)")] as Plain))
      return .now(["program": "kamaelia", "arguments": ["run", .text(document.path)]] as Plain)
    case "kamaelia.graph":
      let checked = workspace.check(document)
      guard let plan = checked.plan else {
        throw ResponseError.failed(
          checked.hasErrors
            ? "a graph with errors is not drawn"
            : "a graph is drawn when its parameters have values: \(checked.missing.joined(separator: ", "))")
      }
      let format = words.count > 1 ? words[1] : "svg"
      let diagram = Diagram(plan, library: workspace.library, showsTypes: format == "svg")
      switch format {
      case "svg": return .now(["format": "svg", "text": .text(diagram.svg())] as Plain)
      case "ascii": return .now(["format": "ascii", "text": .text(diagram.ascii(width: 100))] as Plain)
      default: throw ResponseError.invalidParameters("there is no format `\(format)`")
      }
    case let command:
      return try test(document, named: words.count > 1 ? words[1] : nil, isRecording: command == "kamaelia.record")
    }
  }

  /// Runs one test of a file with all its cases, one case, or all; what fails is shown where it is written, until the text
  /// changes.
  ///
  /// - Parameter isRecording: whether to write down what comes where something is recorded.
  private func test(_ document: Document, named name: String?, isRecording: Bool) throws -> Reply {
    let checked = workspace.check(document)
    if checked.hasErrors { throw ResponseError.failed("a graph with errors is not tested") }
    let tests = checked.tests.filter { name == nil || $0.name == name || $0.title == name }
    if tests.isEmpty { throw ResponseError.failed(name.map { "there is no test `\($0)`" } ?? "there are no tests") }
    let library = workspace.library
    let (uri, version) = (document.uri, document.version)
    let mailbox = mailbox
    return .later {
      var results: [TestResult] = []
      for test in tests {
        if Task.isCancelled { return .failure(.cancelled) }
        results.append(await TestRunner(test, library: library, isRecording: isRecording).run())
      }
      mailbox.put(.tested(uri: uri, version: version, results))
      let failed = results.count { !$0.isPassed }
      return .success(
        [
          "passed": .int(results.count - failed), "failed": .int(failed),
          "tests": .list(
            results.map { result in
              [
                "name": .text(result.name), "passed": .bool(result.isPassed),
                "messages": .list(result.diagnostics.map { .text($0.text(isColoured: false, width: 100)) }),
              ]
            }),
        ])
    }
  }

  /// Shows what has failed, if the text is still the one that was tested.
  func tested(_ uri: String, _ version: Int, _ results: [TestResult]) {
    guard let document = workspace.documents[uri], document.version == version else { return }
    let diagnostics = results.flatMap(\.diagnostics)
    let recordings = Dictionary(results.flatMap(\.recordings).map { ($0.place, $0.values) }) { first, _ in first }
    let edits = RecordedText.edits(recordings, in: document.tree)
    if !edits.isEmpty {
      var translation = workspace.translation()
      request("workspace/applyEdit", RecordedEdit(edit: translation.edit(edits, client)))
    }
    found["tests \(uri)"] = diagnostics.isEmpty ? nil : translated(diagnostics)
    publish()
  }

  private static func shellWord(_ word: String) -> String {
    let isPlain = word.allSatisfy { $0.isLetter || $0.isNumber || "/._-+".contains($0) }
    return isPlain ? word : "'\(word.replacing("'", with: "'\\''"))'"
  }
}
