import KGraph

/// The editor's texts, kept the same here.
extension LanguageServer {
  struct OpenParameters: Decodable {
    struct Item: Decodable {
      let uri: String
      let version: Int
      let text: String
    }

    let textDocument: Item
  }

  struct ChangeParameters: Decodable {
    struct Item: Decodable {
      let uri: String
      let version: Int?
    }

    let textDocument: Item
    let contentChanges: [Document.Change]
  }

  func opened(_ parameters: OpenParameters) {
    let item = parameters.textDocument
    workspace.open(item.uri, version: item.version, text: item.text)
  }

  func changed(_ parameters: ChangeParameters) throws {
    let document = try document(parameters.textDocument.uri)
    document.apply(
      parameters.contentChanges, version: parameters.textDocument.version ?? document.version, client.encoding)
    found["tests \(document.uri)"] = nil
    workspace.hasChanged(document)
  }

  func saved(_ parameters: DocumentParameters) throws {
    workspace.forgetAnswers()
    workspace.hasChanged(try document(parameters.textDocument.uri))
  }

  func closed(_ parameters: DocumentParameters) {
    workspace.close(parameters.textDocument.uri)
    found[parameters.textDocument.uri] = nil
    found["tests \(parameters.textDocument.uri)"] = nil
    publish()
  }

  func filesChanged() { workspace.forgetAll() }

  /// - Throws: where the file is not open.
  func document(_ uri: String) throws -> Document {
    guard let document = workspace.documents[uri] else {
      throw ResponseError.invalidParameters("`\(uri)` is not open")
    }
    return document
  }
}
