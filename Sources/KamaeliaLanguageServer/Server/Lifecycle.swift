/// What the client can do, as far as it matters to us.
struct ClientTraits {
  var encoding = PositionEncoding.utf16
  /// Whether edits of several files may name versions.
  var takesVersionedEdits = false
  /// Whether completions may have places in them for the user to fill in.
  var takesSnippets = false
  /// Whether it tells us of files that change on the disk when we ask it to.
  var watchesFiles = false
  /// Whether it asks again for hints and lenses when we say so.
  var refreshesHints = false
  /// Whether it shows where else a diagnostic looks.
  var showsRelated = true
  /// Whether it shows where to read more of a code.
  var linksCodes = false
}

/// What the user can ask for.
struct Options: Equatable {
  var showsTypes = true
  var showsDefaults = false

  /// Takes over what is said in `kamaelia`, or at the top: `{"inlayHints": {"types": true, "defaults": false}}`.
  mutating func read(_ settings: Plain?) {
    let hints = (settings?["kamaelia"] ?? settings)?["inlayHints"]
    if let types = hints?["types"]?.truth { showsTypes = types }
    if let defaults = hints?["defaults"]?.truth { showsDefaults = defaults }
  }
}

/// The beginning of a conversation.
extension LanguageServer {
  struct InitializeParameters: Decodable {
    struct Folder: Decodable { let uri: String }

    /// The number of the editor's process; none where it was not started by one, or is on another machine.
    let processId: Int?
    let rootUri: String?
    let rootPath: String?
    let workspaceFolders: [Folder]?
    let capabilities: Plain?
    let initializationOptions: Plain?
  }

  func initialize(_ parameters: InitializeParameters) throws -> any Encodable {
    guard phase == .beginning else { throw ResponseError.invalidRequest("`initialize` has been answered") }
    phase = .running
    let capabilities = parameters.capabilities
    if case .list(let names)? = capabilities?["general"]?["positionEncodings"],
      names.contains(.text(PositionEncoding.utf8.rawValue))
    {
      client.encoding = .utf8
    }
    let edits = capabilities?["workspace"]?["workspaceEdit"]
    client.takesVersionedEdits = edits?["documentChanges"]?.truth ?? false
    let completion = capabilities?["textDocument"]?["completion"]
    client.takesSnippets = completion?["completionItem"]?["snippetSupport"]?.truth ?? false
    let watching = capabilities?["workspace"]?["didChangeWatchedFiles"]
    client.watchesFiles = watching?["dynamicRegistration"]?.truth ?? false
    client.refreshesHints = capabilities?["workspace"]?["inlayHint"]?["refreshSupport"]?.truth ?? false
    let diagnostics = capabilities?["textDocument"]?["publishDiagnostics"]
    client.showsRelated = diagnostics?["relatedInformation"]?.truth ?? true
    client.linksCodes = diagnostics?["codeDescriptionSupport"]?.truth ?? false
    options.read(parameters.initializationOptions)
    if let process = parameters.processId.flatMap(Int32.init(exactly:)), process > 0 { endWith(process) }
    workspace.encoding = client.encoding
    let folders = parameters.workspaceFolders?.map(\.uri) ?? [parameters.rootUri].compactMap { $0 }
    workspace.roots = folders.compactMap(FileURI.path)
    if workspace.roots.isEmpty, let path = parameters.rootPath { workspace.roots = [path] }
    return [
      "capabilities": Self.capabilities(client.encoding),
      "serverInfo": ["name": "kamaelia", "version": .text(version)],
    ] as Plain
  }

  /// Ends when the editor does. Its end of our input may be held open by others that it has started.
  private func endWith(_ process: Int32) {
    editorsEnd = Task { [mailbox, machine] in
      if await machine.hasEnded(process) { mailbox.put(.editorEnded) }
    }
  }

  func initialized() {
    guard client.watchesFiles else { return }
    request(
      "client/registerCapability",
      [
        "registrations": [
          [
            "id": "graphs", "method": "workspace/didChangeWatchedFiles",
            "registerOptions": ["watchers": [["globPattern": "**/*.kgraph"]]],
          ]
        ]
      ] as Plain)
  }

  struct Settings: Decodable { let settings: Plain? }

  func configured(_ parameters: Settings) {
    let before = options
    options.read(parameters.settings)
    if options != before, client.refreshesHints { request("workspace/inlayHint/refresh", Null()) }
  }

  struct FolderChanges: Decodable {
    struct Change: Decodable {
      let added: [InitializeParameters.Folder]
      let removed: [InitializeParameters.Folder]
    }

    let event: Change
  }

  func foldersChanged(_ parameters: FolderChanges) {
    let removed = Set(parameters.event.removed.compactMap { FileURI.path($0.uri) })
    workspace.roots = workspace.roots.filter { !removed.contains($0) }
    workspace.roots += parameters.event.added.compactMap { FileURI.path($0.uri) }
    filesChanged()
  }

  static func capabilities(_ encoding: PositionEncoding) -> Plain {
    [
      "positionEncoding": .text(encoding.rawValue),
      "textDocumentSync": ["openClose": true, "change": 2, "save": ["includeText": false]],
      "documentFormattingProvider": true,
      "documentRangeFormattingProvider": true,
      "documentOnTypeFormattingProvider": ["firstTriggerCharacter": "}", "moreTriggerCharacter": ["\n"]],
      "codeActionProvider": ["codeActionKinds": ["quickfix", "source.fixAll"]],
      "completionProvider": [
        "triggerCharacters": [".", "$", "@", "(", "[", "{", "\"", ">", ":", " "], "resolveProvider": true,
      ],
      "signatureHelpProvider": ["triggerCharacters": ["(", ","], "retriggerCharacters": [":"]],
      "hoverProvider": true,
      "definitionProvider": true,
      "declarationProvider": true,
      "referencesProvider": true,
      "documentHighlightProvider": true,
      "renameProvider": ["prepareProvider": true],
      "documentSymbolProvider": true,
      "foldingRangeProvider": true,
      "semanticTokensProvider": [
        "legend": [
          "tokenTypes": .list(tokenKinds.map { .text($0) }), "tokenModifiers": .list(tokenMarks.map { .text($0) }),
        ], "full": true, "range": true,
      ],
      "inlayHintProvider": true,
      "codeLensProvider": [:],
      "executeCommandProvider": ["commands": .list(commands.map { .text($0) })],
      "workspace": ["workspaceFolders": ["supported": true, "changeNotifications": true]],
    ]
  }
}
