import Foundation

@testable import KGraph

/// What a part of a text looks like in an editor, as coarse as every editor shows it.
enum Look: String, CaseIterable {
  case comment, text, number, keyword, other

  /// What each byte of a text is, as lexer and parser say; nil for what is blank or stands between `${` and `}`.
  static func all(in source: Source) -> [Look?] {
    let tree = GraphFile.parse(source)
    let keywords = keywords(of: tree)
    var looks = [Look?](repeating: nil, count: source.bytes.count)
    var isInterpolated = false
    for token in tree.tokens {
      let look: Look?
      switch token.kind {
      case .comment, .documentation, .shebang: look = .comment
      case .quote, .backtick, .stringText, .escape, .rawString: look = .text
      case .number: look = .number
      case .interpolationOpen, .interpolationClose, .blank, .newline, .byteOrderMark: look = nil
      default: look = isInterpolated ? nil : keywords.contains(token.range.lowerBound) ? .keyword : .other
      }
      isInterpolated = token.kind == .interpolationOpen || (isInterpolated && token.kind != .interpolationClose)
      for index in token.range { looks[index] = look }
    }
    return looks
  }

  /// Where the words stand that begin statements and steps.
  private static func keywords(of tree: GraphFile) -> Set<Int> {
    var starts: Set<Int> = []
    func visit(_ node: any SyntaxNode) {
      switch node {
      case is InstanceDeclaration, is Chain, is BrokenStatement, is Name: break
      case let step as TestStep: if case .broken = step {} else { starts.insert(step.place.range.lowerBound) }
      case is ParameterDeclaration, is BoxDeclaration, is GraphDeclaration, is ImportDeclaration,
        is BackplaneDeclaration, is DefaultsDeclaration, is ForStatement, is IfStatement, is TestDeclaration,
        is HostDeclaration, is OnStatement:
        let first = tree.tokens[tree.tokens.firstIndex(from: node.place.range.lowerBound)...].first { !$0.isTrivia }
        if let first, Keyword(rawValue: tree.source.text(first.range)) != nil { starts.insert(first.range.lowerBound) }
      default: break
      }
      node.children.forEach(visit)
    }
    visit(tree)
    return starts
  }

  /// The words of the lexer and the parser that a grammar of an editor must know.
  static let words =
    Keyword.allCases.map(\.rawValue) + ContextualWord.allCases.map(\.rawValue)
    + RestartClause.Policy.allCases.map(\.rawValue)

  static let grammar = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../../grammar")
    .standardized

  /// All graphs that come with the project, and texts that are hard to read.
  static let texts: [Source] = {
    let folder = grammar.appending(path: "../graphs").standardized
    let files = (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? [])
      .compactMap { $0 as? URL }.filter { $0.pathExtension == "kgraph" }.sorted { $0.path < $1.path }
    let graphs = files.compactMap { file in
      (try? Data(contentsOf: file)).map { Source(name: name(of: file, in: folder), bytes: Array($0)) }
    }
    return graphs + [
      Source(name: "logs", text: SyntaxSamples.logCounter), Source(name: "chat", text: SyntaxSamples.chatRoom),
      Source(name: "hard", text: hard),
    ]
  }()

  /// A name that no graph in another folder has: `chat-server.kgraph`.
  private static func name(of file: URL, in folder: URL) -> String {
    file.path.dropFirst(folder.path.count).split(separator: "/").joined(separator: "-")
  }

  private static let hard = #"""
    #!/usr/bin/env -S kamaelia run
    ## Says # and "quotes" and `commands`.
    ### Three signs are a comment.
    param rate: Rate = 30/s  # 12 "no text"
    param size: Rate = 10MiB/s
    param some: Range = -1...64
    param port: Int = 0x1F
    param half: Double = 2.5
    param part: Fraction = 50%
    param word2: Text = "a \"b\" # ${some} 12 \u{1F600} `c`"
    param raw: Text = r"\b${no}#"
    param quoted: Text = r#"a "b" # \d${no}"#
    defaults { capacity: 1_000, overflow: block }
    param = Source()
    graph -> test
    on.log -> host
    if = Foo("x")
    colour = `sort -u "a b" ${word2} 'c' \` #`
    héllo = Wörd(für: 12ms)
    100 -> a1 -[256, dropOldest]-> b2.(left[3], _) -> [self, @room]
    graph Inner(a: Int = 1) { inbox for: Text }
    if $some and not ($half == 2.5) or true { send -> close } else if false { on = On() } else { x -> y }
    for in in ["for", "in"] { for -> in }
    test "says 1" of Foo {
        send   inbox: "a", 1
        close inbox
        cases one, cases {
            "a": 1, "b"  # 2
        }
        expect outbox recorded: nothing in any order
        expect recorded recorded: "a", recorded
        advance 1s
        expect outbox matching r"a"
        expect nothing within 1min
        expect outbox closed
    }
    """#
}
