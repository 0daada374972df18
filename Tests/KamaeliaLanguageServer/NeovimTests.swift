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

  /// What README tells a user to put into `init.lua`, and what grammar/README.md installs.
  @Test(arguments: ["README", "plugin"])
  func `What users are told to install shows mistakes and completes begun words`(way: String) throws {
    let root = URL(filePath: #filePath).appending(path: "../../..").standardized
    let place = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(path: "kamaelia-\(UUID())")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let start = try #require(readme.range(of: "```lua\n"))
    let end = try #require(readme[start.upperBound...].range(of: "```"))
    let plugin = """
      vim.opt.runtimepath:append("\(root.path)/grammar/vim")
      vim.cmd("filetype plugin on")
      """
    let configuration = way == "README" ? String(readme[start.upperBound..<end.lowerBound]) : plugin
    try Data(configuration.utf8).write(to: place.appending(path: "init.lua"))
    try Data("Ticks(1s) -> ConsoleWritr()\nTicks(1s) -> ConsoleW\n".utf8).write(
      to: place.appending(path: "main.kgraph"))
    let path = URL(filePath: BuiltProgram.path(of: "kamaelia")).deletingLastPathComponent().path
    let typed = """
      vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 5)
      local codes = {}
      for _, found in ipairs(vim.diagnostic.get(0)) do if found.lnum == 0 then table.insert(codes, found.code) end end
      io.stdout:write(table.concat(codes, " "), "\\n")
      local params = {
        textDocument = vim.lsp.util.make_text_document_params(0), position = { line = 1, character = 21 },
      }
      local answers = vim.lsp.buf_request_sync(0, "textDocument/completion", params, 20000)
      for _, answer in pairs(answers) do
        local convert = vim.lsp.completion and vim.lsp.completion._convert_results
        local words = {}
        if convert then
          for _, item in ipairs(convert(vim.api.nvim_get_current_line(), 1, 21, 13, nil, answer.result, "utf-16")) do
            table.insert(words, item.word)
          end
        else
          for _, item in ipairs(vim.lsp.util.text_document_completion_list_to_complete_items(answer.result, "ConsoleW")) do
            table.insert(words, item.word)
          end
        end
        io.stdout:write(table.concat(words, " "), "\\n")
      end
      """
    let file = place.appending(path: "session.lua")
    try Data(typed.utf8).write(to: file)
    let run = try FinishedProgram.run([
      "env", "-C", place.path, "PATH=\(path):\(ProcessInfo.processInfo.environment["PATH"] ?? "")",
      "HOME=\(place.path)",
      "timeout", "60", "nvim", "--headless", "-u", "init.lua", "-i", "NONE", "main.kgraph", "-c",
      "luafile \(file.path)",
      "-c", "qa!",
    ])
    #expect(run?.status == 0)
    let output = (run?.output ?? "").replacing("\r\n", with: "\n").split(separator: "\n").map(String.init)
    #expect(output.first == "K0201")
    #expect(output.dropFirst().allSatisfy { $0.hasPrefix("ConsoleWriter") } && output.count > 1, "\(output)")
  }
}
