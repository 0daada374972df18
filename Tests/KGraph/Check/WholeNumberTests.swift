import Testing

@testable import KGraph

/// `Int` goes where `Double` is taken, whatever is around it.
@Suite struct WholeNumberTests {
  @Test(arguments: [
    "ConsoleReader() -> Decoded() -> Batch(2) -> G()|[Double]", "[1, 2] -> PassThrough() -> G()|[Double]",
    "Ticks(interval: 1s) -> Batch(2) -> G()|[Double]", "Ticks(interval: 1s) -> Batch(2) -> Batch(2) -> G()|[[Double]]",
    "Ticks(interval: 1s) -> G()|Double?", "Ticks(interval: 1s) -> Batch(2) -> G()|[Double]?",
    "[1, 2.5] -> G()|[Double]", "Ticks(interval: 1s) -> G()|Double",
  ])
  func `Lists of whole numbers go where lists of numbers are taken`(line: String) {
    let parts = line.split(separator: "|")
    let checked = check(
      """
      \(parts[0])
      graph G {
        inbox i: \(parts[1])
        self.i -> ConsoleWriter()
      }
      graph Decoded {
        inbox inbox: Text
        outbox outbox: Int
        self.inbox -> Discard()
        Ticks(interval: 1s) -> self.outbox
      }
      """)
    #expect(checked.words.filter { $0.contains(" K03") } == [])
  }

  @Test func `Numbers go nowhere else`() {
    for type in ["[Int]", "[Text]", "Text", "[[Double]]"] {
      let checked = check(
        """
        Sum() as sum -> Batch(2) -> G()
        Ticks(interval: 1s) -> sum
        graph G {
          inbox i: \(type)
          self.i -> ConsoleWriter()
        }
        """)
      #expect(checked.codes.contains("K0301"), "\(type)")
    }
  }

  @Test func `A type that would contain itself is told as such, without converters`() throws {
    let checked = check("p = PassThrough()\np -> Batch(2) -> p\np -> ConsoleWriter()")
    let diagnostic = try #require(checked.diagnostics.first { $0.code.name == "K0301" })
    #expect(diagnostic.message == "these messages would have to be a part of themselves")
    #expect(diagnostic.caption == "inbox takes what these are made of")
    #expect(diagnostic.labels.map(\.text) == ["carries [Any]"])
    #expect(!diagnostic.helps.contains { $0.contains("converter") })
    let pairs = check("p = PassThrough()\nz = Zip()\np -> [z.left, z.right]\nz -> p\np -> ConsoleWriter()")
    #expect(pairs.words.contains { $0.contains("a part of themselves") })
  }
}
