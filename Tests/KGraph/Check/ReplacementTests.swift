import Testing

@testable import KGraph

/// What is wrong because of what a test puts in the place of an instance is said in the test.
@Suite struct ReplacementTests {
  private static let graph = """
    graph Loud {
      outbox louder: Text
      source = FileReader("a")
      source -> Lines() -> Uppercase() -> self.louder
    }
    Loud() -> ConsoleWriter()

    """

  @Test func `A component that does not fit is named where it is written, in each test`() throws {
    let checked = check(
      Self.graph + """
        test "numbers" of Loud {
          replace source with Ticks(interval: 1s)
          expect nothing
        }
        test "and again" of Loud {
          expect nothing
          replace source with Ticks(interval: 2s)
        }
        """)
    #expect(
      checked.words == [
        "8:23 K0301 in the place of `source`, this does not fit: these boxes carry different types",
        "13:23 K0301 in the place of `source`, this does not fit: these boxes carry different types",
      ])
    let first = try #require(checked.diagnostics.first)
    #expect(first.labels.map(\.text) == ["inbox takes Bytes", "carries Int"])
    #expect(first.helps == [] && first.fixes == [])
    #expect(checked.tests.isEmpty)
  }

  @Test func `A box that the other component does not have is said there as well`() {
    let checked = check(
      """
      reader = Match("x")
      ConsoleReader() -> reader
      reader.rejected -> ConsoleWriter()
      test "it" {
        replace reader with Uppercase()
        expect nothing
      }
      """)
    #expect(
      checked.words == ["5:23 K0203 in the place of `reader`, this does not fit: `Uppercase` has no outbox `rejected`"])
  }

  @Test func `What the graph has wrong by itself stays where it is`() {
    let checked = check(
      """
      graph Wrong {
        outbox louder: Text
        source = FileReader("a")
        source -> Lines() -> self.louder
        ConsoleReader() -> Sum() -> ConsoleWriter()
      }
      test "it" of Wrong {
        replace source with FileReader("b")
        expect nothing
      }
      """)
    #expect(checked.words == ["5:22 K0301 these boxes carry different types"])
  }

  @Test func `What is wrong in the test itself stays where it is`() {
    let checked = check(
      Self.graph + """
        test "it" of Loud {
          replace source with FileReader("b")
          expect louder: 5
          expect nothing
        }
        """)
    #expect(checked.words.map { $0.prefix(5) } == ["9:18 "])
  }

  @Test func `Of several, the one is named that the line speaks of`() {
    let checked = check(
      """
      graph Two {
        outbox a: Text
        outbox b: Text
        one = ConsoleReader()
        two = ConsoleReader()
        one -> Uppercase() -> self.a
        two -> Uppercase() -> self.b
      }
      Two().a -> ConsoleWriter()
      Two().b -> ConsoleWriter()
      test "it" of Two {
        replace one with ConsoleReader()
        replace two with Ticks(interval: 1s)
        expect nothing
      }
      """)
    #expect(checked.words.filter { $0.contains("K0301") }.map { $0.prefix(30) } == ["13:20 K0301 in the place of `t"])
  }
}
