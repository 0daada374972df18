import Foundation
import Kamaelia
import KamaeliaComponents
import Testing

@testable import KamaeliaCommands

@Suite struct ListingTests {
  private func run(_ words: [String]) async -> Session {
    await Session.run(words, verbs: Verbs.table(library: .standard))
  }

  @Test func `Each component of the library is in a group, named after its field`() {
    let fields = LibraryFields(.standard).fields
    #expect(fields.map(\.name).prefix(3) == ["Console", "Files", "Flow"])
    #expect(fields.flatMap(\.components).sorted() == Library.standard.names)
    #expect(!fields.map(\.name).contains("Of this program"))
    #expect(fields.first { $0.name == "Timing" }?.components.contains("Ticks") == true)
  }

  @Test func `Components of a program of one's own are in a group of their own, the last`() {
    let fields = LibraryFields(.standard + [OfOnesOwn.self]).fields
    #expect(fields.last == LibraryFields.Field(name: "Of this program", components: ["OfOnesOwn"]))
  }

  @Test(arguments: [("csv", ["ParseCSV", "FormatCSV"]), ("tail", ["FileTail"]), ("FILEREADER", ["FileReader"])])
  func `A word finds those that have it in their names first`(word: String, first: [String]) async {
    #expect(Array(LibraryFields(.standard).found(by: word).prefix(first.count)) == first)
    let session = await run(["list", "--find", word])
    #expect(session.status == .fine)
    #expect(session.output.contains(first[0]))
  }

  @Test(arguments: [
    ("Stdin", ["ConsoleReader"]), ("print", ["ConsoleWriter"]), ("Cron", ["Clock"]), ("exec", ["Process"]),
    ("JSON", ["ParseJSON", "FormatJSON"]), ("Reduce", ["Sum", "Count", "CountBy", "Mean"]),
    ("rate limit", ["Throttle"]),
    ("Group By", ["CountBy"]), ("fan-out", ["PassThrough"]),
  ])
  func `What a component is called elsewhere finds it, before what is said of others`(word: String, first: [String]) {
    #expect(Array(LibraryFields(.standard).found(by: word).prefix(first.count)) == first)
  }

  @Test func `What is no component but is done in another way is said beside the list`() async {
    let found = await run(["list", "--find", "jq"])
    #expect(found.errors.contains("a program is a component, in backticks"))
    let cron = await run(["list", "--find", "cron"])
    #expect(cron.status == .fine)
    #expect(cron.errors.contains("tells the minute"))
    #expect(!cron.output.contains("tells the minute"))
  }

  @Test func `Several words find what has all of them said of it`() async {
    let found = LibraryFields(.standard).found(by: "lines comma-separated")
    #expect(found == ["FormatCSV", "ParseCSV"])
  }

  @Test func `What is said of nothing is an error, and a NAME beside a word is one too`() async {
    #expect(await run(["list", "--find", "xyzzy"]).status == .errors)
    #expect(await run(["list", "FileTail", "--find", "csv"]).status == .usage)
  }

  @Test func `A name that is none is looked for in what is said of others`() async {
    #expect(await run(["list", "grep"]).errors.contains("`kamaelia list --find grep` finds `Match`"))
  }

  static let graph = """
    ## Counts what comes.
    ##
    ##     kamaelia run it.kgraph
    ##
    ## For a while.

    ## How often.
    param every: Duration = 5s
    param path: Path
    outbox counts: Int

    ## Makes nothing.
    graph Idle {
    }

    FileReader($path).lines -> Count(every: $every) -> self.counts

    test "it counts" of Count() {
        expect nothing
    }

    """

  @Test(arguments: [["list", "FILE"], ["run", "FILE", "--help"], ["check", "FILE", "-h"]])
  func `A graph has a page, and help with a graph shows it`(words: [String]) async throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).kgraph").path
    try Data(Self.graph.utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let session = await run(words.map { $0 == "FILE" ? path : $0 })
    #expect(session.status == .fine)
    #expect(
      session.output.hasSuffix(
        """
        \(path)

          Counts what comes.

              kamaelia run it.kgraph

          For a while.

        PARAMETERS (--set NAME=VALUE)
          every: Duration = 5s
              How often.
          path: Path
              (required)

        OUTBOXES
          counts: Int

        GRAPHS
          Idle
              Makes nothing.

        TESTS
          it counts

        """))
  }

  @Test func `A list in a page has its items on lines of their own`() async {
    let page = await run(["list", "HTTPServer"]).output
    #expect(page.contains("\n  - `sockets` are"))
    #expect(page.contains("\n  - `routes` "))
  }
}

private struct OfOnesOwn: Component {
  static let summary = "Does nothing."
  let outbox = Outbox<String>("Nothing.")
  func main() async throws {}
}
