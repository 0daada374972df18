import Kamaelia
import Testing

@testable import KGraph

@Suite struct TemplateTests {
  private static let source = "graph Show() {\n  outbox outbox: Int\n  Ticks() -> self.outbox\n}\n"

  @Test func `a graph needs no box that its host has no messages for`() {
    let checked = check(
      Self.source + "show = Carousel(Show)\nConsoleReader() -> show.next\nshow -> Sum() -> ConsoleWriter()\n")
    #expect(checked.words == [])
  }

  @Test func `a graph needs the box where its host has messages for it`() {
    let checked = check(
      Self.source + "show = Carousel(Show)\nConsoleReader() -> [show, show.next]\nshow -> Sum() -> ConsoleWriter()\n")
    #expect(checked.words == ["5:17 K0306 `Show` has no default inbox"])
  }

  @Test func `graphs that send nothing run where nobody reads`() {
    let steps = "graph Step() {\n  Ticks() -> Discard()\n}\n"
    #expect(check(steps + "Sequence([Step, Step])\n").codes.filter { $0 == "K0306" } == [])
    #expect(check(steps + "Sequence([Step]) -> Discard()\n").codes.contains("K0306"))
  }

  @Test func `a circle with a component that begins by itself is alive`() {
    let circle = "# allow(K0410)\nitems = Chooser([1])\nitems -> PassThrough() -> Format(\"{}\") -> items\n"
    #expect(check(circle).codes.filter { $0 == "K0403" } == [])
  }
}
