import Foundation
import Kamaelia
import KamaeliaComponents
import Testing

@testable import KamaeliaLanguageServer

/// Conversations that are written down in `Sessions`, held again.
///
/// A line of a session is a comment (`#`), something that the client sends (`->`), something that the server answers (`<-`),
/// `file PATH` or `open PATH` with the lines of the text after it, each behind `| `, or `open-crlf PATH`, whose lines end with
/// CR LF. Lines without an answer or an empty line between them are sent all at once. What is sent: `request ID METHOD PARAMS`, `notify METHOD PARAMS`, or anything else as it stands. To record the
/// answers anew, set `KAMAELIA_RECORD=1`, and read what has changed.
@Suite struct SessionTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Sessions")
  static let names: [String] = {
    let all = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (all ?? []).filter { $0.hasSuffix(".session") }.sorted()
  }()

  @Test(arguments: names)
  func `A recorded session goes as it went`(name: String) async throws {
    let file = Self.folder.appending(path: name)
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    let held = try await Self.hold(text)
    if ProcessInfo.processInfo.environment["KAMAELIA_RECORD"] == "1" {
      try Data(held.utf8).write(to: file)
    }
    let (expected, actual) = (text.split(separator: "\n"), held.split(separator: "\n"))
    for (line, other) in zip(expected, actual) where line != other {
      #expect(line == other)
      return
    }
    #expect(expected.count == actual.count)
  }

  @Test func `There are sessions`() { #expect(Self.names.count > 3) }

  /// The session with the answers that the server gives now.
  static func hold(_ text: String) async throws -> String {
    var files: [String: String] = [:]
    var lines = text.components(separatedBy: "\n")[...]
    if lines.last == "" { lines.removeLast() }
    var held: [String] = []
    func block(_ end: String) -> String {
      var result = ""
      while let line = lines.first, line.hasPrefix("|") {
        held.append(line)
        result += line.dropFirst(line.hasPrefix("| ") ? 2 : 1) + end
        lines.removeFirst()
      }
      return result
    }
    while let line = lines.first, !line.hasPrefix("->"), !line.hasPrefix("open") {
      lines.removeFirst()
      held.append(line)
      if line.hasPrefix("file ") { files[String(line.dropFirst(5))] = block("\n") }
    }
    let server = LanguageServer(library: .standard, files: MemoryFiles(texts: files), version: "1")
    var pending: [[UInt8]] = []
    func flush() async {
      var answers: [[UInt8]] = []
      // What is sent without an answer between comes all at once.
      for message in pending.dropLast() { server.take(message) }
      if let last = pending.last { answers = await server.answer(last) }
      pending = []
      held += answers.map { "<- " + String(decoding: $0, as: UTF8.self) }
      if let status = server.exitStatus, !answers.isEmpty || held.last?.hasPrefix("-> ") == true {
        held.append("<- exit \(status)")
      }
    }
    while let line = lines.popFirst() {
      if line.hasPrefix("<-") {
        await flush()
      } else if line.hasPrefix("-> ") {
        held.append(line)
        pending.append(Self.message(String(line.dropFirst(3))))
      } else if line.hasPrefix("open") {
        held.append(line)
        let words = line.split(separator: " ", maxSplits: 1)
        let opened: Plain = [
          "jsonrpc": "2.0", "method": "textDocument/didOpen",
          "params": [
            "textDocument": [
              "uri": .text(FileURI.uri(String(words[1]))), "languageId": "kgraph", "version": 1,
              "text": .text(block(words[0] == "open-crlf" ? "\r\n" : "\n")),
            ]
          ],
        ]
        pending.append(Array(try JSONEncoder().encode(opened)))
      } else {
        if line.isEmpty || line.hasPrefix("#") { await flush() }
        held.append(line)
      }
    }
    await flush()
    return held.joined(separator: "\n") + "\n"
  }

  private static func message(_ line: String) -> [UInt8] {
    let words = line.split(separator: " ", maxSplits: 3).map(String.init)
    if words.count >= 3, words[0] == "request" {
      let id = Int(words[1]) == nil ? "\"\(words[1])\"" : words[1]
      let parameters = words.count > 3 ? ",\"params\":\(words[3])" : ""
      return Array("{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"\(words[2])\"\(parameters)}".utf8)
    }
    if words.count >= 2, words[0] == "notify" {
      let parameters = words.count > 2 ? ",\"params\":\(words[2...].joined(separator: " "))" : ""
      return Array("{\"jsonrpc\":\"2.0\",\"method\":\"\(words[1])\"\(parameters)}".utf8)
    }
    return Array(line.utf8)
  }
}
