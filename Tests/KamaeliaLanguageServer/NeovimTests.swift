import Fixtures
import Foundation
import Testing

private enum Neovim {
  static let isThere = (try? FinishedProgram.run(["nvim", "--version"]))?.status == 0
}

/// The server as an editor uses it that others have written.
@Suite(.timeLimit(.minutes(2)), .enabled(if: Neovim.isThere, "nvim is missing"))
struct NeovimTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Neovim")

  @Test func `Neovim shows a mistake, mends it, and does all the rest`() throws {
    let place = FileManager.default.temporaryDirectory.appending(path: "kamaelia-\(UUID())")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    let graph = "\"one\" -> words\nwords = Words(shortest: 5)\nword   -> Count() ->  ConsoleWriter()\n"
    try Data(graph.utf8).write(to: place.appending(path: "main.kgraph"))
    let script = Self.folder.appending(path: "session.lua").path
    let run = try FinishedProgram.run([
      "env", "-C", place.path, "KAMAELIA=\(BuiltProgram.path(of: "kamaelia"))", "HOME=\(place.path)",
      "timeout", "60", "nvim", "--headless", "-u", "NONE", "-i", "NONE", "main.kgraph", "-c", "luafile \(script)", "-c",
      "qa!",
    ])
    let expected = String(decoding: try Data(contentsOf: Self.folder.appending(path: "expected.txt")), as: UTF8.self)
    let output = (run?.output ?? "").replacing("\r\n", with: "\n")
    if ProcessInfo.processInfo.environment["KAMAELIA_RECORD"] == "1" {
      try Data(output.utf8).write(to: Self.folder.appending(path: "expected.txt"))
    }
    #expect(output == expected)
    #expect(run?.status == 0)
  }
}
