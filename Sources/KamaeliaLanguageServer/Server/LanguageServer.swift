import Foundation
import KGraph
import Kamaelia

/// Answers an editor's questions about graphs.
///
/// Driven by one task: messages go in by ``take(_:)``, are worked on by ``step()``, and what is to be sent is taken out by
/// ``output()``. Requests are answered in the order in which they came; checks wait until there is nothing to answer, so that
/// what a user types ahead is not checked word by word.
///
/// - Note: Language Server Protocol 3.17.
package final class LanguageServer {
  /// Where the conversation is.
  enum Phase: Equatable {
    case beginning, running, closing
    case ended(Int32)
  }

  /// A message that waits for its turn.
  struct Waiting {
    let id: RequestID?
    let method: String
    let body: [UInt8]
  }

  let version: String
  let workspace: Workspace
  let machine: Machine
  let mailbox = Mailbox()
  var phase = Phase.beginning
  var client = ClientTraits()
  var options = Options()
  private var waiting: [Waiting] = []
  private var next = 0
  /// Work that goes on beside, by the request that asked for it.
  private var tasks: [RequestID: Task<Void, Never>] = [:]
  private var outgoing: [Outgoing] = []
  private var isInputEnded = false
  /// Waits for the end of the editor.
  var editorsEnd: Task<Void, Never>?
  /// What was last sent about each file, so that the same is not sent again.
  var published: [String: Published] = [:]
  /// What each check found, by the file that was checked and the file that it is about.
  var found: [String: [String: [ProtocolDiagnostic]]] = [:]
  private var ownRequests = 0

  /// - Parameters:
  ///   - library: the components that graphs may use.
  ///   - version: what to tell the client.
  package init(
    library: Library, files: any Files = DiskFiles(), machine: Machine = Machine(), version: String
  ) {
    self.version = version
    self.machine = machine
    workspace = Workspace(library: library, files: files)
  }

  /// The status to end with; nil as long as there is something to do.
  package var exitStatus: Int32? { if case .ended(let status) = phase { status } else { nil } }

  /// Whether requests are still being worked on beside.
  package var isBusy: Bool { !tasks.isEmpty }

  // MARK: Input

  /// Takes a message in, without its header. What cancels is done at once, all else waits for its turn.
  package func take(_ message: [UInt8]) {
    let envelope: Envelope
    do { envelope = try JSONDecoder().decode(Envelope.self, from: Data(message)) } catch {
      if case DecodingError.dataCorrupted(let context) = error, context.codingPath.isEmpty {
        return send(.failure(nil, .parse("this is no JSON")))
      }
      return send(.failure(nil, .invalidRequest("this is no message of JSON-RPC 2.0")))
    }
    guard envelope.isOfOurs else {
      return send(.failure(envelope.id, .invalidRequest("`jsonrpc` has to be \"2.0\"")))
    }
    if envelope.isResponse { return }
    guard let method = envelope.method else {
      return send(.failure(envelope.id, .invalidRequest("`method` is missing")))
    }
    if method == "$/cancelRequest", envelope.id == nil { return cancel(message) }
    waiting.append(Waiting(id: envelope.id, method: method, body: message))
  }

  private struct Cancellation: Decodable { let id: RequestID }

  private func cancel(_ message: [UInt8]) {
    let id: RequestID
    do {
      id = try JSONDecoder().decode(WithParameters<Cancellation>.self, from: Data(message)).params.id
    } catch { return }
    if let index = waiting[next...].firstIndex(where: { $0.id == id }) {
      waiting.remove(at: index)
      send(.failure(id, .cancelled))
    } else if let task = tasks.removeValue(forKey: id) {
      task.cancel()
      send(.failure(id, .cancelled))
    }
  }

  func take(_ event: Event) {
    switch event {
    case .message(let message): take(message)
    case .finished(let id, let result):
      // One that was cancelled has been answered.
      guard tasks.removeValue(forKey: id) != nil else { return }
      switch result {
      case .success(let value): send(.result(id, value))
      case .failure(let error): send(.failure(id, error))
      }
    case .tested(let uri, let version, let results): tested(uri, version, results)
    case .editorEnded: phase = .ended(phase == .closing ? 0 : 1)
    case .ended(let reason):
      isInputEnded = true
      if let reason { send(.notification("window/logMessage", ["type": 1, "message": .text(reason)] as Plain)) }
    }
  }

  // MARK: Work

  /// Does the next thing: answers a message, or else checks a file.
  ///
  /// - Returns: false where there was nothing to do.
  package func step() -> Bool {
    if exitStatus != nil { return false }
    if next < waiting.count {
      let message = waiting[next]
      next += 1
      if next == waiting.count {
        waiting = []
        next = 0
      }
      handle(message)
      return true
    }
    if phase == .running, let document = workspace.nextToCheck() {
      check(document)
      return true
    }
    // Whoever goes without a word has not asked us to end.
    if isInputEnded { phase = .ended(phase == .closing ? 0 : 1) }
    return false
  }

  private func handle(_ message: Waiting) {
    guard let id = message.id else { return notice(message) }
    do {
      switch (phase, message.method) {
      case (.beginning, "initialize"), (.running, _): break
      case (.beginning, _): throw ResponseError.notInitialized
      case (.closing, _), (.ended, _): throw ResponseError.invalidRequest("`shutdown` was the last request")
      }
      guard let handler = Self.requests[message.method] else { throw ResponseError.unknownMethod(message.method) }
      switch try handler(self, message.body) {
      case .now(let result): send(.result(id, result))
      case .later(let work):
        let mailbox = mailbox
        tasks[id] = Task { mailbox.put(.finished(id, await work())) }
      }
    } catch let error as ResponseError {
      send(.failure(id, error))
    } catch {
      send(.failure(id, .invalidParameters(Self.words(of: error))))
    }
  }

  /// A notification: nothing is answered, whatever happens.
  private func notice(_ message: Waiting) {
    if message.method == "exit" {
      phase = .ended(phase == .closing ? 0 : 1)
      return
    }
    guard phase == .running, let handler = Self.notifications[message.method] else { return }
    do { try handler(self, message.body) } catch {
      send(
        .notification(
          "window/logMessage",
          ["type": 2, "message": .text("`\(message.method)` was passed over: \(Self.words(of: error))")] as Plain))
    }
  }

  private static func words(of error: any Error) -> String {
    switch error {
    case let error as ResponseError: error.message
    case DecodingError.keyNotFound(let key, _): "`\(key.stringValue)` is missing"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context):
      "`\(context.codingPath.map(\.stringValue).joined(separator: "."))` is not what it should be"
    default: "\(error)"
    }
  }

  // MARK: Output

  func send(_ message: Outgoing) { outgoing.append(message) }

  /// Asks the client for something whose answer does not matter.
  func request(_ method: String, _ parameters: any Encodable) {
    ownRequests += 1
    send(.request(.text("kamaelia-\(ownRequests)"), method, parameters))
  }

  /// The messages that are to be sent, without their headers; each is given once.
  package func output() -> [[UInt8]] {
    defer { outgoing = [] }
    return outgoing.map(\.bytes)
  }

  /// Cancels what goes on beside.
  func end() {
    for task in tasks.values { task.cancel() }
    editorsEnd?.cancel()
  }
}
