import Glibc
import KGraph
import Kamaelia
import KamaeliaRuntime
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

/// A disk of 128 KiB in memory, for one test.
private final class SmallDisk: Sendable {
  static let isPossible: Bool = {
    guard let disk = try? SmallDisk() else { return false }
    return access(disk.scratch.path, W_OK) == 0
  }()

  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try #require(mount("tmpfs", scratch.path, "tmpfs", 0, "size=128k") == 0)
  }

  var hasRoom: Bool {
    var facts = statvfs()
    return statvfs(scratch.path, &facts) != 0 || facts.f_bavail > 0
  }

  deinit { umount2(scratch.path, Int32(MNT_DETACH)) }
}

@Suite(
  .enabled(if: SmallDisk.isPossible, "mounting a small disk takes rights that this user lacks"),
  .timeLimit(.minutes(1))
)
struct FullDiskTests {
  private let disk: SmallDisk
  private let records = (0..<10_000).map { "record number \($0)" }
  init() throws { disk = try SmallDisk() }

  private func run(_ policy: String) async throws -> Outcome {
    let harness = Harness(
      FileWriter.self, ["path": .text(disk.scratch["log"]), "mode": .name("append"), "whenFull": .name(policy)])
    harness.feed("inbox", records)
    return try await harness.run()
  }

  private var written: [String] {
    (disk.scratch.read("log") ?? "").split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
  }

  @Test func `what was written before a failure are whole records`() async throws {
    let outcome = try await run("fail")
    #expect(outcome.failure?.hasSuffix("No space left on device") == true)
    #expect(written.count > 1000)
    #expect(written == Array(records.prefix(written.count - 1)) + [""])
  }

  @Test func `what was dropped is counted, and what was written are whole records`() async throws {
    let outcome = try await run("drop")
    #expect(outcome.failure == nil)
    #expect(written.dropLast().allSatisfy(Set(records).contains))
    let lost = records.count - (written.count - 1)
    #expect(lost > 0)
    #expect(outcome.said.last == "\(lost) messages for `\(disk.scratch["log"])` were dropped")
  }

  @Test func `what waited is written once there is room, and nothing is missing`() async throws {
    try disk.scratch.write("filler", String(repeating: "x", count: 100 << 10))
    let free = Task { [disk] in
      while disk.hasRoom { await Task.yield() }
      try disk.scratch.delete("filler")
    }
    let harness = Harness(FileWriter.self, ["path": .text(disk.scratch["log"]), "mode": .name("append")])
    harness.feed("inbox", Array(records.prefix(4000)))
    let outcome = try await harness.run()
    try await free.value
    #expect(outcome.failure == nil)
    #expect(written == Array(records.prefix(4000)) + [""])
    // Room may come back before the writer has asked for it, and then there is nothing to say; else both sentences come.
    let log = disk.scratch["log"]
    let both = [
      "there is no room to write to `\(log)`: tries again every second", "there is room again to write to `\(log)`",
    ]
    #expect(outcome.said == [] || outcome.said == both)
  }

  /// Writes the first records to `log` on a disk that they fill up; the writer is begun again when it fails.
  private func runAgain(_ mode: String, count: Int, attempts: Int) async throws -> Ending {
    let input = try Scratch()
    try input.write("in", records.prefix(count).map { $0 + "\n" }.joined())
    let place = Place(Source(name: "test.kgraph", text: "x"), 0..<1)
    var plan = Plan(name: "Test")
    var source = PlannedInstance(path: "source", component: "FileReader", place: place)
    source.arguments = ["path": .text(input["in"])]
    var writer = PlannedInstance(path: "writer", component: "FileWriter", place: place)
    writer.arguments = ["path": .text(disk.scratch["log"]), "mode": .name(mode), "whenFull": .name("fail")]
    let pause = Duration.milliseconds(1)
    writer.restart = RestartPolicy(.onFailure, limit: attempts, window: .seconds(60), backoff: pause...pause)
    plan.instances = [source, writer]
    plan.linkages = [
      PlannedLinkage(
        from: .box(instance: 0, name: "lines", index: nil), to: .box(instance: 1, name: "inbox", index: nil),
        type: .any, options: LinkageOptions(), place: place)
    ]
    let network = try Network(plan, in: Surroundings(library: Library.standard, workers: 2))
    network.start()
    return await network.ended()
  }

  @Test func `a file that is written as messages come goes on when its writer is begun again`() async throws {
    try disk.scratch.write("filler", String(repeating: "x", count: 100 << 10))
    try disk.scratch.write("log", "old\n")
    let free = Task { [disk] in
      while disk.hasRoom { await Task.yield() }
      try disk.scratch.delete("filler")
    }
    let ending = try await runAgain("replace", count: 4000, attempts: 100_000)
    try await free.value
    guard case .finished = ending else { return #expect(Bool(false), "\(ending)") }
    #expect(written == Array(records.prefix(4000)) + [""])
  }

  @Test func `a file that is written at once is not made of what came after a failure`() async throws {
    try disk.scratch.write("log", "old\n")
    let ending = try await runAgain("atomic", count: 10_000, attempts: 3)
    guard case .failed(let failures) = ending else { return #expect(Bool(false), "\(ending)") }
    #expect(failures.first?.message.contains("what was written before the failure is lost") == true)
    #expect(disk.scratch.read("log") == "old\n")
  }
}
