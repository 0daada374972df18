import Foundation
import Testing

@Suite struct ArchitectureTests {
  static let sources = Repository.swiftFiles(under: "Sources")
  static let components = Repository.swiftFiles(under: "Sources/KamaeliaComponents")

  /// What comes with the toolchain and may be imported where it is needed.
  static let toolchain: Set<String> = ["Dispatch", "Foundation", "FoundationNetworking", "Glibc", "Synchronization"]

  /// The table of targets in `Sources/ARCHITECTURE.md`: what each may import.
  static func table() throws -> [String: Set<String>] {
    var rules: [String: Set<String>] = [:]
    let section = try #require(
      try Repository.read("Sources/ARCHITECTURE.md").components(separatedBy: "## Targets").last?
        .components(separatedBy: "\n## ").first)
    for line in section.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      rules[cells[0].filter { $0 != "`" }] = Set(
        (cells.count > 2 ? cells[2] : "").split(separator: " ").map { $0.filter { $0 != "`" } })
    }
    return rules
  }

  @Test func `The architecture's table has every target, and a target imports what it may`() throws {
    let rules = try Self.table()
    #expect(
      Set(rules.keys)
        == Set(try FileManager.default.contentsOfDirectory(atPath: Repository.root.path + "/Sources"))
        .subtracting(["ARCHITECTURE.md"]))
    for path in Self.sources {
      let allowed = rules[Repository.target(of: path), default: []].union(Self.toolchain)
      let imports = Set(SwiftCode.imports(Repository.code[path, default: ""]))
      #expect(imports.subtracting(allowed) == [], "\(path) imports what its target may not")
    }
  }

  @Test func `The targets do not import each other in a circle`() throws {
    let rules = try Self.table()
    var left = Set(rules.keys)
    while let free = left.first(where: { rules[$0, default: []].isDisjoint(with: left) }) { left.remove(free) }
    #expect(left == [])
  }

  @Test func `No file has over 500 lines, and nine in ten have under 300`() throws {
    var counts: [Int] = []
    for path in Self.sources + Repository.swiftFiles(under: "Tests") {
      let count = try Repository.read(path).split(separator: "\n", omittingEmptySubsequences: false).count
      #expect(count <= 500, "\(path) has \(count) lines")
      counts.append(count)
    }
    #expect(counts.count { $0 < 300 } * 10 >= counts.count * 9)
  }

  @Test func `The top level has its six entries and files that begin with a dot`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Repository.root.path).filter { !$0.hasPrefix(".") }
    let allowed: Set = ["Package.swift", "Package.resolved", "Sources", "Tests", "graphs", "grammar", "README.md"]
    #expect(Set(names).subtracting(allowed) == [])
    #expect(!(try Repository.read("Package.swift")).contains(".package("))
  }

  @Test(arguments: ["README.md", "Sources/ARCHITECTURE.md"])
  func `The paths that a page names exist`(page: String) throws {
    let text = try Repository.read(page)
    let names = text.matches(of: /`((?:Sources|Tests|graphs|grammar)\/[^` <>]*|README\.md|Package\.swift)`/).map {
      String($0.output.1)
    }
    let links = text.matches(of: /\]\(([^)# ]+)\)/).map { String($0.output.1) }.filter { !$0.contains("://") }
    #expect(names.count + links.count > 3)
    for name in names + links.map({ Self.path($0, from: page) }) {
      #expect(Repository.exists(name), "\(page) names \(name)")
    }
  }

  private static func path(_ link: String, from page: String) -> String {
    let folder = page.split(separator: "/").dropLast().joined(separator: "/")
    return folder.isEmpty ? link : "\(folder)/\(link)"
  }

  @Test(arguments: [
    (#"\bFileHandle\b"#, "traps on a full disk"),
    (#"(^|[^\w.])(Foundation\.)?Process\(\)"#, "Foundation's traps when descriptors run out"),
    (#"(^|[^\w.])(Foundation\.)?Pipe\(\)"#, "Foundation's traps when descriptors run out"),
    (#"\.global\("#, "blocks starve everyone else there"),
    (#"\b(DispatchWallTime|wallDeadline|pthread_cond_timedwait|sem_timedwait)\b"#, "waits by a clock that jumps"),
    (#"\btry\?"#, "swallows errors"),
    (#"\btry!"#, "traps on errors"),
    (#"\bas!"#, "traps"),
    (#"[\w\)\]\}]!(?![=\w])"#, "traps on nil"),
    (#"\bfatalError\("#, "ends the program without a reason that a user can read"),
    (
      #"\bRegex\((?!.*\.matchingSemantics\(\.unicodeScalar\))"#,
      "takes CR LF, and a letter with its marks, for one character"
    ),
    (#"\b(TODO|FIXME)\b"#, "is not done"),
    (#"\b(class|struct|enum|protocol|actor) \w*(Manager|Helper|Util|Utils|Impl|Base)\b"#, "says nothing"),
  ])
  func `What must never be used is not used in sources`(pattern: String, reason: String) throws {
    #expect(try Repository.breaches(pattern, in: Self.sources) == [], "\(reason)")
  }

  @Test func `No text is split at the character of a line feed`() throws {
    // CR LF is another character.
    let pattern = try Regex(
      #"(split\(separator|components\(separatedBy|contains|firstIndex\(of|lastIndex\(of):? ?\(?"\\n""#)
    for path in Self.sources {
      for (number, line) in try Repository.read(path).split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      where !line.contains("//") {
        #expect(line.firstMatch(of: pattern) == nil, "\(path):\(number + 1): \(line)")
      }
    }
  }

  @Test func `No lock or other generic holds a closure by itself`() throws {
    // Each look at it would wrap it in two more thunks, until a call does not fit on the stack.
    let aliases = Self.sources.flatMap { path in
      Repository.code[path, default: ""].matches(of: /typealias (\w+)[^=\n]*= [^\n]*->/).map { String($0.output.1) }
    }
    for alias in aliases {
      #expect(try Repository.breaches(#"\b(Lock|Mutex)<\[?\(?\#(alias)\b"#, in: Self.sources) == [])
    }
    #expect(try Repository.breaches(Self.bareClosure, in: Self.sources) == [])
  }

  /// A function type among the arguments of a generic type, or a closure given to a lock.
  private static let bareClosure =
    #"\b[A-Z]\w*<[^<>\n]*->|\b(Lock|Mutex)\(\s*(\{|[^()\n]*\(+[^()\n]*\)\s*->)|\b(Lock|Mutex) \{"#

  @Test(arguments: [
    ("let a = Lock<(@Sendable () -> Void)?>(nil)", true), ("let a: Mutex<@Sendable (Int) async throws -> Void>", true),
    ("let a: Holder<() -> Void>", true), ("let a = Lock({ 1 })", true), ("let a = Lock(nil as (() -> Void)?)", true),
    ("let a = Lock(State())", false), ("func f<T>(_ a: Lock<T>) -> T", false), ("let a: [(Int) -> Void] = []", false),
    ("if a < b { f { $0 -> 1 } }", false),
  ])
  func `A closure that a generic holds by itself is found`(code: String, isFound: Bool) throws {
    #expect(code.contains(try Regex(Self.bareClosure)) == isFound)
  }

  @Test func `Nothing is printed past the terminal`() throws {
    // A file may have a method of that name.
    let found = try Repository.breaches(#"(^|[^\w.])(Swift\.)?print\("#, in: Self.sources) {
      $0.contains("func print(")
    }
    #expect(found == [])
  }

  @Test(arguments: [
    (#"\.sync\b\s*(\{|\(execute)"#, "deadlocks on the component's own queue"),
    (#"\bTask\.detached\b"#, "leaves the component's queue and outlives it"),
    (#"\bTask\s*(\{|\()"#, "outlives the component"),
    (#"\b(DispatchQueue|OperationQueue|Thread)\b"#, "is the runtime's business"),
    (#"\b(Lock|Mutex|Atomic)<"#, "is not needed: a component does one thing at a time"),
    (#"\b(Date\(\)|ContinuousClock|Task\.sleep|DispatchTime)"#, "is another time than the one the graph has"),
  ])
  func `Components leave threads and time to the runtime`(pattern: String, reason: String) throws {
    #expect(try Repository.breaches(pattern, in: Self.components) == [], "\(reason)")
  }

  @Test func `Every component is in its field's list`() throws {
    for path in Self.components {
      let code = Repository.code[path, default: ""]
      let declared = code.matches(
        of:
          /(?m)^(?:package |public )?(?:final )?(?:struct|class) (\w+)(?:<[^>]*>)?: [^{]*\b(?:\w*Component2?|Transform)\b/
      )
      let folder = path.split(separator: "/").dropLast()
      let list = folder.joined(separator: "/") + "/Library+\(folder.last ?? "").swift"
      for match in declared {
        let name = String(match.output.1)
        #expect(
          try Repository.read(list).contains(try Regex(#"\b\#(name)(<[\w, ]+>)?\.self"#)),
          "\(name) is missing in \(list)")
      }
    }
  }

  @Test func `A component that touches files, sockets or programs declares it`() throws {
    let touching = Touching(Self.components.map { ($0, Repository.code[$0, default: ""]) })
    #expect(touching.components.count > 15)
    for component in touching.components where !component.declaresNeeds {
      Issue.record("\(component.name) in \(component.path) touches \(component.means) and has no `needs`")
    }
  }

  @Test func `A component that makes child tasks says that they wait for the graph only`() throws {
    // Else a graph with it that cannot go on would not be ended.
    for path in Self.components {
      let code = Repository.code[path, default: ""]
      guard code.contains(/\b(addTask|whileHeard)\b/), code.contains(/\b(Generic)?Component2?\b[^{}]*\{/) else {
        continue
      }
      #expect(code.contains("waitsOnlyForGraph"), "\(path)")
    }
  }

  @Test func `What a component touches is found through the types that it uses`() {
    let touching = Touching([
      ("a", "struct A: Component { func main() async throws { B.run() } }"),
      ("b", "enum B { static func run() { C() } }"),
      ("c", "struct C { let file = File.open() }"),
      ("d", "struct D: Component { let c: Int }"),
      ("e", "struct E: P {}"),
      ("f", "protocol P: Component {}\nextension P { static var needs: [Need] { [] }; func main() { Child.start() } }"),
    ])
    #expect(touching.components.map(\.name) == ["A", "E"])
    #expect(touching.components.map(\.declaresNeeds) == [false, true])
  }

  @Test func `The types of messages that components are made fast for are everywhere the same`() throws {
    let lists = Self.components.compactMap { path -> [Substring]? in
      let types = Repository.code[path, default: ""].matches(of: /@specialized\(where T == (\w+)\)/).map(\.output.1)
      return types.isEmpty ? nil : types
    }
    #expect(lists.count > 5)
    #expect(Set(lists) == [["Int", "Double", "String", "Bytes", "JSON", "AnyMessage"]])
  }

  @Test func `Text and comments are no code`() {
    let source = """
      let a = "print(\\"x\\")" // print(1)
      /* print(
      2) */ let b = #"FileHandle "quoted""#; print(3)
      let c = \"\"\"
        try? here
        \"\"\"
      let d = 4
      """
    #expect(
      SwiftCode.withoutTextAndComments(source) == """
        let a = "" \n\n let b = ""; print(3)
        let c = ""


        let d = 4
        """)
  }
}
