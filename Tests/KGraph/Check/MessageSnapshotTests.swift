import Testing

@testable import KGraph

/// Messages as people see them, whole.
@Suite struct MessageSnapshotTests {
  private func text(_ text: String, files: [String: String] = [:]) -> String {
    Report(check(text, files: files).diagnostics).render(.text, width: 100, version: "0")
  }

  @Test func `two types in one chain`() {
    #expect(
      text("camera = Camera()\ncamera -> Detect() -> ConsoleWriter()") == """
        error[K0301]: these boxes carry different types
         --> main.kgraph:2:11
          |
        1 | camera = Camera()
          | ------ Video(format: yuv420) comes from here
        2 | camera -> Detect() -> ConsoleWriter()
          | ------    ^^^^^^^^ inbox takes Video(format: rgb)
          | |
          | carries Video(format: yuv420)

        1 error in 1 file

        """)
  }

  @Test func `a converter is put between the whole names of both ends`() {
    let help = { (graph: String) in self.text(graph).split(separator: "\n").filter { $0.contains("= help") } }
    #expect(
      help("a = FileReader(\"a\")\na -> Uppercase() -> ConsoleWriter()")
        == [
          "  = help: put a converter between them: a -> Decode() -> Uppercase()",
          "  = help: other converters: `Lines()`",
        ])
    #expect(
      help("a = Match(\"x\")\nConsoleReader() -> a -> Discard()\na.rejected -> Lines() -> Discard()")
        == ["  = help: put a converter between them: a.rejected -> Encode() -> Lines()"])
    #expect(
      help("ConsoleReader() -> Match(\"x\").rejected -> Lines() -> Discard()")
        == ["  = help: put a converter between them: Match(…).rejected -> Encode() -> Lines()"])
    #expect(
      help("ConsoleReader() -> Prefix(text: \"more than forty columns of text, all of it\") -> Lines() -> Discard()")
        == ["  = help: put a converter between them: Prefix(…) -> Encode() -> Lines()"])
    #expect(
      help(
        "graph G {\n  outbox one: Int\n  outbox two: Text\n  Ticks() -> self.one\n  ConsoleReader() -> self.two\n}\ng = G()\ng.one -> Discard()\ng.two -> Lines() -> Discard()"
      )
        == ["  = help: put a converter between them: g.two -> Encode() -> Lines()"])
    #expect(
      help("w = Uppercase() replicate 2 ordered\nConsoleReader() -> w -> Lines() -> Discard()")
        == ["  = help: put a converter between them: w -> Encode() -> Lines()"])
  }

  @Test func `a sign of a shell`() {
    #expect(
      text("ConsoleReader() -> `sort | uniq -c` -> ConsoleWriter()") == """
        warning[K0907]: no shell runs this command, so `|` is handed to the program as it is
         --> main.kgraph:1:26
          |
        1 | ConsoleReader() -> `sort | uniq -c` -> ConsoleWriter()
          |                          ^ means nothing here
          |
          = help: link two commands, `sort` -> `uniq -c`, or run a shell: `sh -c 'sort | uniq -c'`
          = help: if the program is meant to get it, put it in quotes: `'|'`

        1 warning in 1 file

        """)
  }

  @Test func `an order that does not reach an outbox`() {
    #expect(
      text("w = Match(\"x\") replicate 2 ordered\nConsoleReader() -> w -> Discard()\nw.rejected -> Discard()") == """
        warning[K0413]: `ordered` does not reach `rejected`
         --> main.kgraph:3:3
          |
        1 | w = Match("x") replicate 2 ordered
          |                ------------------- puts the messages of `outbox` in order
        2 | ConsoleReader() -> w -> Discard()
        3 | w.rejected -> Discard()
          |   ^^^^^^^^ messages come from here as the copies send them
          |
          = help: if their order does not matter, say `# allow(K0413)` on the line

        1 warning in 1 file

        """)
  }

  @Test func `a circle that can stall, with its capacities`() {
    #expect(
      text("loop = PassThrough()\nConsoleReader() -> loop\nloop -[8]-> Tee() -[16, 1MiB]-> loop") == """
        warning[K0410]: these linkages wait for each other in a circle, and can stall
         --> main.kgraph:3:19
          |
        3 | loop -[8]-> Tee() -[16, 1MiB]-> loop
          |      ------       ^^^^^^^^^^^^^ closes the circle
          |      |
          |      waits when full
          |
          = help: loop -[8]-> Tee -[16, 1MiB]-> loop
          = help: let one of them lose messages, `-[64, dropOldest]->`, or say `# allow(K0410)` if they cannot fill up

        1 warning in 1 file

        """)
  }

  @Test func `graphs that contain each other`() {
    #expect(
      text("graph A {\n  B()\n}\ngraph B {\n  A()\n}\nA()") == """
        error[K0211]: these graphs contain each other
         --> main.kgraph:5:3
          |
        2 |   B()
          |   --- contains `B`
        ...
        5 |   A()
          |   ^^^ leads back to `A`
          |
          = help: A -> B -> A

        1 error in 1 file

        """)
  }

  @Test func `files that import each other`() {
    let files = [
      "a.kgraph": "import \"b.kgraph\" as B\nB()", "b.kgraph": "import \"a.kgraph\" as A\nA()",
    ]
    #expect(
      text("import \"a.kgraph\" as A\nA()", files: files) == """
        error[K0210]: these files import each other
         --> b.kgraph:1:8
          |
        1 | import "a.kgraph" as A
          |        ^^^^^^^^^^ leads back to `a.kgraph`
          |
         ::: a.kgraph:1:8
          |
        1 | import "b.kgraph" as B
          |        ---------- imports `b.kgraph`
          |
          = help: a.kgraph -> b.kgraph -> a.kgraph

        1 error in 1 file

        """)
  }

  @Test func `a generic component that is asked for two types`() {
    #expect(
      text("both = Tee()\nTicks() -> both\nConsoleReader() -> both -> ConsoleWriter()") == """
        error[K0302]: `both` carries messages of one type, and is asked for two
         --> main.kgraph:3:1
          |
        2 | Ticks() -> both
          | ------- sends Int
        3 | ConsoleReader() -> both -> ConsoleWriter()
          | ^^^^^^^^^^^^^^^ sends Text
          |
          = help: use one instance for each type, or convert one of them before

        1 error in 1 file

        """)
  }
}
