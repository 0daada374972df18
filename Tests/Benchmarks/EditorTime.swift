import Foundation
import Kamaelia
import KamaeliaLanguageServer

/// The time that the process has computed, whoever else was at it.
private func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// How long an editor waits for what is wrong and for what could be written, in a file of two thousand lines.
///
/// A key is struck so many times at the end of a line in the middle of the file. The first figure is the time from the
/// client's message to the diagnostics, the whole file being checked; the second that from the same key to the list of what
/// could be written, which is asked for at once.
struct EditorTime {
  let keys: Int

  static let lines = 2000

  /// Chains of several components, graphs that are used, a file that is imported, parameters, comments.
  private var text: String {
    var lines = ["import {Part} from \"parts.kgraph\"", "", "param pattern: Text = \"a\"", ""]
    var number = 0
    while lines.count < Self.lines - 3 {
      number += 1
      lines += [
        "# Stretch \(number).",
        "reader\(number) = TextSource(100)",
        "reader\(number) -> Part1(\"a\(number)\") -> Part2($pattern) as match\(number) -> TextStep() -> TextSink()",
        "match\(number).rejected -[64, dropOldest]-> Part3(count: 2) -> Part4(\"${pattern}: \", time: 10ms) as prefix\(number)",
        "prefix\(number) -> Part(size: \(number)) -> Part5() -> TextSink()",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let parts = """
    graph Part(size: Int) {
        inbox  into: Text
        outbox out: Text

        self.into -> Part6("${size}") -> self.out
    }

    """

  private static func message(_ method: String, id: Int? = nil, _ parameters: String) -> [UInt8] {
    let id = id.map { "\"id\":\($0)," } ?? ""
    return Array("{\"jsonrpc\":\"2.0\",\(id)\"method\":\"\(method)\",\"params\":\(parameters)}".utf8)
  }

  /// Prints one JSON line.
  ///
  /// - Throws: ``Wrong`` where the server does not answer.
  func run() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "kamaelia-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { do { try FileManager.default.removeItem(at: folder) } catch { complain("\(error)\n") } }
    try Data(Self.parts.utf8).write(to: folder.appending(path: "parts.kgraph"))
    let server = LanguageServer(library: Workload.library + manyComponents(60), version: "")
    let uri = "file://\(folder.path)/main.kgraph"
    _ = await server.answer(
      Self.message("initialize", id: 0, "{\"rootUri\":\"file://\(folder.path)\",\"capabilities\":{}}"))
    let written = String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
    let opened = seconds()
    let first = await server.answer(
      Self.message("textDocument/didOpen", "{\"textDocument\":{\"uri\":\"\(uri)\",\"version\":1,\"text\":\(written)}}"))
    let open = seconds() - opened
    guard let published = first.last, String(decoding: published, as: UTF8.self).contains("\"diagnostics\":[]") else {
      throw Wrong(description: "the graph has errors: \(first.map { String(decoding: $0.prefix(500), as: UTF8.self) })")
    }
    let line = 5 + (Self.lines / 10) * 5
    var diagnostics: [Double] = []
    var completions: [Double] = []
    let busyAtFirst = processorSeconds()
    var version = 1
    func change(_ range: String, _ text: String) -> [UInt8] {
      version += 1
      return Self.message(
        "textDocument/didChange",
        "{\"textDocument\":{\"uri\":\"\(uri)\",\"version\":\(version)},"
          + "\"contentChanges\":[{\"range\":\(range),\"text\":\"\(text)\"}]}")
    }
    let typed = Array("reader1 -> TextStep")
    for key in 0..<keys {
      let column = key % typed.count
      // A line of its own is written letter by letter, and taken away again when it is done.
      if column == 0 {
        let rest = "{\"start\":{\"line\":\(line),\"character\":0},\"end\":{\"line\":\(line),\"character\":99}}"
        _ = await server.answer(change(rest, ""))
      }
      let place = "{\"line\":\(line),\"character\":\(column)}"
      let after = "{\"line\":\(line),\"character\":\(column + 1)}"
      let began = seconds()
      server.take(change("{\"start\":\(place),\"end\":\(place)}", String(typed[column])))
      server.take(
        Self.message(
          "textDocument/completion", id: key + 1, "{\"textDocument\":{\"uri\":\"\(uri)\"},\"position\":\(after)}"))
      _ = server.step()
      _ = server.step()
      let answers = server.output()
      completions.append(seconds() - began)
      guard answers.count == 1 else { throw Wrong(description: "no completion") }
      while server.step() {}
      _ = server.output()
      // The same key without the question: only the check.
      let again = seconds()
      server.take(change("{\"start\":\(place),\"end\":\(after)}", String(typed[column])))
      while server.step() {}
      _ = server.output()
      diagnostics.append(seconds() - again)
    }
    func figure(_ times: [Double], _ share: Double) -> Double {
      times.sorted()[min(times.count - 1, Int(Double(times.count) * share))] * 1000
    }
    print(
      "{\"peer\":\"kamaelia\",\"workload\":\"lsp\",\"lines\":\(Self.lines),\"keys\":\(keys),\"open_ms\":\(open * 1000),"
        + "\"diagnostics_ms\":\(figure(diagnostics, 0.5)),\"diagnostics_p95_ms\":\(figure(diagnostics, 0.95)),"
        + "\"processor_ms\":\((processorSeconds() - busyAtFirst) / Double(keys) * 500),\"completion_ms\":\(figure(completions, 0.5)),\"completion_p95_ms\":\(figure(completions, 0.95))}"
    )
  }
}
