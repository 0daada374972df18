import KamaeliaIO
import Testing

/// The program while it runs, as who typed its command sees it.
final class Run: Sendable {
  let child: Child
  private let errors: Task<String, any Error>
  private let lines: LineBuffer

  /// Starts `kamaelia` in the root of the repository.
  ///
  /// - Parameters:
  ///   - input: what it reads; left open if nil, until ``close()``.
  ///   - output: where its standard output leads, if that is not read here.
  ///   - program: what is run, with the first of its arguments.
  init(
    _ arguments: [String], input: String? = "", output: Launch.Stream = .pipe, in folder: String = Place.root,
    environment: [String: String] = [:], program: [String] = [Place.kamaelia]
  ) async throws {
    var launch = Launch(program[0], program.dropFirst() + arguments)
    launch.folder = folder
    launch.input = .pipe
    launch.output = output
    launch.error = .pipe
    // What a terminal or a service says of itself is none of the tests' business.
    launch.environment = ["PATH": Environment.current["PATH"] ?? "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no"]
      .merging(environment) { $1 }
    child = try await Child.start(launch)
    lines = LineBuffer(child.output)
    let error = try #require(child.error)
    errors = Task { String(decoding: try await error.readToEnd(limit: 1 << 24), as: UTF8.self) }
    if let input { try await type(input, isLast: true) }
  }

  func type(_ text: String, isLast: Bool = false) async throws {
    do { try await child.input?.write(Array(text.utf8)) } catch let error as SystemError {
      // Whoever ends early reads nothing more.
      if error.errno != 32 { throw error }
    }
    if isLast { child.input?.close() }
  }

  /// The next line of its output; nil at the end.
  func line() async throws -> String? { try await lines.next() }

  /// All that comes until it ends.
  func finish() async throws -> Finished {
    let output = try await lines.rest()
    let status = try await child.exitStatus()
    return Finished(output: output, errors: try await errors.value, status: status)
  }
}

/// What came of a run.
struct Finished {
  let output: String
  let errors: String
  let status: Exit
}

/// Runs `kamaelia` to its end.
func kamaelia(
  _ arguments: String..., input: String = "", output: Launch.Stream = .pipe, in folder: String = Place.root,
  environment: [String: String] = [:]
) async throws -> Finished {
  try await Run(arguments, input: input, output: output, in: folder, environment: environment).finish()
}

/// Runs `kamaelia` to its end, with arguments that are put together.
func kamaelia(arguments: [String], environment: [String: String] = [:]) async throws -> Finished {
  try await Run(arguments, environment: environment).finish()
}

/// Cuts what a program writes into lines.
private actor LineBuffer {
  private let source: Descriptor?
  private var bytes: [UInt8] = []
  private var isAtEnd = false

  init(_ source: Descriptor?) { self.source = source }

  func next() async throws -> String? {
    while true {
      if let end = bytes.firstIndex(of: 10) {
        defer { bytes.removeSubrange(...end) }
        return String(decoding: bytes[..<end], as: UTF8.self)
      }
      guard try await fill() else {
        defer { bytes = [] }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
      }
    }
  }

  func rest() async throws -> String {
    while try await fill() {}
    defer { bytes = [] }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func fill() async throws -> Bool {
    guard !isAtEnd, let source else { return false }
    let more = try await source.read(upTo: 65_536)
    if more.isEmpty { isAtEnd = true }
    bytes += more
    return !isAtEnd
  }
}
