import Foundation
import KGraph
import Kamaelia
import KamaeliaCommands
import KamaeliaComponents
import Testing

/// The README is held against the program.
@Suite(.timeLimit(.minutes(1))) struct ReadmeTests {
  /// A stretch between two lines of three backticks.
  struct Block: Sendable, CustomTestStringConvertible {
    let language: String
    let text: String
    var testDescription: String { text.split(separator: "\n").first.map(String.init) ?? language }
  }

  static let text = (try? Place.read("README.md")) ?? ""
  static let blocks: [Block] = {
    var blocks: [Block] = []
    for (number, part) in text.components(separatedBy: "```").enumerated() where number % 2 == 1 {
      let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      blocks.append(Block(language: String(lines[0]), text: lines.count > 1 ? String(lines[1]) : ""))
    }
    return blocks
  }()

  static let graphs: [Block] = blocks.filter { $0.language == "kgraph" }

  private func written(in language: String) -> [Block] { Self.blocks.filter { $0.language == language } }

  @Test(arguments: graphs)
  func `A graph in it has nothing wrong with it, and runs`(block: Block) async throws {
    let checked = Checker(library: .standard, loader: MemoryLoader()).check(Source(name: "README.md", text: block.text))
    #expect(checked.diagnostics.map(\.message) == [])
    let formatted = Formatter.format(GraphFile.parse(Source(name: "README.md", text: block.text)))
    #expect(formatted == block.text)
    #expect(try await kamaelia("run", "-e", block.text).status == .exited(0))
  }

  @Test func `The component in it is the one that is compiled with these tests`() throws {
    #expect(try written(in: "swift").contains { try $0.text == Place.read("Tests/Graphs/Repeat.swift") })
    #expect(
      written(in: "swift").contains {
        $0.text == """
          import Kamaelia
          import KamaeliaCommands
          import KamaeliaComponents

          await KamaeliaCommands.main(library: .standard + [Repeat.self])

          """
      })
    // That it compiles is what counts; it is never called.
    let program: () async -> Never = { await KamaeliaCommands.main(library: .standard + [Repeat.self]) }
    _ = program
    #expect((Library.standard + [Repeat.self]).names.contains("Repeat"))
  }

  @Test func `The commands that install it do so where there are no folders yet`() async throws {
    let block = try #require(
      written(in: "sh").first { $0.text.hasPrefix("swift build -c release --product kamaelia\n") })
    let commands = block.text.split(separator: "\n").dropFirst().joined(separator: "\n")
    try await withFolder { folder in
      try FileManager.default.createDirectory(
        atPath: "\(folder)/.build/release", withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/.build/release/kamaelia", withDestinationPath: Place.kamaelia)
      let check =
        "\ntest -x ~/.local/bin/kamaelia\ngrep -q complete ~/.local/share/bash-completion/completions/kamaelia"
      let finished = try await Run(
        ["-euc", commands + check], in: folder, environment: ["HOME": folder], program: ["/bin/bash"]
      ).finish()
      #expect(finished.status == .exited(0), "\(finished.errors)")
    }
  }

  @Test func `The words it says the quickstart draws are those that it draws`() async throws {
    let drawn = try await kamaelia("run", "graphs/quickstart.kgraph").output.split(separator: "\n")
    let shown = try #require(Self.blocks.first { $0.text.contains("█") }).text.split(separator: "\n")
    func words(_ lines: some Sequence<Substring>) -> [Substring] { lines.compactMap { $0.split(separator: " ").first } }
    #expect(words(drawn.prefix(shown.count)) == words(shown))
  }

  @Test func `The message in it is what the program says`() async throws {
    let shown = try #require(Self.blocks.first { $0.text.hasPrefix("error[") }).text
    try await withFolder { folder in
      let graph = "words = Words(shortest: 5)\nword -> Count() -> ConsoleWriter()\n"
      try graph.write(toFile: "\(folder)/count.kgraph", atomically: true, encoding: .utf8)
      let said = try await kamaelia("check", "count.kgraph", in: folder).errors
      #expect(said == shown + "\n1 error in 1 file\n")
    }
  }

  @Test func `The verbs it lists are those that there are`() async throws {
    let rows = Self.text.matches(of: #/(?m)^\| `kamaelia (\w+)` \| (.*) \|$/#).map {
      (String($0.output.1), String($0.output.2))
    }
    let help = try await kamaelia("help").output
    let verbs = help.components(separatedBy: "Verbs:\n").last?.components(separatedBy: "\n\n").first ?? ""
    let names = verbs.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(rows.map(\.0) == names)
  }

  @Test func `Its graphs are found where they stand, and nothing is wrong with them`() async throws {
    #expect(try await kamaelia("check", "README.md").errors == "no errors in 1 file\n")
    let ci = try await kamaelia("ci", "README.md")
    #expect(
      ci.errors.hasPrefix(
        "check  \(Self.graphs.count) graph\(Self.graphs.count == 1 ? "" : "s"): 0 errors, 0 warnings\n"))
    #expect(ci.status == .exited(0))
  }

  @Test func `The number of components is that of the library`() throws {
    let match = try #require(Self.text.firstMatch(of: #/There are (\d+) components/#))
    #expect(Int(match.output.1) == Library.standard.names.count)
  }

  @Test func `The workflow checks with an option that there is`() async throws {
    let line = try #require(written(in: "yaml").first?.text.split(separator: "\n").last { $0.contains("kamaelia") })
    let words = try #require(line.components(separatedBy: "kamaelia ").last).split(separator: " ")
    let finished = try await Run(words.map(String.init), environment: ["GITHUB_ACTIONS": "true"]).finish()
    #expect(finished.status == .exited(0))
  }
}
