import KGraph
import Kamaelia
import KamaeliaIO

extension Sandbox {
  /// What is left to a process with these permissions, and what the program itself needs.
  ///
  /// The kernel's grain is coarser where its rules are: a file can only be made or replaced by who may write in its folder; of a
  /// pattern with `*` in a name, the files count that there are now; and what is denied within something granted is left out
  /// by granting what is beside it now.
  ///
  /// - Parameter needs: of a graph that is permitted.
  init(_ permissions: Permissions, for needs: [GraphNeed]) {
    self.init()
    let reads = permissions.denials.compactMap { if case .read(let pattern) = $0.subject { pattern } else { nil } }
    let writes = permissions.denials.compactMap { if case .write(let pattern) = $0.subject { pattern } else { nil } }
    // By what the names lead to, since the kernel does not know the names.
    let programs = permissions.denials.compactMap { denial in
      if case .exec(let pattern) = denial.subject { pattern.followingLinks } else { nil }
    }
    var needsNames = false
    for grant in permissions.grants {
      switch grant.subject {
      case .read(let pattern): read(pattern, without: reads.map(\.withEverythingBelow))
      case .write(let pattern): write(pattern, without: writes.map(\.withEverythingBelow))
      case .exec(let pattern): run(pattern, without: programs)
      case .listen(let transport, let host, let port):
        take(transport, port, \.listens)
        takesConnections = takesConnections || transport == .tcp
        needsNames = needsNames || !Self.isPlain(host)
      case .connect(let transport, let host, let port):
        take(transport, port, \.connects)
        needsNames = needsNames || !Self.isPlain(host)
      case .listenAt(let pattern):
        usesUnixSockets = true
        takesConnections = true
        changesAttributes = true
        for path in ExistingPlaces.matching(pattern.folder) { allow(path, [.makeSockets, .removeFiles]) }
      case .connectTo: usesUnixSockets = true
      case .environment: break
      }
    }
    for need in needs {
      if case .exec(let name) = need.capability, name != "*" { run(Grant.program(name), without: programs) }
    }
    // Names are asked for over UDP.
    usesUDP = usesUDP || needsNames
    for path in Self.always { allow(RealPath.of(path), [.readFiles, .listFolders]) }
    allow("/dev/null", [.readFiles, .writeFiles])
    if usesTCP || usesUDP { for path in Self.forNames { allow(RealPath.of(path), [.readFiles, .listFolders]) } }
    if startsPrograms { for path in Self.forPrograms { allow(RealPath.of(path), [.readFiles, .listFolders]) } }
  }

  private mutating func allow(_ path: String, _ rights: Rights) { places.append((path, rights)) }

  private mutating func read(_ pattern: PathPattern, without denials: [PathPattern]) {
    for place in pattern.isWholeFolder ? [pattern.base] : ExistingPlaces.matching(pattern) {
      // A folder by itself is its names.
      let isNames = !pattern.isDeep && !pattern.isWholeFolder && ExistingPlaces.isFolder(place)
      for path in ExistingPlaces.under(place, without: denials) {
        allow(path, isNames ? [.listFolders] : [.readFiles, .listFolders])
      }
    }
  }

  private mutating func write(_ pattern: PathPattern, without denials: [PathPattern]) {
    changesAttributes = true
    if pattern.isDeep {
      let rights: Rights = [
        .writeFiles, .makeFiles, .removeFiles, .makeFolders, .removeFolders, .makeLinks, .makePipes, .moveFiles,
        .listFolders,
      ]
      for place in ExistingPlaces.matching(pattern) {
        for path in ExistingPlaces.under(place, without: denials) { allow(path, rights) }
      }
      return
    }
    let places = pattern.isWholeFolder ? [] : ExistingPlaces.matching(pattern)
    for place in places where !ExistingPlaces.isFolder(place) {
      for path in ExistingPlaces.under(place, without: denials) { allow(path, [.writeFiles, .controlDevices]) }
    }
    // What is there and no file, such as a device or a pipe, is neither made nor replaced.
    let makesNone = pattern.rest.isEmpty && places.contains { ExistingPlaces.exists($0) && !ExistingPlaces.isFile($0) }
    guard !makesNone else { return }
    for folder in ExistingPlaces.matching(pattern.folder) {
      for path in ExistingPlaces.under(folder, without: denials) {
        allow(path, [.writeFiles, .makeFiles, .removeFiles, .listFolders])
      }
    }
  }

  private mutating func run(_ pattern: PathPattern, without denials: [PathPattern]) {
    startsPrograms = true
    // The kernel lets nobody run what they may not read, so that any program is any in the usual folders.
    let places = pattern.steps == [.any] ? Self.programFolders : ExistingPlaces.matching(pattern).map(RealPath.of)
    for place in places {
      for path in ExistingPlaces.under(place, without: denials) {
        allow(path, [.execute, .readFiles])
        for interpreter in Interpreter.programs(of: path).map(RealPath.of) {
          for program in ExistingPlaces.under(interpreter, without: denials) { allow(program, [.execute, .readFiles]) }
        }
      }
    }
    // The loader of programs is itself run by the kernel.
    for loader in ["/lib/ld-*", "/lib64/ld-*", "/lib/*/ld-*"] {
      for path in ExistingPlaces.matching(PathPattern(loader)) { allow(RealPath.of(path), [.execute, .readFiles]) }
    }
  }

  private mutating func take(
    _ transport: Capability.Transport, _ port: UInt16?, _ ports: WritableKeyPath<Sandbox, Set<UInt16>?>
  ) {
    switch transport {
    case .udp: usesUDP = true
    case .tcp:
      usesTCP = true
      if let port { self[keyPath: ports]?.insert(port) } else { self[keyPath: ports] = nil }
    }
  }

  private static var programFolders: [String] {
    let path = Environment.current["PATH"] ?? ""
    return (path.split(separator: ":").map(String.init) + ["/usr/bin", "/bin", "/usr/lib", "/usr/libexec"])
      .map(RealPath.of)
  }

  /// Whether a host is known without asking anybody.
  private static func isPlain(_ host: String) -> Bool { SocketAddress(digits: host, port: 0) != nil }

  private static let libraries = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"]

  /// What the C library and Foundation may still load or look up at any time.
  private static let always =
    libraries + [
      "/usr/share/zoneinfo", "/usr/share/locale", "/etc/localtime", "/etc/timezone", "/dev/urandom", "/dev/random",
      "/dev/zero", "/proc",
    ]

  private static let forNames =
    ["resolv.conf", "hosts", "nsswitch.conf", "host.conf", "gai.conf", "services", "protocols"].map { "/etc/" + $0 }
    // Certificates, and no keys.
    + [
      "/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/etc/pki/tls/certs", "/etc/pki/ca-trust", "/usr/lib/ssl",
      "/run/systemd/resolve", "/usr/share/ca-certificates", "/usr/local/share/ca-certificates",
    ]

  /// Besides libraries: what programs look at, and where the members of a group are found.
  private static let forPrograms = ["/usr/share", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives"]
}
