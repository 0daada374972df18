// A program for tests to start: it does one thing with KamaeliaIO where a test cannot do it in its own process.
import Dispatch
import Glibc
import KamaeliaIO

switch CommandLine.arguments.dropFirst().first {
case "copy": try await copy()
case "hold": try await hold()
case "exhaust": try await exhaust()
case "signals": try await signals()
case "sandbox": try await tryToLeave()
case "terminal": becomeProgramOfTerminal()
default: exit(64)
}

/// Copies standard input to standard output.
func copy() async throws {
  let input = try Descriptor.standard(.input)
  let output = try Descriptor.standard(.output)
  while true {
    let bytes = try await input.read(upTo: 10_000)
    if bytes.isEmpty { return }
    try await output.write(bytes)
  }
}

/// Starts a program that starts another, says both numbers, and waits for ever.
func hold() async throws {
  var launch = Launch("/bin/sh", ["-c", "sleep 1000 & echo $$ $!; exec sleep 1000"])
  launch.output = .pipe
  let child = try await Child.start(launch)
  let line = try await child.output?.read(upTo: 100) ?? []
  try await Descriptor.standard(.output).write(line)
  _ = try await child.exitStatus()
}

/// Starts programs until descriptors run out, says how that went, and starts one more with room again.
func exhaust() async throws {
  let output = try Descriptor.standard(.output)
  _ = try await Child.start(Launch("/bin/true")).exitStatus()
  let before = DescriptorLimit.current
  try DescriptorLimit.set(20)
  var children: [Child] = []
  do {
    while true {
      var launch = Launch("/bin/cat")
      launch.input = .pipe
      launch.output = .pipe
      children.append(try await Child.start(launch))
    }
  } catch {
    try await output.write(Array("\(children.isEmpty ? "none" : "some"): \(error)\n".utf8))
  }
  try DescriptorLimit.set(before)
  for child in children { _ = await child.terminate() }
  let status = try await Child.start(Launch("/bin/true")).exitStatus()
  try await output.write(Array("\(status)\n".utf8))
}

/// Says `ready`, then the name of each signal that comes, and ends after SIGTERM.
func signals() async throws {
  let output = try Descriptor.standard(.output)
  let stream = try Signals.stream(of: [SIGINT, SIGTERM, SIGHUP, SIGWINCH])
  try await output.write(Array("ready\n".utf8))
  for await number in stream {
    try await output.write(Array("\(Signals.name(of: number))\n".utf8))
    if number == SIGTERM { return }
  }
}

/// Gives up all but one file and one port, and says what then can be read, connected to and started by threads that were
/// started since: a pair of files and a pair of ports, the first of each permitted.
func tryToLeave() async throws {
  let words = Array(CommandLine.arguments.dropFirst(2))
  let ports = words.dropFirst(2).compactMap { UInt16($0) }
  var sandbox = Sandbox()
  sandbox.places = [(words[0], [.readFiles]), ("/dev/null", [.readFiles, .writeFiles])]
  sandbox.usesTCP = true
  sandbox.connects = [ports[0]]
  let lacks = try sandbox.enter()
  let output = try Descriptor.standard(.output)
  func say(_ what: String, _ attempt: () async throws -> Void) async throws {
    var result = "done"
    do { try await attempt() } catch { result = "\(error)" }
    try await output.write(Array("\(what): \(result)\n".utf8))
  }
  for lack in lacks { try await say("lacks \(lack)") {} }
  for path in words.prefix(2) { try await say("read") { try await File.open(path, for: .reading).close() } }
  for path in words.prefix(2) {
    let number: Int32 = await onDispatchWorker {
      let number = open(path, O_RDONLY)
      return number >= 0 ? 0 : errno
    }
    try await say("read on a worker") { if number != 0 { throw Refusal(number) } }
  }
  for port in ports {
    try await say("connect") {
      guard let address = SocketAddress(digits: "127.0.0.1", port: port) else { exit(64) }
      try await Connection.open(to: address).close()
    }
  }
  try await say("send") {
    guard let address = SocketAddress(digits: "127.0.0.1", port: 0) else { exit(64) }
    try DatagramSocket(on: address).close()
  }
  try await say("listen") {
    guard let address = SocketAddress(digits: "127.0.0.1", port: 0) else { exit(64) }
    try Listener(on: address).close()
  }
  try await say("start") { _ = try await Child.start(Launch("/bin/true")).exitStatus() }
}

struct Refusal: Error, CustomStringConvertible {
  let description: String
  init(_ number: Int32) { description = String(cString: strerror(number)) }
}

func onDispatchWorker<R: Sendable>(_ body: @escaping @Sendable () -> R) async -> R {
  await withCheckedContinuation { continuation in
    DispatchQueue.global().async { continuation.resume(returning: body()) }
  }
}

/// Makes the terminal on standard input the one that this session has, whose keys are signals to it, and becomes the
/// program that the other arguments name.
func becomeProgramOfTerminal() -> Never {
  let words = CommandLine.arguments.dropFirst(2)
  guard let path = words.first, ioctl(0, UInt(TIOCSCTTY), 0) == 0 else { exit(64) }
  execv(path, words.map { strdup($0) } + [nil])
  exit(127)
}
