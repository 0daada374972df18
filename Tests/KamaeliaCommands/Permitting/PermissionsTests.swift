import Kamaelia
import Testing

@testable import KGraph
@testable import KamaeliaCommands

@Suite struct PermissionsTests {
  private static func need(_ capability: Capability) -> GraphNeed {
    GraphNeed(capability: capability, component: "X", place: Place(Source(name: "x.kgraph", text: "x"), 0..<1))
  }

  static let listening = Capability.listen(.tcp, host: "localhost", port: 1500)

  static let cases: [(String, Capability, Bool)] = [
    ("listen tcp 127.0.0.1:1500", listening, true),
    ("listen tcp localhost:1500", listening, true),
    ("listen tcp [::1]:*", listening, true),
    ("listen tcp *:1500", listening, true),
    ("listen tcp 127.0.0.1:1501", listening, false),
    ("listen tcp 0.0.0.0:1500", listening, false),
    ("listen udp 127.0.0.1:1500", listening, false),
    ("connect tcp 127.0.0.1:1500", listening, false),
    ("connect tcp *.example.org:443", .connect(.tcp, host: "www.Example.org", port: 443), true),
    ("connect tcp *.example.org:443", .connect(.tcp, host: "example.com", port: 443), false),
    ("connect tcp example.org:443", .connect(.tcp, host: "*", port: nil), false),
    ("connect tcp *:*", .connect(.tcp, host: "*", port: nil), true),
    ("connect tcp *:443", .connect(.tcp, host: "a", port: nil), false),
    ("exec cat", .exec(program: "cat"), true),
    ("exec cat", .exec(program: "sort"), false),
    ("exec *", .exec(program: "sort"), true),
    ("exec *", .exec(program: "*"), true),
    ("exec cat", .exec(program: "*"), false),
    ("listen unix /run/x", .listenAt(path: "/run/x"), true),
    ("connect unix /run/x/*", .connectTo(path: "/run/x/y"), true),
    ("connect unix /run/x/*", .listenAt(path: "/run/x/y"), false),
    ("write /a/**", .read(path: "/a/b", .itself), false),
    ("read /a/**", .read(path: "/a/b", .itself), true),
  ]

  @Test(arguments: cases)
  func `What is granted is permitted, and nothing else`(words: String, capability: Capability, isPermitted: Bool) throws
  {
    let permissions = try #require(try Permissions(permits: [words], denials: []))
    let objections = permissions.objections(to: [Self.need(capability)])
    #expect(objections.isEmpty == isPermitted)
    if let objection = objections.first {
      #expect(objection.code.name == "K1001")
      #expect(objection.message == "`X` needs `\(capability)`, which is not permitted")
    }
  }

  @Test(arguments: cases.map(\.1) + Capability.all)
  func `The words that a refusal names permit what was refused`(capability: Capability) throws {
    let option = Permissions.option(for: capability)
    #expect(option == "--permit '\(capability)'")
    let permissions = try #require(try Permissions(permits: ["\(capability)"], denials: []))
    #expect(permissions.objections(to: [Self.need(capability)]) == [])
  }

  @Test func `A word with a quotation mark is quoted for a shell`() {
    #expect(Permissions.option(for: .exec(program: "it's")) == #"--permit 'exec it'\''s'"#)
  }

  @Test(arguments: [
    (["read /a/**"], ["read /a/keys"], Capability.read(path: "/a/keys/b", .itself)),
    (["read /a/**"], ["read /a/keys"], .read(path: "/a", .everything)),
    (["exec *"], ["exec sh"], .exec(program: "sh")),
    (["exec *"], ["exec sh"], .exec(program: "*")),
    (["listen tcp *:*"], ["listen tcp *:22"], .listen(.tcp, host: "localhost", port: 22)),
    (["connect tcp *:*"], ["connect tcp bad.example:*"], .connect(.tcp, host: "*", port: nil)),
  ])
  func `What is denied is not permitted, whatever is granted`(
    permits: [String], denials: [String], capability: Capability
  ) throws {
    for all in [permits, permits + permits] {
      let permissions = try #require(try Permissions(permits: all, denials: denials))
      let objections = permissions.objections(to: [Self.need(capability)])
      #expect(objections.map(\.code.name) == ["K1002"])
      #expect(objections.first?.message.contains("`--deny '\(denials[0])'` denies") == true)
    }
  }

  @Test func `Without a permit everything is permitted, and with none nothing`() throws {
    #expect(try Permissions(permits: [], denials: []) == nil)
    let permissions = try #require(try Permissions(permits: ["none"], denials: []))
    #expect(permissions.objections(to: Capability.all.map(Self.need)).count == Capability.all.count)
  }

  @Test(arguments: [
    "read", "reed x", "read ", "listen tcp 80", "listen sctp a:1", "connect tcp a:b", "connect tcp :80", "exec",
    "listen tcp a:70000",
  ])
  func `Words that say nothing clear are refused`(words: String) {
    #expect(throws: CommandError.self) { try Permissions(permits: [words], denials: []) }
  }

  @Test func `None stands alone, and a denial needs something to take from`() {
    #expect(throws: CommandError.self) { try Permissions(permits: ["none", "exec cat"], denials: []) }
    #expect(throws: CommandError.self) { try Permissions(permits: [], denials: ["exec cat"]) }
  }
}
