@testable import KGraph

extension Source {
  /// The place of the `nth` occurrence of `text`, from 1.
  func place(_ text: String, _ nth: Int = 1) -> Place {
    let wanted = Array(text.utf8)
    var found = 0
    for start in 0...max(0, bytes.count - wanted.count) where bytes[start...].starts(with: wanted) {
      found += 1
      if found == nth { return Place(self, start..<start + wanted.count) }
    }
    preconditionFailure("no \(text) in \(name)")
  }

  /// The place from the start of one text to the end of another.
  func place(from first: String, to last: String) -> Place {
    Place(self, place(first).range.lowerBound..<place(last).range.upperBound)
  }
}

extension Code {
  static let mismatch = Code(
    "K0301", .error, "these boxes carry different types", "A linkage carries one type.\n\nConvert between them.",
    example: "1 -> Lines()", mended: "\"1\" -> Lines()")
  static let unknown = Code("K0201", .error, "there is no such name", "Nothing has that name here.", example: "x -> y")
  static let unused = Code("K0901", .warning, "this is never used", "", example: "x = Discard()")
}

/// Diagnostics that between them have all that a report must show.
enum Samples {
  static let fleet = Source(
    name: "fleet.kgraph",
    text: String(repeating: "#\n", count: 21) + "camera -> detect\n")

  static let mismatch = Diagnostic(
    .mismatch, nil, "these boxes carry different types", at: fleet.place("detect"),
    caption: "inbox takes Video(format: rgb)",
    labels: [.init(fleet.place("camera"), "carries Video(format: yuv420)")],
    helps: ["put a converter between them: camera -> ConvertVideo(format: rgb) -> detect"])

  static let names = Source(name: "my graphs/näme,1:2.kgraph", text: "tail = FileTial(path: \"ä🙂\")\n🙂 -> tali\n")

  static let unknown = Diagnostic(
    .unknown, nil, "there is no component `FileTial`", at: names.place("FileTial"),
    fixes: [.init("write `FileTail`", [.init(names.place("FileTial"), "FileTail")])])

  static let unknownInstance = Diagnostic(
    .unknown, nil, "there is no instance `tali` in {this} [file](x)", at: names.place("tali"),
    caption: "100% unknown,\nreally",
    labels: [.init(fleet.place("camera"), "there is one here"), .init(names.place("tail"), "near: `tail`")],
    fixes: [.init("swap the letters", [.init(names.place("tali"), "tail"), .init(names.place("tail"), "tail")])])

  static let unused = Diagnostic(.unused, nil, "`camera` is never used", at: fleet.place("camera"))

  static let all = [unknownInstance, unknown, mismatch, unused, mismatch]
}

/// One diagnostic of each shape that the text form must draw.
enum Shapes {
  static let file = Source(
    name: "g.kgraph",
    text: """
      graph Client(nick: Text) {
      \tinbox  network: Bytes
      \toutbox reply: Bytes

      \tself.network -> Lines() -> Prefix(text: "${nick}: ") -> @room
      \t@room -> Encode() -> self.reply
      \ta
      \tb
      }
      x = y {
        foo
      } -> bar
      日本語 -> e\u{301}b\u{202E}\u{1B}[31m -> c
      """)
  static let long = Source(
    name: "long.kgraph",
    text: String(repeating: "abc -> ", count: 3000) + "here" + String(repeating: " -> def", count: 3000) + "end")
  static let windows = Source(name: "crlf.kgraph", text: "a -> b\r\nc -> d\r\n")
  static let broken = Source(
    name: "broken\u{1B}.kgraph", bytes: Array("a ".utf8) + [0xFF, 0xE2, 0x82, 0x20] + Array("b\u{301} c".utf8))
  static let tall = Source(name: "tall.kgraph", text: String(repeating: "# a\n", count: 12_344) + "b -> c\n")

  static func one(
    _ place: Place, _ caption: String = "", _ labels: [(Place, String)] = [], helps: [String] = [],
    fixes: [Diagnostic.Fix] = []
  ) -> Diagnostic {
    Diagnostic(
      .unknown, nil, "what is wrong", at: place, caption: caption, labels: labels.map { .init($0.0, $0.1) },
      helps: helps, fixes: fixes)
  }

  static let severalLines = one(
    file.place(from: "graph Cl", to: "b\n}"), "all of it",
    [(file.place("Prefix"), "in here"), (file.place(from: "x =", to: "bar"), "another")])

  static let crossing = one(
    file.place(from: "{\n", to: "\n}"), "the block", [(file.place(from: "nick", to: "Lines"), "crosses")])

  static let sameLine = one(
    file.place("Lines()"), "one",
    [
      (file.place("Lines"), "two"), (file.place("self.network -> Lines() -> Prefix"), "three"),
      (file.place("@room"), "four"),
    ])

  static let wide = one(
    file.place("本"), "wide",
    [(file.place("b\u{202E}"), "after a combining mark"), (Place(file, file.bytes.count..<file.bytes.count), "end")])

  static let tab = one(Place(file, 27..<28), "a tab", [(file.place("network"), "behind it")])

  static let longLine = one(long.place("here"), "here")

  static let longLineWithFarLabels = one(
    long.place("here"), "one", [(Place(long, 0..<3), "two"), (long.place("end"), "three")])

  static let lineEnds = one(windows.place("b\r\n"), "the end of the line", [(Place(windows, 16..<16), "")])

  static let emptyFile = one(Place(Source(name: "empty.kgraph", text: ""), 0..<0), "nothing here")

  static let beyond = one(Place(windows, 90..<99), "cut off")

  static let notUTF8 = one(Place(broken, 2..<3), "one byte", [(broken.place("c"), "behind")])

  static let greatNumbers = one(tall.place("b"), "here", [(tall.place("# a", 2), "there"), (tall.place("# a", 4), "")])

  static let remarks = one(
    windows.place("a"), helps: ["a -> b\n^    |\n+----+", "second"],
    fixes: [
      .init("write `x`", [.init(windows.place("a"), "x")]),
      .init("take the line away", [.init(windows.place("c -> d\r\n"), "")]),
      .init("make three of one", [.init(windows.place("a -> b"), "a = A()\nb = B()\na -> b")]),
    ])
}
