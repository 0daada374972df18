import CSystem
import Glibc

/// What a process keeps of what it may do, when it gives up all the rest for good.
///
/// Files and ports of TCP are ruled by Landlock, calls of the system by seccomp; addresses are ruled by neither, nor are
/// the ports of UDP. Children inherit it. What is open already stays open.
package struct Sandbox: Sendable {
  /// What may be done to a place and to all below it: the kernel's numbers (landlock(7)).
  package struct Rights: OptionSet, Sendable, Hashable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    package static let execute = Rights(rawValue: 1 << 0)
    package static let writeFiles = Rights(rawValue: 1 << 1 | 1 << 14)
    package static let readFiles = Rights(rawValue: 1 << 2)
    /// To read the names in folders.
    package static let listFolders = Rights(rawValue: 1 << 3)
    package static let removeFolders = Rights(rawValue: 1 << 4)
    package static let removeFiles = Rights(rawValue: 1 << 5)
    package static let makeFolders = Rights(rawValue: 1 << 7)
    package static let makeFiles = Rights(rawValue: 1 << 8)
    package static let makeSockets = Rights(rawValue: 1 << 9)
    package static let makePipes = Rights(rawValue: 1 << 10)
    package static let makeLinks = Rights(rawValue: 1 << 12)
    /// To bring files from one folder to another.
    package static let moveFiles = Rights(rawValue: 1 << 13)
    package static let controlDevices = Rights(rawValue: 1 << 15)
  }

  /// By path without links; what is not there is passed over.
  package var places: [(path: String, rights: Rights)] = []
  /// The ports of TCP to listen at, 0 for any that is free; nil for all.
  package var listens: Set<UInt16>? = []
  /// The ports of TCP to connect to; nil for all.
  package var connects: Set<UInt16>? = []
  package var usesTCP = false
  package var usesUDP = false
  package var usesUnixSockets = false
  /// Whether connections are taken, over TCP or at sockets in the file system.
  package var takesConnections = false
  package var startsPrograms = false
  /// Whether owners, modes and times of files may be changed, as far as the user may.
  package var changesAttributes = false

  package init() {}

  /// Whether this kernel rules both files and ports of TCP.
  package static var rulesAll: Bool { csys_landlock_version() >= 4 }

  private static let entered = Lock(false)

  /// Whether this process has entered one; programs that it starts are kept apart from it then, and from each other.
  static var isEntered: Bool { entered.withLock { $0 } }

  /// Whether this process has one thread only, as ``enter()`` needs.
  package static var isPossible: Bool {
    guard let folder = opendir("/proc/self/task") else { return false }
    defer { closedir(folder) }
    var count = 0
    while let entry = readdir(folder) {
      if entry.pointee.d_name.0 != CChar(bitPattern: UInt8(ascii: ".")) { count += 1 }
    }
    return count == 1
  }

  /// Gives up everything else, for this process and for all that it starts.
  ///
  /// To be called while the process has one thread: what Landlock rules is a thread's, and is inherited by the threads that it
  /// starts from then on.
  ///
  /// - Returns: what the kernel cannot hold it to, in words; empty where it can do all.
  /// - Throws: ``SystemError`` where a kernel that can refuses to.
  package func enter() throws(SystemError) -> [String] {
    precondition(Self.isPossible, "the other threads would keep what they may do")
    let version = csys_landlock_version()
    var lacks: [String] = []
    if version > 0 { try rule(version) } else { lacks.append("files") }
    if version < 4, listens != nil || connects != nil { lacks.append("ports") }
    Self.entered.withLock { $0 = true }
    try system(.limit, "other processes") { csys_hide() }
    // Last, since the calls above are among those that are looked at.
    var refused = csys_refused(
      programs: !startsPrograms, tcp: !usesTCP, udp: !usesUDP, unix_sockets: !usesUnixSockets,
      listening: !takesConnections, attributes: !changesAttributes)
    if csys_refuse_calls(&refused) != 0 {
      guard errno == ENOSYS || errno == EINVAL else { throw .latest(.limit, "calls of the system") }
      lacks.append("calls")
    }
    return lacks
  }

  /// Dispatch looks at the process's threads there now and then, and traps where it cannot. What is another process's own is kept
  /// from one that is held by the rules for tracing.
  private static let always = [(path: "/proc", rights: Rights.readFiles)]

  private func rule(_ version: Int32) throws(SystemError) {
    let rules = try system(.limit, "files") { csys_landlock_begin(version, listens != nil, connects != nil) }
    defer { _ = close(rules) }
    for (path, rights) in places + Self.always {
      let place = open(path, csys_place_only | O_NOFOLLOW | O_CLOEXEC)
      guard place >= 0 else { continue }
      defer { _ = close(place) }
      try system(.limit, path) { csys_landlock_allow_files(rules, version, place, rights.rawValue) }
    }
    for stream in Descriptor.Standard.allCases { try keep(stream, rules, version) }
    if version >= 4 {
      for port in listens ?? [] { try system(.limit, "ports") { csys_landlock_allow_port(rules, true, port) } }
      for port in connects ?? [] { try system(.limit, "ports") { csys_landlock_allow_port(rules, false, port) } }
    }
    try system(.limit, "files") { csys_landlock_enter(rules) }
  }

  /// A standard stream may be opened anew, in the direction that it has.
  private func keep(_ stream: Descriptor.Standard, _ rules: Int32, _ version: Int32) throws(SystemError) {
    var facts = stat()
    guard fstat(stream.rawValue, &facts) == 0, facts.st_mode & S_IFMT != S_IFDIR else { return }
    let access = fcntl(stream.rawValue, F_GETFL) & O_ACCMODE
    var rights: Rights = isatty(stream.rawValue) == 1 ? [.controlDevices] : []
    if access != O_WRONLY { rights.insert(.readFiles) }
    if access != O_RDONLY { rights.insert(.writeFiles) }
    _ = try system(.limit, stream.name) {
      csys_landlock_allow_files(rules, version, stream.rawValue, rights.rawValue)
    }
  }
}
