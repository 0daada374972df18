import KGraph

/// What can be done with a file and with its tests, written above them.
extension LanguageServer {
  struct Command: Encodable {
    let title: String
    let command: String
    let arguments: [String]
  }

  struct CodeLens: Encodable {
    let range: TextRange
    let command: Command
  }

  func codeLenses(_ parameters: DocumentParameters) throws -> any Encodable {
    let document = try document(parameters.textDocument.uri)
    var translation = workspace.translation()
    var lenses: [CodeLens] = []
    let runs = document.tree.statements.contains { statement in
      switch statement {
      case .instance, .chain, .loop, .condition: true
      default: false
      }
    }
    if runs, let first = document.tree.statements.first {
      let range = translation.range(
        Place(document.tree.source, first.place.range.lowerBound..<first.place.range.lowerBound))
      lenses.append(
        CodeLens(range: range, command: Command(title: "Run", command: "kamaelia.run", arguments: [document.uri])))
      lenses.append(
        CodeLens(range: range, command: Command(title: "Draw", command: "kamaelia.graph", arguments: [document.uri])))
    }
    for statement in document.tree.statements {
      guard case .test(let test) = statement, let name = test.name.constant else { continue }
      lenses.append(
        CodeLens(
          range: translation.range(test.name.place),
          command: Command(title: "Run the test", command: "kamaelia.test", arguments: [document.uri, name])))
      if test.isRecording {
        lenses.append(
          CodeLens(
            range: translation.range(test.name.place),
            command: Command(title: "Record", command: "kamaelia.record", arguments: [document.uri, name])))
      }
      for row in test.table?.cases ?? [] {
        guard let own = row.name.constant else { continue }
        lenses.append(
          CodeLens(
            range: translation.range(row.name.place),
            command: Command(
              title: "Run the case", command: "kamaelia.test", arguments: [document.uri, "\(name): \(own)"])))
      }
    }
    return lenses
  }
}

extension TestDeclaration {
  /// Whether it expects something that is recorded.
  fileprivate var isRecording: Bool {
    steps.contains { step in
      if case .expect(let expectation) = step, case .recorded = expectation.subject { true } else { false }
    }
  }
}
