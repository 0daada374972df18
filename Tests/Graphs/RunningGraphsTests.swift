import Foundation
import Glibc
import KamaeliaIO
import Testing

/// Every graph of the repository, run as a user runs it.
@Suite(.timeLimit(.minutes(1))) struct RunningGraphsTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    var arguments: [String] = []
    var input = ""
    /// Whether lines of several writers come in no certain order.
    var isMixed = false
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "quickstart", arguments: ["--set", "path=graphs/data/shop.log"]),
    Case(name: "error-codes"),
    Case(name: "top-words", arguments: ["--set", "k=4"], input: "The end of the word\n**is** not the `end`.\n"),
    Case(name: "programs"),
    Case(name: "chat-room", input: "hello Bob\nnothing else\n", isMixed: true),
    Case(name: "slides", input: "next\nlast\nnonsense\nback\n"),
    Case(name: "jukebox"),
    Case(name: "binary", isMixed: true),
    Case(name: "orders"),
    Case(name: "planets"),
    Case(name: "parallel"),
    Case(name: "restart"),
    Case(name: "ticker", arguments: ["--set", "pace=1000/s"]),
  ]

  @Test(arguments: cases) func `A graph does what its snapshot shows, and ends well`(_ graph: Case) async throws {
    let run = try await Run(["run", "graphs/\(graph.name).kgraph"] + graph.arguments, input: graph.input)
    let finished = try await run.finish()
    #expect(finished.status == .exited(0), "\(finished.errors)")
    var lines = finished.output.split(separator: "\n", omittingEmptySubsequences: false)
    if graph.isMixed { lines.sort() }
    try expectSnapshot(lines.joined(separator: "\n"), "Snapshots/\(graph.name).txt")
  }

  @Test func `Each graph has a run of its own here`() throws {
    let others = ["folder-watch", "slow-reader"]
    #expect(
      Set(try Place.files(in: "graphs", ".kgraph").map { $0.replacing(".kgraph", with: "") })
        == Set(Self.cases.map(\.name) + others))
  }

  @Test func `The first command of the README draws the words of the README`() async throws {
    let finished = try await kamaelia("run", "graphs/quickstart.kgraph")
    #expect(finished.status == .exited(0))
    #expect(finished.output.contains("graph"))
    #expect(finished.output.contains("█"))
    #expect(finished.errors == "")
  }

  @Test func `Of a patient and a hasty reader one gets everything, and the other one misses some`() async throws {
    let run = try await Run(["run", "graphs/slow-reader.kgraph", "--set", "count=60", "--set", "pace=40/s", "--stats"])
    let finished = try await run.finish()
    #expect(finished.status == .exited(0))
    let lines = finished.output.split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("patient: ") } == ["patient: 0", "patient: 20", "patient: 40"])
    #expect(lines.contains { $0.hasPrefix("   hasty: ") })
    #expect(finished.errors.contains(#/source -> Throttle.2 .* [1-9]\d*\n/#))
  }

  @Test func `A folder is watched until SIGINT, and what cannot be read is told`() async throws {
    try await withFolder { folder in
      try "first line\nsecond".write(toFile: "\(folder)/there.txt", atomically: true, encoding: .utf8)
      let run = try await Run(["run", "graphs/folder-watch.kgraph", "--set", "folder=\(folder)"], input: nil)
      #expect(try await run.line() == "ready  \(folder)/there.txt: first line")
      try "moved".write(toFile: "\(folder)/later.txt", atomically: true, encoding: .utf8)
      while let line = try await run.line() {
        if line == "ready  \(folder)/later.txt: moved" { break }
      }
      try FileManager.default.removeItem(atPath: "\(folder)/there.txt")
      while let line = try await run.line() {
        if line == "gone   \(folder)/there.txt" { break }
      }
      run.child.signal(SIGINT)
      let finished = try await run.finish()
      #expect(finished.status == .exited(0), "\(finished.errors)")
    }
  }

  @Test func `The tests of all graphs pass, whatever the order of things`() async throws {
    for seed in ["1", "7", "123456789"] {
      let finished = try await kamaelia("test", "graphs", "--seed", seed)
      #expect(finished.status == .exited(0), "\(finished.errors)")
    }
  }

  @Test func `The picture in the README is drawn by the program`() async throws {
    let finished = try await kamaelia("graph", "graphs/error-codes.kgraph", "--format", "svg")
    #expect(finished.status == .exited(0))
    #expect(try finished.output == Place.read("graphs/pictures/error-codes.svg"))
  }
}
