import Foundation

extension LanguageServer {
  /// What a request leads to.
  enum Reply {
    case now(any Encodable)
    /// Work that takes its time, beside all others.
    case later(@Sendable () async -> Result<Plain, ResponseError>)
  }

  typealias RequestHandler = @Sendable (LanguageServer, [UInt8]) throws -> Reply
  typealias NotificationHandler = @Sendable (LanguageServer, [UInt8]) throws -> Void

  /// Every request that is understood.
  static let requests: [String: RequestHandler] = [
    "initialize": request { try $0.initialize($1) },
    "shutdown": { server, _ in
      server.phase = .closing
      return .now(Null())
    },
    "textDocument/formatting": request { try $0.format($1) },
    "textDocument/rangeFormatting": request { try $0.formatRange($1) },
    "textDocument/onTypeFormatting": request { try $0.formatOnType($1) },
    "textDocument/codeAction": request { try $0.codeActions($1) },
    "textDocument/completion": request { try $0.completion($1) },
    "completionItem/resolve": request { try $0.resolve($1) },
    "textDocument/signatureHelp": request { try $0.signatureHelp($1) },
    "textDocument/hover": request { try $0.hover($1) },
    "textDocument/definition": request { try $0.definition($1) },
    "textDocument/declaration": request { try $0.definition($1) },
    "textDocument/references": request { try $0.references($1) },
    "textDocument/documentHighlight": request { try $0.highlights($1) },
    "textDocument/prepareRename": request { try $0.prepareRename($1) },
    "textDocument/rename": request { try $0.rename($1) },
    "textDocument/documentSymbol": request { try $0.documentSymbols($1) },
    "textDocument/foldingRange": request { try $0.foldingRanges($1) },
    "textDocument/semanticTokens/full": request { try $0.semanticTokens($1) },
    "textDocument/semanticTokens/range": request { try $0.semanticTokensInRange($1) },
    "textDocument/inlayHint": request { try $0.inlayHints($1) },
    "textDocument/codeLens": request { try $0.codeLenses($1) },
    "workspace/executeCommand": { server, body in try server.execute(try parameters(body)) },
  ]

  /// Every notification that is understood; others are passed over.
  static let notifications: [String: NotificationHandler] = [
    "initialized": { server, _ in server.initialized() },
    "textDocument/didOpen": notification { $0.opened($1) },
    "textDocument/didChange": notification { try $0.changed($1) },
    "textDocument/didSave": notification { try $0.saved($1) },
    "textDocument/didClose": notification { $0.closed($1) },
    "workspace/didChangeConfiguration": notification { $0.configured($1) },
    "workspace/didChangeWatchedFiles": { server, _ in server.filesChanged() },
    "workspace/didChangeWorkspaceFolders": notification { $0.foldersChanged($1) },
  ]

  static func request<Parameters: Decodable & SendableMetatype>(
    _ answer: @escaping @Sendable (LanguageServer, Parameters) throws -> any Encodable
  ) -> RequestHandler {
    { server, body in .now(try answer(server, try parameters(body))) }
  }

  static func notification<Parameters: Decodable & SendableMetatype>(
    _ act: @escaping @Sendable (LanguageServer, Parameters) throws -> Void
  ) -> NotificationHandler {
    { server, body in try act(server, try parameters(body)) }
  }

  static func parameters<Parameters: Decodable & SendableMetatype>(_ body: [UInt8]) throws -> Parameters {
    try JSONDecoder().decode(WithParameters<Parameters>.self, from: Data(body)).params
  }
}
