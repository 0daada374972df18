import Testing

@testable import KGraph

struct TextReportTests {
  @Test func `the sample of the language's reference comes out as it stands there`() {
    let sample = """
      error[K0301]: these boxes carry different types
        --> fleet.kgraph:22:11
         |
      22 | camera -> detect
         | ------    ^^^^^^ inbox takes Video(format: rgb)
         | |
         | carries Video(format: yuv420)
         |
         = help: put a converter between them: camera -> ConvertVideo(format: rgb) -> detect

      """
    #expect(Samples.mismatch.text(isColoured: false) == sample)
  }

  @Test(arguments: Self.shapes)
  func `every shape is drawn`(_ diagnostic: Diagnostic, _ expected: String) {
    #expect(diagnostic.text(isColoured: false, width: 80) == expected)
  }

  private static let shapes: [(Diagnostic, String)] = [
    (
      Shapes.severalLines,
      #"""
      error[K0201]: what is wrong
        --> g.kgraph:1:1
         |
       1 | / graph Client(nick: Text) {
      ...  |
       5 | |     self.network -> Lines() -> Prefix(text: "${nick}: ") -> @room
         | |                                ------ in here
      ...  |
       9 | | }
         | |_^ all of it
      10 | / x = y {
      11 | |   foo
      12 | | } -> bar
         | |________- another

      """#
    ),
    (
      Shapes.crossing,
      #"""
      error[K0201]: what is wrong
       --> g.kgraph:1:26
        |
      1 |    graph Client(nick: Text) {
        |  ___________________________^
        | | ______________-
      2 | ||     inbox  network: Bytes
      3 | ||     outbox reply: Bytes
      4 | ||
      5 | ||     self.network -> Lines() -> Prefix(text: "${nick}: ") -> @room
        | ||_________________________- crosses
      ... |
      9 | |  }
        | |__^ the block

      """#
    ),
    (
      Shapes.sameLine,
      #"""
      error[K0201]: what is wrong
       --> g.kgraph:5:18
        |
      5 |     self.network -> Lines() -> Prefix(text: "${nick}: ") -> @room
        |     ----------------^^^^^^^----------                       ----- four
        |     |               |
        |     |               one
        |     |               two
        |     three

      """#
    ),
    (
      Shapes.wide,
      #"""
      error[K0201]: what is wrong
        --> g.kgraph:13:2
         |
      13 | 日本語 -> éb�␛[31m -> c
         |   ^^       --          - end
         |   |        |
         |   |        after a combining mark
         |   wide

      """#
    ),
    (
      Shapes.tab,
      #"""
      error[K0201]: what is wrong
       --> g.kgraph:2:1
        |
      2 |     inbox  network: Bytes
        | ^^^^       ------- behind it
        | |
        | a tab

      """#
    ),
    (
      Shapes.longLine,
      #"""
      error[K0201]: what is wrong
       --> long.kgraph:1:21001
        |
      1 | …abc -> abc -> abc -> abc -> abc -> here -> def -> def -> def -> def -> def…
        |                                     ^^^^ here

      """#
    ),
    (
      Shapes.longLineWithFarLabels,
      #"""
      error[K0201]: what is wrong
       --> long.kgraph:1:21001
        |
      1 | abc -> abc -> abc … abc -> abc -> here -> def -> def …f -> def -> defend
        | ---                               ^^^^                               --- three
        | |                                 |
        | |                                 one
        | two

      """#
    ),
    (
      Shapes.lineEnds,
      #"""
      error[K0201]: what is wrong
       --> crlf.kgraph:1:6
        |
      1 | a -> b
        |      ^ the end of the line
      2 | c -> d
      3 |
        | -

      """#
    ),
    (
      Shapes.emptyFile,
      #"""
      error[K0201]: what is wrong
       --> empty.kgraph:1:1
        |
      1 |
        | ^ nothing here

      """#
    ),
    (
      Shapes.beyond,
      #"""
      error[K0201]: what is wrong
       --> crlf.kgraph:3:1
        |
      3 |
        | ^ cut off

      """#
    ),
    (
      Shapes.notUTF8,
      #"""
      error[K0201]: what is wrong
       --> broken␛.kgraph:1:3
        |
      1 | a �� b́ c
        |   ^    - behind
        |   |
        |   one byte

      """#
    ),
    (
      Shapes.greatNumbers,
      #"""
      error[K0201]: what is wrong
           --> tall.kgraph:12345:1
            |
          2 | # a
            | --- there
          3 | # a
          4 | # a
            | ---
      ...
      12345 | b -> c
            | ^ here

      """#
    ),
    (
      Shapes.remarks,
      #"""
      error[K0201]: what is wrong
       --> crlf.kgraph:1:1
        |
      1 | a -> b
        | ^
        |
        = help: a -> b
                ^    |
                +----+
        = help: second
        = help: write `x`
        = help: take the line away
        |
      2 - c -> d
        = help: make three of one
        |
      1 + a = A()
      2 + b = B()

      """#
    ),
  ]
}
