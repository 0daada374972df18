import Foundation
import Glibc
import KamaeliaIO
import Testing

/// Whether tests of many connections have as many as are promised, which takes minutes: with `KAMAELIA_FULL_TESTS=1`.
let areTestsFull = Environment.current["KAMAELIA_FULL_TESTS"] != nil

/// A port of this machine that nobody listens to at the moment.
func freePort() throws -> UInt16 {
  let listener = try Listener(on: .v4([127, 0, 0, 1], port: 0))
  defer { listener.close() }
  return listener.address.port
}

/// Waits until somebody listens to a port of this machine.
func untilListened(to port: UInt16) async throws {
  while true {
    do {
      return try await Connection.open(to: .v4([127, 0, 0, 1], port: port)).close()
    } catch let error as SystemError {
      guard error.isRefused else { throw error }
      await Task.yield()
    }
  }
}

/// Runs a Python program that is another end of the network to its end; its output.
func python(_ program: String, _ arguments: Any..., sourceLocation: SourceLocation = #_sourceLocation) async throws
  -> String
{
  try await python(words: ["-c", program] + arguments.map { "\($0)" }, sourceLocation)
}

/// Runs one of the Python programs in `Clients` to its end; its output.
func client(_ name: String, _ arguments: [Any], sourceLocation: SourceLocation = #_sourceLocation) async throws
  -> String
{
  try await python(words: ["\(Place.tests)/Network/Clients/\(name)"] + arguments.map { "\($0)" }, sourceLocation)
}

private func python(words: [String], _ place: SourceLocation) async throws -> String {
  // Its programs share modules, and what Python makes of those does not belong here.
  let run = try await Run(
    words, environment: ["PYTHONDONTWRITEBYTECODE": "1"], program: [try #require(Program.find("python3"))])
  let finished = try await run.finish()
  #expect(finished.status == .exited(0), "\(finished.errors)", sourceLocation: place)
  return finished.output
}

/// Netcat, as a user has it on a terminal: its input stays open.
func netcat(_ port: UInt16, _ options: String..., input: String? = nil) async throws -> Run {
  try await Run(options + ["127.0.0.1", "\(port)"], input: input, program: [try #require(Program.find("nc"))])
}

/// Runs a graph that is written in the test, until the test is done with it.
func running(_ graph: String, _ arguments: String..., shell: String? = nil, _ body: (Run) async throws -> Void)
  async throws -> Finished
{
  let words = ["run"] + (graph.hasSuffix(".kgraph") ? [graph] : ["-e", graph]) + arguments
  let run: Run
  if let shell {
    run = try await Run(words, input: nil, program: ["/bin/sh", "-c", "\(shell); exec \"$0\" \"$@\"", Place.kamaelia])
  } else {
    run = try await Run(words, input: nil)
  }
  do { try await body(run) } catch {
    _ = run.child.signal(SIGKILL)
    throw error
  }
  _ = run.child.signal(SIGTERM)
  return try await run.finish()
}
