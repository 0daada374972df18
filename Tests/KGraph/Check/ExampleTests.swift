import Testing

@testable import KGraph

/// The examples of all codes that the checker gives.
@Suite struct ExampleTests {
  static let codes =
    Code.parameters + Code.names + Code.types + Code.topology + Code.options + Code.placement + Code.programs
    + Code.tests + Code.lints

  /// Those that checking a graph gives.
  static let checked = codes.filter { $0.commands.isEmpty }.map(\.name)

  @Test(arguments: checked)
  func `an example gets exactly its code`(_ name: String) throws {
    let code = try #require(Code.named(name))
    let checked = check(code.example, files: code.files, for: code == .missingSetting ? .run : .use)
    #expect(checked.codes == [code.name], "\(checked.words)")
  }

  @Test(arguments: codes.filter { !$0.mended.isEmpty }.map(\.name))
  func `a mended example gets nothing`(_ name: String) throws {
    let code = try #require(Code.named(name))
    let audio = ["audio.kgraph": "outbox tick: Int\nTicks() -> self.tick\n"]
    let checked = check(code.mended, files: audio.merging(code.files) { $1 })
    #expect(checked.words == [])
  }

  @Test func `codes are in order, and no name is there twice`() {
    let names = Self.codes.map(\.name)
    #expect(names == Set(names).sorted())
    #expect(Set(Code.all.map(\.name)).count == Code.all.count)
  }
}
