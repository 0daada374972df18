import Testing

@testable import KGraph

/// Each mistake is reported once, where it is, and nothing that follows from it.
struct MistakeTests {
  @Test(
    arguments: [
      ("param path: Path = \"access.log\nparam n: Int = 1\n", ["K0004 1:20"]),
      ("a = F(x: \"abc)\nb = G()\n", ["K0004 1:10"]),
      ("t = Ticks 1s\nt -> Print()\n", ["K0046 1:5"]),
      ("f = File $path\nf -> Print()\n", ["K0046 1:5"]),
      ("F(), G() -> Print()\n", ["K0021 1:4"]),
      ("parm every: Duration = 5m\n", ["K0020 1:1", "K0101 1:24"]),
      ("grahp X {\n  a -> b\n}\n", ["K0020 1:1"]),
      ("param port = 80\n", ["K0029 1:11"]),
      ("param p2: Port =\nparam p3: Port = 1\n", ["K0031 1:17"]),
      ("param p3: Port = 5 s\n", ["K0105 1:18"]),
      (
        "t = T(path: /var/x.log, at: 'abc', f: a.log, u: http://x.y/z?a=b, i: 127.0.0.1, j: ./x)\n",
        ["K0010 1:13", "K0007 1:29", "K0010 1:39", "K0010 1:49", "K0010 1:70", "K0010 1:84"]
      ),
      ("e = Match(pattern: \"\\d+\"\np = W(a: 1 b: 2)\n", ["K0023 1:10", "K0005 1:21", "K0025 2:12"]),
      ("lines = Lines\nx = Foo() -> printer\n", ["K0046 1:9", "K0047 2:11"]),
      (
        "a => b\na → c;\na ~> d; b -> c\na | b\na >> b\na --> b\n",
        ["K0009 1:3", "K0009 2:3", "K0011 2:6", "K0009 3:3", "K0011 3:7", "K0009 4:3", "K0009 5:3", "K0009 6:3"]
      ),
      ("a <- b\n", ["K0009 1:3"]),
      ("a ->\nb = Foo(a=1)\na -> -> c\n-> b\n", ["K0040 1:3", "K0049 2:10", "K0040 3:6"]),
      ("-> b\n", ["K0040 1:1"]),
      ("a -> [b, [c]] -> \"x\" -> d\n", ["K0044 1:10", "K0043 1:18"]),
      ("a [256]-> b\na -[256]> b\na -[]-> b\na -[4]--> b\n", ["K0041 1:3", "K0041 2:9", "K0041 3:3", "K0009 4:7"]),
      ("chat-room = Client()\n2fast = Foo()\na -> chat-2.x\n", ["K0027 1:1", "K0027 2:1", "K0027 3:6"]),
      (
        "a = Foo(x: 10KB, y: 5sec, z: 10/m, q: 1e6, r: 007, s: 1__0, t: 99999999999999999999, u: 1.5ns, v: -1B, w: .5)\n",
        [
          "K0100 1:14", "K0100 1:22", "K0101 1:30", "K0102 1:39", "K0102 1:47", "K0102 1:55", "K0103 1:64",
          "K0104 1:89",
          "K0106 1:99", "K0102 1:107",
        ]
      ),
      ("if $x = 3 { a -> b }\nelse { c -> d }\n", ["K0035 1:7", "K0034 2:1"]),
      (
        "if { }\nif $a && !$b || $c { }\nif 1 < 2 < 3 { }\nelse { }\n",
        ["K0035 1:3", "K0009 2:7", "K0009 2:10", "K0009 2:14", "K0035 3:10", "K0034 4:1"]
      ),
      ("else { }\n", ["K0034 1:1"]),
      ("for $i in 1..3 { a -> b }\nfor x of y { }\n", ["K0036 1:5", "K0009 1:12", "K0036 2:7"]),
      ("graph X(param a: Int)\n{\n  a -> b\n}\n", ["K0022 1:9", "K0033 2:1"]),
      ("graph X(a: Int) {\n  a -> b\n\ntest \"x\" of X() {\n}\n", ["K0023 1:17"]),
      ("graph X(a: Int {\n  a -> b\n}\n", ["K0023 1:8"]),
      ("on\nfoo bar\n5 s -> b\n", ["K0042 1:1", "K0020 2:1", "K0105 3:1"]),
      (
        "test \"x\" of Foo() {\n  wait 5s\n  expct out: 1\n  expect out 5\n  send in \"a\"\n  expect x: 1 in order\n}\n",
        ["K0050 2:3", "K0050 3:3", "K0050 4:14", "K0050 5:11", "K0050 6:18"]
      ),
      ("test x { }\n", ["K0050 1:6"]),
      (
        "a = Foo() restart onFail(max: 3)\na = F() replicate 2 by hash replicate 3\na = F() replicate 2 replicate 3\n",
        ["K0048 1:19", "K0048 2:24", "K0048 3:21"]
      ),
      ("a = F(x: \"abc ${1+2} def ${} ${\")\n", ["K0006 1:15", "K0006 1:26", "K0006 1:30"]),
      ("// comment\na -> b /* on */\n", ["K0008 1:1", "K0008 2:8"]),
      ("a -> `sort 'x`\na -> ``\n", ["K0014 1:6", "K0014 2:6"]),
      ("a -> b)\na -> b]\n}\n", ["K0024 1:7", "K0024 2:7", "K0024 3:1"]),
      ("a = F(x: [1, 2)\n", ["K0023 1:10"]),
      ("self = Foo()\nparam self: Int\n", ["K0028 1:1", "K0028 2:7"]),
      (
        "a = Foo(x: (1), y: ${b}, z: -, w: , v: 1...\"a\")\n",
        ["K0032 1:12", "K0051 1:20", "K0032 1:29", "K0031 1:35", "K0032 1:44"]
      ),
      (
        "inbox q: List<Int>\ninbox r: []\ninbox s: Int??\ninbox t: \n",
        ["K0030 1:14", "K0030 2:10", "K0030 3:14", "K0029 4:9"]
      ),
      ("import Audio\nimport {A} of \"x\"\nimport {A from \"x\"\n", ["K0037 1:8", "K0037 2:12", "K0023 3:8"]),
      ("tail: FileTail()\n$x -> b\na as b -> c\n", ["K0049 1:5", "K0047 3:3"]),
      ("a = \"text\"\na = 5\na =\nb = F()\n", ["K0047 1:5", "K0047 2:5", "K0047 3:4"]),
      ("a -> m.(x) -> b.in[1, 2]\na -> b.\n", ["K0045 1:8", "K0045 1:19", "K0026 2:8"]),
      ("tail\n\"x\"\nparam\n", ["K0042 1:1", "K0042 2:1", "K0042 3:1"]),
      (
        "a = \u{A0}F()\na \u{200B}-> b\n# \u{202E}\nb = F(\u{201C}x\u{201D})\n",
        ["K0003 1:5", "K0003 2:3", "K0003 3:3", "K0007 4:7"]
      ),
      ("a -> b %% c\n", ["K0001 1:8"]),
    ] as [(String, [String])])
  func `a mistake is one error`(_ text: String, _ expected: [String]) {
    let file = parsed(text)
    let found = file.diagnostics.map { diagnostic in
      let (line, column) = file.source.position(of: diagnostic.place.range.lowerBound)
      return "\(diagnostic.code.name) \(line):\(column)"
    }
    #expect(found == expected, "\(Report(file.diagnostics).text(isColoured: false))")
  }

  @Test func `what stands around a mistake is still there`() {
    let file = parsed("a = F(x: 1\nb = G(y: , z: 2)\nfoo bar\nc -> d\n")
    #expect(
      outline(of: file) == """
        instance(InstanceDeclaration(name: a, component: ComponentExpression(subject: name(F), \
        arguments: [Argument(name: x, value: literal(1))])))
        instance(InstanceDeclaration(name: b, component: ComponentExpression(subject: name(G), \
        arguments: [Argument(name: y, value: broken), Argument(name: z, value: literal(2))])))
        chain(Chain(segments: [endpoint(Endpoint(instance: foo))]))
        chain(Chain(segments: [endpoint(Endpoint(instance: c)), endpoint(Endpoint(instance: d))], arrows: [Arrow()]))
        """)
  }
}
