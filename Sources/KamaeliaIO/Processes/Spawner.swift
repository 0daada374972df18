import CSystem
import Dispatch
import Glibc

/// Starts programs, from one thread that lives as long as the process.
///
/// A program is told to die with its parent, and for the kernel the parent is the thread that made it
/// (PR_SET_PDEATHSIG in prctl(2)): started from a thread that comes and goes, programs would die at random.
final class Spawner: Sendable {
  static let shared = Spawner()

  private let thread = BlockingThreads(limit: 1, idle: nil, name: "spawner")
  private let usesPidfds: Bool

  /// - Parameter usesPidfds: whether ends are told by the kernel, or by a thread that waits for each, as before Linux
  ///   5.2.
  init(usesPidfds: Bool = true) { self.usesPidfds = usesPidfds }

  /// Starts `launch` with three open descriptors as its standard streams.
  func start(_ launch: Launch, streams: [Int32]) async throws -> ChildProcess {
    try await thread.offload { try self.startHere(launch, streams: streams) }
  }

  private func startHere(_ launch: Launch, streams: [Int32]) throws(SystemError) -> ChildProcess {
    // Before the program: nothing that can fail may come between its start and its being watched.
    let readiness = try Readiness.shared()
    let guardian = try Guardian.shared()

    let arguments = Strings([launch.name ?? launch.path] + launch.arguments)
    let environment = Strings(launch.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
    var program = csys_program()
    program.streams = (streams[0], streams[1], streams[2])
    program.group = Int32(launch.group == .session ? CSYS_GROUP_SESSION.rawValue : CSYS_GROUP_OWN.rawValue)
    program.death_signal = SIGKILL
    program.descriptors = DescriptorLimit.atStart
    program.apart = Sandbox.isEntered
    program.arguments = UnsafePointer(arguments.pointers)
    program.environment = UnsafePointer(environment.pointers)

    var started = csys_started()
    let result = Self.path(of: launch).withCString { path in
      program.path = path
      guard let folder = launch.folder else { return guardian.start(&program, &started) }
      return folder.withCString { folder in
        program.folder = folder
        return guardian.start(&program, &started)
      }
    }
    withExtendedLifetime((arguments, environment)) {}
    guard result == 0 else {
      if started.stage == Int32(CSYS_STAGE_FOLDER.rawValue) {
        throw SystemError(errno: started.error, operation: .enter, path: launch.folder ?? "")
      }
      // The file is there, so what is missing is what runs it.
      let isScript = started.error == ENOENT && access(launch.path, F_OK) == 0
      throw SystemError(errno: started.error, operation: isScript ? .interpret : .start, path: launch.path)
    }
    if !usesPidfds && started.pidfd >= 0 {
      _ = close(started.pidfd)
      started.pidfd = -1
    }
    let process = ChildProcess(
      pid: started.pid, leftovers: launch.leftovers, guardian: guardian, readiness: readiness)
    process.watch(pidfd: started.pidfd, name: launch.path)
    return process
  }

  /// The path as it is from the folder that the program starts in, which it enters before.
  private static func path(of launch: Launch) -> String {
    guard launch.folder != nil, !launch.path.hasPrefix("/"), let here = getcwd(nil, 0) else { return launch.path }
    defer { free(here) }
    return String(cString: here) + "/" + launch.path
  }
}

/// C strings with NULL at the end, as exec wants them.
private final class Strings {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ strings: [String]) {
    count = strings.count
    pointers = .allocate(capacity: count + 1)
    for (place, string) in strings.enumerated() { (pointers + place).initialize(to: strdup(string)) }
    (pointers + count).initialize(to: nil)
  }

  deinit {
    for place in 0..<count { free(pointers[place]) }
    pointers.deallocate()
  }
}
