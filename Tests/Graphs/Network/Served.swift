import Glibc
import KamaeliaIO
import Testing

/// A server of the repository that runs, and the ports that it says it has.
struct Served {
  let run: Run
  /// By the first word of the line that says it: `presenter port 1600`, `page http://localhost:8080/`.
  let ports: [String: UInt16]

  func port(_ name: String) throws -> UInt16 { try #require(ports[name]) }
}

/// Runs a server until a test is done with it.
///
/// - Parameters:
///   - ports: the parameters that are ports; each is 0 unless `fixed` says another one.
///   - more: for other parameters.
func serving(
  _ graph: String, ports: [String], fixed: [String: UInt16] = [:], _ more: String...,
  body: (Served) async throws -> Void
) async throws {
  let settings = ports.map { "\($0)=\(fixed[$0] ?? 0)" } + more
  let run = try await Run(["run", graph] + settings.flatMap { ["--set", $0] }, input: nil)
  do {
    var said: [String: UInt16] = [:]
    while said.count < ports.count {
      let line = try #require(try await run.line(), "the server has ended")
      guard let match = line.wholeMatch(of: #/(\w+) \D+(\d+)/?/#) else { continue }
      said[String(match.output.1)] = UInt16(match.output.2)
    }
    try await body(Served(run: run, ports: said))
  } catch {
    _ = run.child.signal(SIGKILL)
    throw error
  }
  _ = run.child.signal(SIGTERM)
  let finished = try await run.finish()
  #expect(finished.status == .exited(0) || finished.status == .signalled(SIGKILL), "\(finished.errors)")
}
