import Kamaelia
import Testing

@testable import KGraph

/// What types say of the fields of messages.
@Suite struct FieldCheckTests {
  private static let file = MessageType.record([
    "name": .text, "size": .optional(.record(["bytes": .int])), "parts": .list(.text), "more": .json, "a.b": .int,
  ])

  @Test(arguments: ["name", "size", "size.bytes", "parts.0", "more.of.anything", "a.b"])
  func `a field that is there, or may be, is not missed`(_ path: String) {
    #expect(Self.file.lack(of: path) == nil)
  }

  @Test(arguments: [
    ("nam", "nam", ["name", "size", "parts", "more", "a.b"]), ("name.first", "first", []),
    ("size.bites", "bites", ["bytes"]), ("parts.first", "first", []),
    ("a.c", "a", ["name", "size", "parts", "more", "a.b"]),
  ])
  func `a field that cannot be there is missed`(_ path: String, _ name: String, _ candidates: [String]) {
    #expect(Self.file.lack(of: path) == MessageType.Lack(name: name, candidates: candidates))
  }

  @Test func `messages that may be anything may have any field`() {
    for type in [MessageType.any, .json, .named("Picture", [])] { #expect(type.lack(of: "size") == nil) }
    for type in [MessageType.text, .int, .bytes, .optional(.bool)] { #expect(type.lack(of: "size") != nil) }
  }
}
