import Foundation
import KGraph
import Kamaelia
import KamaeliaComponents

@testable import KamaeliaLanguageServer

/// A client that keeps its texts as an editor does, and asks a server about them.
final class Editor {
  let server: LanguageServer
  private(set) var texts: [String: String] = [:]
  private var versions: [String: Int] = [:]
  private var requests = 0
  /// The diagnostics that were last sent of each file.
  private(set) var diagnostics: [String: [Plain]] = [:]
  /// The version that they were sent with.
  private(set) var diagnosedVersions: [String: Plain] = [:]
  /// What else the server has sent of its own accord, and asked for.
  private(set) var said: [Plain] = []

  /// - Parameters:
  ///   - files: what is on the disk, by path.
  ///   - more: components besides the usual ones.
  ///   - disk: the files of the machine, in place of `files`.
  ///   - root: the folder that is open.
  ///   - capabilities: what the client says that it can do.
  ///   - process: the number of its process.
  init(
    files: [String: String] = [:], disk: (any Files)? = nil, root: String = "/w", capabilities: Plain = [:],
    options: Plain = [:], more: [any Component.Type] = [], machine: Machine = Machine(),
    process: Int? = nil
  ) async throws {
    server = LanguageServer(
      library: .standard + more, files: disk ?? MemoryFiles(texts: files), machine: machine, version: "1")
    _ = try await ask(
      "initialize",
      [
        "rootUri": .text(FileURI.uri(root)), "capabilities": capabilities, "initializationOptions": options,
        "processId": process.map { .int($0) } ?? .null,
      ])
    try await tell("initialized", [:])
  }

  struct Refusal: Error { let answer: Plain }

  /// - Throws: ``Refusal`` where the answer is an error.
  func ask(_ method: String, _ parameters: Plain) async throws -> Plain {
    requests += 1
    let id = Plain.int(requests)
    let messages = try await send(["jsonrpc": "2.0", "id": id, "method": .text(method), "params": parameters])
    guard let answer = messages.first(where: { $0["id"] == id }) else { throw Refusal(answer: .null) }
    guard let result = answer["result"] else { throw Refusal(answer: answer["error"] ?? .null) }
    return result
  }

  func tell(_ method: String, _ parameters: Plain) async throws {
    _ = try await send(["jsonrpc": "2.0", "method": .text(method), "params": parameters])
  }

  private func send(_ message: Plain) async throws -> [Plain] {
    let bytes = try Array(JSONEncoder().encode(message))
    let messages = try await server.answer(bytes).map { try JSONDecoder().decode(Plain.self, from: Data($0)) }
    for message in messages where message["method"] != nil {
      if message["method"] == "textDocument/publishDiagnostics", let uri = message["params"]?["uri"]?.text,
        case .list(let list)? = message["params"]?["diagnostics"]
      {
        diagnostics[uri] = list
        diagnosedVersions[uri] = message["params"]?["version"] ?? .null
      } else {
        said.append(message)
      }
    }
    return messages
  }

  func open(_ uri: String, _ text: String) async throws {
    texts[uri] = text
    versions[uri] = 1
    try await tell(
      "textDocument/didOpen",
      ["textDocument": ["uri": .text(uri), "languageId": "kgraph", "version": 1, "text": .text(text)]])
  }

  /// Replaces a stretch, in UTF-16 units from the beginning of the text.
  func replace(_ uri: String, _ range: Range<Int>, _ replacement: String) async throws {
    let units = Array((texts[uri] ?? "").utf16)
    let change: Plain = [
      "range": ["start": Self.position(units, range.lowerBound), "end": Self.position(units, range.upperBound)],
      "text": .text(replacement),
    ]
    texts[uri] = String(
      decoding: units[..<range.lowerBound] + Array(replacement.utf16) + units[range.upperBound...], as: UTF16.self)
    versions[uri, default: 1] += 1
    try await tell(
      "textDocument/didChange",
      ["textDocument": ["uri": .text(uri), "version": .int(versions[uri] ?? 1)], "contentChanges": [change]])
  }

  /// The place of an offset in UTF-16 units, worked out as the protocol says it, unit by unit.
  static func position(_ units: [UInt16], _ offset: Int) -> Plain {
    var (line, character) = (0, 0)
    var index = 0
    while index < offset {
      let unit = units[index]
      let endsLine = unit == 0x0A || (unit == 0x0D && !(index + 1 < units.count && units[index + 1] == 0x0A))
      if endsLine { (line, character) = (line + 1, 0) } else { character += 1 }
      index += 1
    }
    return ["line": .int(line), "character": .int(character)]
  }

  /// The offset of a place, the other way round.
  static func offset(_ units: [UInt16], _ position: Plain?) -> Int {
    guard case .int(let line)? = position?["line"], case .int(let character)? = position?["character"] else { return 0 }
    var here = 0
    var index = 0
    while index < units.count, here < line {
      let unit = units[index]
      index += 1
      if unit == 0x0A || (unit == 0x0D && !(index < units.count && units[index] == 0x0A)) { here += 1 }
    }
    return min(units.count, index + character)
  }

  /// A text with the edits of an answer made in it.
  static func applying(_ edits: [Plain], to text: String) -> String {
    var units = Array(text.utf16)
    let original = units
    let ranges = edits.map { edit in
      (offset(original, edit["range"]?["start"])..<offset(original, edit["range"]?["end"]), edit["newText"]?.text ?? "")
    }
    for (range, replacement) in ranges.sorted(by: { $0.0.lowerBound > $1.0.lowerBound }) {
      units.replaceSubrange(range, with: Array(replacement.utf16))
    }
    return String(decoding: units, as: UTF16.self)
  }

  /// The text of a file, and the place of the `|` in it, which is left out.
  static func marked(_ text: String) -> (text: String, position: Plain) {
    let parts = text.components(separatedBy: "|")
    let units = Array(parts[0].utf16)
    return (parts.joined(), position(units, units.count))
  }

  /// The texts of files after the edits that an answer wants, by URI; each edit must be apart from all others.
  func applying(_ edit: Plain?, readingFrom read: (String) throws -> String) throws -> [String: String] {
    var result: [String: String] = [:]
    guard case .record(let changes)? = edit?["changes"] else { return [:] }
    for (uri, edits) in changes {
      let ranges = edits.values.compactMap { $0["range"] }
      for (number, range) in ranges.enumerated() where ranges[..<number].contains(range) {
        throw Refusal(answer: range)
      }
      result[uri] = Self.applying(edits.values, to: try texts[uri] ?? read(FileURI.path(uri) ?? uri))
    }
    return result
  }

  /// Opens `main.kgraph` with a text that has a `|` in it, and asks for something there.
  func ask(_ method: String, at text: String, _ more: [String: Plain] = [:]) async throws -> Plain {
    let (text, position) = Self.marked(text)
    try await open("file:///w/main.kgraph", text)
    var parameters: [String: Plain] = ["textDocument": ["uri": "file:///w/main.kgraph"], "position": position]
    parameters.merge(more) { $1 }
    return try await ask(method, .record(parameters))
  }
}

extension Plain {
  /// The values of a list.
  var values: [Plain] { if case .list(let values) = self { values } else { [] } }
}
