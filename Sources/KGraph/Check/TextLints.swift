import Kamaelia

/// What could be better inside texts and commands.
struct TextLints {
  private let findings: Findings
  /// Where the signs stand that parameters and commands in the file begin with, in order.
  private let signs: [Int]

  /// - Parameter source: the file whose graphs are looked through.
  init(_ source: Source, _ findings: Findings) {
    self.findings = findings
    signs = source.bytes.withUnsafeBufferPointer { bytes in
      bytes.indices.filter { bytes[$0] == UInt8(ascii: "$") || bytes[$0] == UInt8(ascii: "`") }
    }
  }

  /// Whether a parameter or a command may be at a place; most of a graph is passed over by that.
  private func mayHoldNames(_ place: Place) -> Bool {
    var low = 0
    var high = signs.count
    while low < high {
      let middle = (low + high) / 2
      if signs[middle] < place.range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < signs.count && signs[low] < place.range.upperBound
  }

  /// Looks through a graph, but not into the graphs inside it.
  ///
  /// - Returns: the parameters that a text was probably meant to name.
  func run(_ graph: GraphDefinition) -> Set<String> {
    var meant: Set<String> = []
    let names = Set(graph.parameters.map(\.name.text))
    for parameter in graph.parameters { check(parameter, names, &meant) }
    for statement in graph.statements {
      if case .parameter = statement { continue }
      if mayHoldNames(statement.place) { check(statement.node, names, &meant) }
    }
    return meant
  }

  /// - Parameter names: the parameters and variables that hold here.
  private func check(_ node: any SyntaxNode, _ names: Set<String>, _ meant: inout Set<String>) {
    var names = names
    // Most nodes are none of these; to ask whether they can be taken for one costs more than to ask what they are.
    switch Self.kinds.contains(ObjectIdentifier(type(of: node))) ? node : nil {
    case is GraphDeclaration: return
    case let loop as ForStatement: names.insert(loop.variable.text)
    case let test as TestDeclaration: names.formUnion(test.table?.names.map(\.text) ?? [])
    case let command as CommandLiteral:
      if let sign = command.shellSign {
        let name = String(sign.text.dropFirst())
        if sign.text.hasPrefix("$"), names.contains(name) { meant.insert(name) }
        findings.report(.shellSign(sign, in: command, isParameter: names.contains))
      }
    case let text as TextLiteral: check(text, names, &meant)
    default: break
    }
    for child in node.children where mayHoldNames(child.place) { check(child, names, &meant) }
  }

  private static let kinds = [
    ObjectIdentifier(GraphDeclaration.self), ObjectIdentifier(ForStatement.self),
    ObjectIdentifier(TestDeclaration.self), ObjectIdentifier(CommandLiteral.self), ObjectIdentifier(TextLiteral.self),
  ]

  /// A text that names a parameter in a way that means nothing in it: `${name}` in a raw one, `$name` in another.
  private func check(_ text: TextLiteral, _ names: Set<String>, _ meant: inout Set<String>) {
    if names.isEmpty { return }
    let bytes = text.place.source.bytes[text.place.range]
    var start = bytes.startIndex
    while let dollar = bytes[start...].firstIndex(of: UInt8(ascii: "$")) {
      start = dollar + 1
      guard start < bytes.endIndex else { return }
      let isBraced = bytes[start] == UInt8(ascii: "{")
      guard isBraced == text.isRaw, dollar == bytes.startIndex || bytes[dollar - 1] != UInt8(ascii: "\\") else {
        continue
      }
      let rest = bytes[(isBraced ? start + 1 : start)...]
      let end = rest.firstIndex { !$0.isPartOfName } ?? rest.endIndex
      let name = String(decoding: rest[..<end], as: UTF8.self)
      guard names.contains(name), !isBraced || (end < bytes.endIndex && bytes[end] == UInt8(ascii: "}")) else {
        continue
      }
      meant.insert(name)
      findings.report(
        .literalInterpolation(Place(text.place.source, dollar..<(isBraced ? end + 1 : end)), name, in: text))
      return
    }
  }
}

extension UInt8 {
  fileprivate var isPartOfName: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

extension String {
  fileprivate var trimmingBlanks: String { String(drop(while: \.isWhitespace)).trimmingTrailingBlanks }
}

extension Diagnostic {
  /// Says: no shell runs this command, and `…` is handed on as it is.
  static func shellSign(
    _ sign: Place, in command: CommandLiteral, isParameter: (String) -> Bool
  ) -> Diagnostic {
    let text = sign.text
    let whole = String(command.place.text.dropFirst().dropLast())
    let shell = "`sh -c '\(whole.count > 60 || whole.contains("'") ? "…" : whole)'`"
    var helps: [String]
    var fixes: [Fix] = []
    switch text {
    case "|":
      let before = sign.range.lowerBound - command.place.range.lowerBound - 1
      let left = String(decoding: whole.utf8.prefix(before), as: UTF8.self).trimmingBlanks
      let right = String(decoding: whole.utf8.dropFirst(before + 1), as: UTF8.self).trimmingBlanks
      helps = [
        "link two commands, \(whole.count > 60 ? "`…` -> `…`" : "`\(left)` -> `\(right)`"), or run a shell: \(shell)"
      ]
    case ">", ">>": helps = ["link the command to a FileWriter, or run a shell: \(shell)"]
    case "<": helps = ["link a FileReader to the command, or run a shell: \(shell)"]
    case _ where text.hasPrefix("$") && isParameter(String(text.dropFirst())):
      helps = []
      fixes = [Fix("write `${\(text.dropFirst())}`", [.init(sign, "${\(text.dropFirst())}")])]
    default: helps = ["run a shell if you need one: \(shell)"]
    }
    if fixes.isEmpty { helps.append("if the program is meant to get it, put it in quotes: `'\(text)'`") }
    return Diagnostic(
      .shellSign, "no shell runs this command, so `\(text)` is handed to the program as it is", at: sign,
      caption: "means nothing here", helps: helps, fixes: fixes)
  }

  /// Says: `${…}` stands for itself in a raw text.
  static func literalInterpolation(_ place: Place, _ name: String, in text: TextLiteral) -> Diagnostic {
    guard text.isRaw else {
      return Diagnostic(
        .literalInterpolation, "`$\(name)` stands for itself in a text", at: place,
        caption: "not the value of `\(name)`",
        fixes: [Fix("write `${\(name)}`", [.init(place, "${\(name)}")])])
    }
    let content = text.place.text.dropFirst(2).dropLast()
    // Where nothing has to be escaped, the text can lose its sign.
    let isPlain = !content.contains("\\") && content.count { $0 == "$" } == 1
    let sign = Place(text.place.source, text.place.range.prefix(1))
    return Diagnostic(
      .literalInterpolation, "`${\(name)}` stands for itself in a raw text", at: place,
      caption: "not the value of `\(name)`",
      helps: isPlain ? [] : ["write the text without the `r` before it, and each `\\` in it twice"],
      fixes: isPlain ? [Fix("take the `r` away", [.init(sign, "")])] : [])
  }
}
