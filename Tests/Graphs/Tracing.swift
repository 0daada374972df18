import Fixtures
import Foundation

/// What a run starts, as the kernel is asked for it.
enum Tracing {
  /// Whether strace is installed and may look at other processes.
  static let isPossible: Bool = {
    do { return try FinishedProgram.run(["strace", "-f", "-o", "/dev/null", "true"])?.status == 0 } catch {
      return false
    }
  }()

  /// Runs `kamaelia` to its end.
  ///
  /// - Returns: what came of it, and the paths of all programs that it or what it started became, in order, without
  ///   itself.
  static func run(
    _ arguments: String..., input: String = "", in folder: String
  ) async throws -> (finished: Finished, programs: [String]) {
    let log = FileManager.default.temporaryDirectory.appending(path: "kamaelia-trace-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: log) }
    let words = ["/usr/bin/env", "strace", "-f", "-qq", "-s", "4096", "-e", "trace=execve,execveat", "-o", log]
    let run = try await Run(arguments, input: input, in: folder, program: words + [Place.kamaelia])
    let finished = try await run.finish()
    return (finished, programs(in: try Place.read(log)).filter { $0 != Place.kamaelia })
  }

  /// The paths in a log, of programs that were there.
  static func programs(in log: String) -> [String] {
    log.matches(of: /(?m)execve(?:at)?\((?:AT_FDCWD, )?"([^"]*)".*(?:= 0|<unfinished \.\.\.>)$/)
      .map { String($0.output.1) }
  }
}
