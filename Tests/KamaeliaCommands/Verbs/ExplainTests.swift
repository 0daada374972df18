import Testing

@testable import KamaeliaCommands

struct ExplainTests {
  @Test(arguments: ["K0301", "k0301", "error[K0301]"])
  func `a code is explained with what is said about its example`(_ name: String) async {
    let expected = """
      K0301: these boxes carry different types

      A linkage carries one type.

      Convert between them.

      For example:

          1 -> Lines()

      What is said about it:

          error[K0301]: these carry different types
           --> example.kgraph:1:6
            |
          1 | 1 -> Lines()
            |      ^^^^^^^ takes Text

      Mended:

          "1" -> Lines()

      """
    #expect(await Session.run(["explain", name]) == Session(status: .fine, output: expected))
  }

  @Test func `without a code all are listed`() async {
    let expected = """
        K0301  these boxes carry different types
        K0901  warning: this is never used

      """
    #expect(await Session.run(["explain"]).output == expected)
  }

  @Test func `other programs get an object a line`() async {
    let expected = #"""
      {"code":"K0301","commands":"","example":"1 -> Lines()\n","explanation":"A linkage carries one type.\n\nConvert between them.","files":{},"mended":"\"1\" -> Lines()\n","severity":"error","title":"these boxes carry different types"}
      {"code":"K0901","commands":"","example":"x = Discard()","explanation":"","files":{},"mended":"","severity":"warning","title":"this is never used"}

      """#
    #expect(await Session.run(["explain", "--format", "json"]).output == expected)
    #expect(
      await Session.run(["explain", "K0901", "--format=json"]).output == expected.split(separator: "\n")[1] + "\n")
  }

  @Test func `Several codes are explained one after the other`() async {
    let session = await Session.run(["explain", "K0301", "K0901"])
    #expect(session.output.contains("K0301: these boxes carry different types\n"))
    #expect(session.output.contains("\n\nK0901: this is never used\n"))
  }

  @Test(arguments: [
    ("K0302", "did you mean K0301?"), ("X", "`kamaelia explain` lists them"), ("301", "did you mean K0301?"),
    ("K301", "did you mean K0301?"), ("E0301", "did you mean K0301?"), ("0901", "did you mean K0901?"),
    ("different", "K0301: these boxes carry different types"), ("kafka", "`kamaelia explain` lists them"),
  ])
  func `a code that does not exist is wrong use`(_ name: String, _ help: String) async {
    let session = await Session.run(["explain", name])
    #expect(session.status == .usage)
    #expect(session.errors.hasPrefix("error: there is no code `\(name)`\n  = help: \(help)\n"))
  }
}
