import Glibc
import KamaeliaIO

/// The programs that run another one: those in the first line of a script.
enum Interpreter {
  /// Linux reads no more of the line: execve(2).
  private static let most = 256

  /// - Returns: paths; none for what is no script.
  static func programs(of path: String) -> [String] {
    let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard number >= 0 else { return [] }
    defer { close(number) }
    var bytes = [UInt8](repeating: 0, count: most)
    let count = read(number, &bytes, most)
    let line = bytes.prefix(max(0, count)).prefix { $0 != 10 }
    guard line.starts(with: Array("#!".utf8)) else { return [] }
    let words = String(decoding: line.dropFirst(2), as: UTF8.self).split { $0 == " " || $0 == "\t" }.map(String.init)
    guard let first = words.first else { return [] }
    // `env` looks for the program that it is told of.
    let named = first.hasSuffix("/env") ? words.dropFirst().first { !$0.hasPrefix("-") } : nil
    return [first] + (named.flatMap { Program.find($0) }.map { [$0] } ?? [])
  }
}
