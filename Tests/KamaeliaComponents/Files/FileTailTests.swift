import Foundation
import Glibc
import Kamaelia
import KamaeliaIO
import KamaeliaRuntime
import Testing

@testable import KamaeliaComponents

@Suite(.timeLimit(.minutes(1))) struct FileTailTests {
  private let scratch: Scratch
  init() throws { scratch = try Scratch() }

  private func follow(_ extra: [String: Value] = [:], _ steps: [Witness.Step]) async throws -> [String] {
    let arguments = extra.merging(["path": .text(scratch["log"]), "from": .name("start")]) { old, _ in old }
    let (texts, ending) = try await witness(FileTail.self, arguments, "lines", steps: steps)
    guard case .finished = ending else { throw Unexpected(ending: "\(ending)") }
    return texts
  }

  @Test func `what is appended comes, line by line`() async throws {
    try scratch.write("log", "one\ntw")
    let texts = try await follow([:], [{ _ in try scratch.append("log", "o\nthree\n") }, look, look])
    #expect(texts == ["one", "two", "three"])
  }

  @Test func `a file that is cut off is read from its beginning`() async throws {
    try scratch.write("log", "one long line\n")
    let texts = try await follow([:], [{ _ in try scratch.write("log", "two\n") }, look])
    #expect(texts == ["one long line", "two"])
  }

  @Test func `a rotated log is followed by its name, and nothing of the old one is missed`() async throws {
    try scratch.write("log", "one\n")
    let texts = try await follow(
      [:],
      [
        { _ in
          try scratch.rename("log", to: "log.1")
          try scratch.append("log.1", "two\nno end")
          try scratch.write("log", "three\n")
        }, look, look, { _ in try scratch.append("log", "four\n") }, look,
      ])
    #expect(texts == ["one", "two", "no end", "three", "four"])
  }

  @Test func `a log that was moved away is followed until there is a new one`() async throws {
    try scratch.write("log", "one\n")
    let texts = try await follow(
      [:],
      [
        { _ in
          try scratch.rename("log", to: "log.1")
          try scratch.append("log.1", "two\n")
        }, { _ in try scratch.write("log", "three\n") }, look,
      ])
    #expect(texts == ["one", "two", "three"])
  }

  @Test func `a file that was deleted may come back`() async throws {
    try scratch.write("log", "one\n")
    let texts = try await follow(
      [:],
      [
        { _ in
          try scratch.delete("log")
          try scratch.write("log", "two\n")
        }, look,
      ])
    #expect(texts == ["one", "two"])
  }

  @Test func `a log behind a link is followed`() async throws {
    try scratch.makeFolder("real")
    try scratch.write("real/file", "one\n")
    try FileManager.default.createSymbolicLink(atPath: scratch["log"], withDestinationPath: "real/file")
    let texts = try await follow([:], [{ _ in try scratch.append("real/file", "two\n") }, look])
    #expect(texts == ["one", "two"])
  }

  @Test func `a log that is rotated behind a link in another folder is followed, again and again`() async throws {
    try scratch.makeFolder("containers")
    try scratch.makeFolder("pods")
    try scratch.write("pods/0.log", "one\n")
    try scratch.link("containers/log", to: "../pods/0.log")
    let texts = try await follow(
      ["path": .text(scratch["containers/log"])],
      [
        { _ in
          try scratch.rename("pods/0.log", to: "pods/0.log.1")
          try scratch.append("pods/0.log.1", "two\n")
        },
        { _ in
          try scratch.append("pods/0.log.1", "three\n")
          try scratch.write("pods/0.log", "four\n")
        }, look,
        { _ in
          try scratch.rename("pods/0.log", to: "pods/0.log.2")
          try scratch.write("pods/0.log", "five\n")
        }, look,
      ])
    #expect(texts == ["one", "two", "three", "four", "five"])
  }

  @Test(arguments: [true, false])
  func `a folder on the way that is switched to another one is followed`(_ isAtOnce: Bool) async throws {
    for number in 1...3 {
      try scratch.makeFolder("release\(number)")
      try scratch.write("release\(number)/log", "\(number)\n")
    }
    try scratch.link("current", to: "release1")
    let texts = try await follow(
      ["path": .text(scratch["current/log"])],
      [
        { _ in
          try scratch.append("release1/log", "last of 1\n")
          try scratch.link("current", to: "release2", isAtOnce: isAtOnce)
        }, look, { _ in try scratch.append("release2/log", "last of 2\n") },
        { _ in try scratch.link("current", to: "release3", isAtOnce: isAtOnce) },
        { _ in try scratch.append("release3/log", "last of 3\n") }, look,
      ])
    #expect(texts == ["1", "last of 1", "2", "last of 2", "3", "last of 3"])
  }

  @Test func `a folder that is replaced is followed`() async throws {
    try scratch.makeFolder("logs")
    try scratch.write("logs/log", "one\n")
    let texts = try await follow(
      ["path": .text(scratch["logs/log"])],
      [
        { _ in
          try scratch.delete("logs")
          try scratch.makeFolder("logs")
          try scratch.write("logs/log", "two\n")
        }, look,
      ])
    #expect(texts == ["one", "two"])
  }

  @Test func `what a writer leaves as zeros in a file that was cut off is passed over`() async throws {
    let first = String(repeating: "x", count: 200_000)
    try scratch.write("log", first + "\n")
    let bytes = try await follow(
      [:],
      [
        { _ in
          // A writer that is not in append mode goes on where it was.
          let file = open(scratch["log"], O_WRONLY)
          defer { close(file) }
          try #require(ftruncate(file, 0) == 0 && lseek(file, 200_001, SEEK_SET) == 200_001)
          try #require(write(file, "two\n", 4) == 4)
          try scratch.append("log", "three\n")
        }, look, look,
      ])
    // The cut is seen only where the file is looked at in between; without it, there are no zeros to be read.
    #expect(bytes == [first, "two", "three"])
  }

  @Test func `a file behind a cut has its zeros passed over, and no others`() async throws {
    try scratch.write("log", "a long line\n")
    let tail = try #require(Tail(scratch["log"]))
    #expect(try await tail.pieces() == ["a long line\n"])
    try scratch.write("log", "")
    #expect(try await tail.pieces() == ["<cut>"])
    let hole = String(repeating: "\0", count: 70_000)
    try scratch.append("log", hole)
    #expect(try await tail.pieces() == [])
    try scratch.append("log", "\0\0b\0c\n")
    #expect(try await tail.pieces() == ["b\0c\n"])
    try scratch.append("log", "\0d\n")
    #expect(try await tail.pieces() == ["\0d\n"])
  }

  @Test func `a line that is too long does not end it, and is said once`() async throws {
    try scratch.write("log", "abcdef\nok\n")
    let texts = try await follow(["longest": .size(3)], [{ _ in try scratch.append("log", "ghijkl\nend\n") }, look])
    #expect(texts == ["ok", "end"])
  }

  @Test func `a byte order mark is left out at the beginning of each file`() async throws {
    try scratch.write("log", "\u{FEFF}one\n")
    let texts = try await follow(
      [:],
      [
        { _ in
          try scratch.rename("log", to: "log.1")
          try scratch.write("log", "\u{FEFF}two\n")
        }, { _ in try scratch.write("log", "\u{FEFF}3\n") }, look,
      ])
    #expect(texts == ["one", "two", "3"])
  }

  @Test func `a file that is not there yet is waited for`() async throws {
    let writer = Task { try scratch.write("log", "late\n") }
    #expect(try await follow([:], [look]) == ["late"])
    try await writer.value
  }

  @Test func `a folder that is missing is a failure`() async throws {
    let (_, ending) = try await witness(FileTail.self, ["path": .text(scratch["no/log"])], steps: [look])
    #expect("\(ending)".contains("No such file or directory"))
  }

  @Test func `a folder that goes may come back`() async throws {
    try scratch.makeFolder("in")
    try scratch.write("in/log", "one\n")
    let texts = try await follow(
      ["path": .text(scratch["in/log"])],
      [
        { _ in
          try scratch.append("in/log", "two\n")
          try scratch.delete("in/log")
          try scratch.delete("in")
        },
        { _ in
          try scratch.makeFolder("in")
          try scratch.write("in/log", "three\n")
        }, look,
      ])
    #expect(texts == ["one", "two", "three"])
  }

  private struct Unexpected: Error { let ending: String }
}

/// A file that is followed step by step.
private final class Tail {
  private var file: FollowedFile

  init?(_ path: String) {
    guard let file = try? Descriptor(owning: open(path, O_RDONLY | O_CLOEXEC), name: path) else { return nil }
    self.file = FollowedFile(descriptor: file)
  }

  deinit { file.descriptor.close() }

  /// What there is up to now.
  func pieces() async throws -> [String] {
    var pieces: [String] = []
    while let piece = try await file.next() {
      switch piece {
      case .cut: pieces.append("<cut>")
      case .bytes(let bytes): pieces.append(bytes.text)
      }
    }
    return pieces
  }
}
