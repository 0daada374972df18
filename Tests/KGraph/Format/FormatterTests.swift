import Testing

@testable import KGraph

struct FormatterTests {
  @Test(arguments: [SyntaxSamples.logCounter, SyntaxSamples.chatRoom])
  func `what is in its canonical form stays as it is`(_ text: String) {
    #expect(Formatter.format(parsed(text)) == text)
  }

  @Test(arguments: SyntaxSamples.realFiles) func `a formatted file says the same and is formatted`(_ source: Source) {
    let file = GraphFile.parse(source)
    #expect(Formatter.format(file) != nil)
    GrammarTests.expectFormattingKeeps(file)
  }

  @Test(
    arguments: [
      // Spaces.
      ("a=F( x :1,y:  [ 1 ,2 ,] , )", "a = F(x: 1, y: [1, 2])"),
      ("a . x->b.( _,y )  -[ 4 ,ttl :5s ]->c . in[ 0 ]", "a.x -> b.(_, y) -[4, ttl: 5s]-> c.in[0]"),
      (
        "param   p:{ a:Text ? , b : [ Int ( 1 ... 3 ) ] }= { a : \"x\" }",
        "param p: {a: Text?, b: [Int(1...3)]} = {a: \"x\"}"
      ),
      ("defaults{capacity:64}", "defaults { capacity: 64 }"),
      ("import{ A,B as C }from \"x\"", "import {A, B as C} from \"x\""),
      ("a->`x  'y  z'`->@ room", "a -> `x  'y  z'` -> @room"),
      ("for i in[1,2]{a[$i]->b}", "for i in [1, 2] {\n    a[$i] -> b\n}"),
      ("for i in ...5{}", "for i in ...5 {}"),
      (
        "if(not($a==1))and $b{a->b}else if $c{}else{c->d}",
        "if (not ($a == 1)) and $b {\n    a -> b\n} else if $c {} else {\n    c -> d\n}"
      ),
      (
        "work=W()replicate 2 by key( u . id )ordered restart always( max : 3 )",
        "work = W() replicate 2 by key(u.id) ordered restart always(max: 3)"
      ),
      // Line ends.
      ("\n\n\na -> b\n\n\n\nc -> d\n\n", "a -> b\n\nc -> d"),
      ("graph A {\n\n\n    a -> b\n\n}", "graph A {\n    a -> b\n}"),
      ("a\n  -> b ->\n c", "a -> b -> c"),
      ("a = F(\n x: 1\n)", "a = F(x: 1)"),
      ("\u{FEFF}a -> b\r\nc -> d\r\n", "a -> b\nc -> d"),
      // What stands below each other.
      ("a = F()\nlonger = G()\n\nb = H()", "a      = F()\nlonger = G()\n\nb = H()"),
      ("a = F()\n# between\nlonger = G()", "a = F()\n# between\nlonger = G()"),
      ("inbox a: Int\noutbox b: Int", "inbox  a: Int\noutbox b: Int"),
      ("inbox a: Int\ninbox b: Int", "inbox a: Int\ninbox b: Int"),
      (
        "test \"t\" {\nsend a: 1\nclose a\nadvance 1s\nexpect b: 1\n}",
        "test \"t\" {\n    send   a: 1\n    close  a\n    advance 1s\n    expect b: 1\n}"
      ),
      (
        "test \"t\" {\ncases a,b{\n\"long\":1,[2,3]\n\"x\" : \"abc\",$d # last\n\n\"y\": 1,2\n}\nexpect b recorded:1,2\n}",
        """
        test "t" {
            cases a, b {
                "long": 1,     [2, 3]
                "x":    "abc", $d  # last

                "y": 1, 2
            }
            expect b recorded: 1, 2
        }
        """
      ),
      // Comments.
      ("a -> b#x\nlong -> name     # y  \nc -> d", "a -> b        #x\nlong -> name  # y\nc -> d"),
      ("graph A { # head\n # inside\n}# end", "graph A {  # head\n    # inside\n}  # end"),
      ("a # one\n -> b # two\n # three\n -> c", "a  # one\n    -> b  # two\n    # three\n    -> c"),
      (
        "a = F(x: 1, # one\n # own\n y: 2 # two\n , # three\n)",
        "a = F(\n    x: 1,  # one\n    # own\n    y: 2,  # two\n    # three\n)"
      ),
      ("#!/bin/x\n\n## doc\n\n##a\nparam a:Int", "#!/bin/x\n\n## doc\n\n##a\nparam a: Int"),
      ("# only", "# only"),
    ] as [(String, String)])
  func `a text has one form`(_ text: String, _ expected: String) {
    #expect(Formatter.format(parsed(text)) == expected + "\n")
    GrammarTests.expectFormattingKeeps(parsed(text))
  }

  @Test func `a chain of more than 100 columns is broken before its arrows`() {
    let text = "source -> " + (1...9).map { "Component\($0)(x: 1)" }.joined(separator: " -[64]-> ")
    let expected = "source\n    -> Component1(x: 1)\n" + (2...9).map { "    -[64]-> Component\($0)(x: 1)\n" }.joined()
    #expect(Formatter.format(parsed(text)) == expected)
  }

  @Test func `a list of more than 100 columns has a line for each element`() {
    let text = "name = Component(" + (1...8).map { "parameter\($0): \(1_000 + $0)" }.joined(separator: ", ") + ")"
    let elements = (1...8).map { "    parameter\($0): \(1_000 + $0),\n" }.joined()
    #expect(Formatter.format(parsed(text)) == "name = Component(\n" + elements + ")\n")
  }

  @Test(
    arguments: [
      // Short values several on a line, others on a line each.
      (
        "param n: [Int] = [\((1...40).map(String.init).joined(separator: ","))]",
        """
        param n: [Int] = [
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
            27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
        ]
        """
      ),
      (
        "param n: [Text] = [\((1...5).map { "\"a text of some length \($0)\"" }.joined(separator: ", "))]",
        "param n: [Text] = [\n" + (1...5).map { "    \"a text of some length \($0)\",\n" }.joined() + "]"
      ),
      // What is inside a type stays on its line, and brackets that hold nothing but brackets stay together.
      (
        "inbox q: [{\((1...8).map { "field\($0): [Text]" }.joined(separator: ", "))}]",
        "inbox q: [{\n" + (1...8).map { "    field\($0): [Text],\n" }.joined() + "}]"
      ),
      (
        "graph X(n: [Int] = [\((1...40).map(String.init).joined(separator: ","))], m: Int?) {}",
        """
        graph X(
            n: [Int] = [
                1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
                26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
            ],
            m: Int?,
        ) {}
        """
      ),
      (
        "work = Work(a: 1) restart onFailure(max: 5, within: 1min, backoff: 1s...30s) replicate 4 by key(user.identity.number) ordered",
        """
        work = Work(a: 1) restart onFailure(max: 5, within: 1min, backoff: 1s...30s) replicate 4 by key(
            user.identity.number,
        ) ordered
        """
      ),
      // Comments keep their places.
      (
        "param n: [Int] = [1, # one\n 2, 3]",
        "param n: [Int] = [\n    1,  # one\n    2,\n    3,\n]"
      ),
      // Values of a step stand below each other.
      (
        "test \"t\" of A() {\nexpect out: [\((1...40).map(String.init).joined(separator: ","))], [1], [2]\n}",
        """
        test "t" of A() {
            expect out: [
                    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
                    25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
                ],
                [1],
                [2]
        }
        """
      ),
    ] as [(String, String)])
  func `a long list has one form`(_ text: String, _ expected: String) {
    let file = parsed(text)
    #expect(file.diagnostics.isEmpty)
    let formatted = Formatter.format(file)
    #expect(formatted == expected + "\n", "\(formatted ?? "")")
    GrammarTests.expectFormattingKeeps(file)
  }

  @Test func `100 columns fit on a line and 101 do not`() {
    let fits = "a -> " + String(repeating: "b", count: 95)
    #expect(Formatter.format(parsed(fits)) == fits + "\n")
    #expect(Formatter.format(parsed(fits + "b")) == "a\n    -> " + String(repeating: "b", count: 96) + "\n")
  }

  @Test func `an empty file stays empty`() { #expect(Formatter.format(parsed("\n \n")) == "") }

  @Test(arguments: ["a ->\n", "a = F(x: 5m)\n", "a -> b; c -> d\n", "if $a {\n}\nelse {\n}\n"])
  func `a file with errors is left alone`(_ text: String) { #expect(Formatter.format(parsed(text)) == nil) }
}
