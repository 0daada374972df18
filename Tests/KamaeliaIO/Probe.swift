import Glibc

@testable import KamaeliaIO

/// How to start the program of `Tests/Probe`, which is built beside the tests.
func probe(_ verb: String) -> Launch {
  let folder = (CommandLine.arguments[0].split(separator: "/", omittingEmptySubsequences: false).dropLast())
    .joined(separator: "/")
  // What swift-testing runs may be the package's own program or one of the toolchain's, with the bundle as argument.
  let folders =
    [folder]
    + CommandLine.arguments.filter { $0.hasSuffix(".xctest") }.map {
      $0.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    }
  let path = folders.lazy.compactMap { Program.find("\($0)/process-probe") }.first
  return Launch(path ?? "process-probe", [verb])
}
