import Fixtures
import Foundation
import Testing

@testable import KGraph

/// The grammars of editors are held against the lexer and the parser.
@Suite(.timeLimit(.minutes(1))) struct EditorGrammarTests {
  static let files = [
    "vscode/syntaxes/kgraph.tmLanguage.json", "vim/syntax/kgraph.vim", "tree-sitter/grammar.js",
  ]

  @Test(arguments: files) func `A grammar knows every word, sign and unit of the language`(file: String) throws {
    let text = try String(contentsOf: Look.grammar.appending(path: file), encoding: .utf8)
    let words = Set(text.matches(of: /[A-Za-z_]+/).map { String($0.output) })
    let missing = (Look.words + Unit.all.map(\.name)).filter { !words.contains($0) && $0 != "%" }
    #expect(missing == [])
    #expect(text.contains("%"))
    if file.hasSuffix(".js") {
      let signs = Token.Kind.allCases.compactMap(\.sign).filter { !["\"", "`", "${"].contains($0) }
      #expect(signs.filter { !text.contains("\"\($0)\"") && !text.contains("'\($0)'") } == [])
    }
  }

  @Test func `The files around the grammar of VS Code fit together`() throws {
    let folder = Look.grammar.appending(path: "vscode")
    func read(_ name: String) throws -> [String: Any] {
      let data = try Data(contentsOf: folder.appending(path: name))
      return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
    let manifest = try read("package.json")
    let contributes = try #require(manifest["contributes"] as? [String: Any])
    let languages = try #require(contributes["languages"] as? [[String: Any]])
    let grammars = try #require(contributes["grammars"] as? [[String: Any]])
    for entry in languages { _ = try read(try #require(entry["configuration"] as? String)) }
    for entry in grammars {
      #expect(try read(try #require(entry["path"] as? String))["scopeName"] as? String == entry["scopeName"] as? String)
    }
    let main = try #require(manifest["main"] as? String)
    #expect(FileManager.default.fileExists(atPath: folder.appending(path: main).path))
  }

  @Test(arguments: Look.texts.map(\.name)) func `TextMate's rules see what the lexer sees`(name: String) throws {
    let source = try #require(Look.texts.first { $0.name == name })
    let textMate = try TextMate(Look.grammar.appending(path: "vscode/syntaxes/kgraph.tmLanguage.json"))
    let text = source.text(0..<source.bytes.count)
    var scopes: [String] = []
    for (scope, unit) in zip(textMate.scopes(of: text), text.utf16) {
      // A byte for a byte; the second half of a pair has what the first had.
      let bytes = unit < 0x80 ? 1 : unit < 0x800 ? 2 : UTF16.isTrailSurrogate(unit) ? 1 : 3
      scopes += [String](repeating: scope, count: bytes)
    }
    let looks: [Look] = scopes.map { scope in
      if scope.hasPrefix("comment") { return .comment }
      if scope.hasPrefix("string") || scope.hasPrefix("constant.character") { return .text }
      if scope.hasPrefix("constant.numeric") || scope.hasPrefix("keyword.other.unit") { return .number }
      return scope.hasPrefix("keyword.control") ? .keyword : .other
    }
    #expect(Self.differences(source, looks) == [])
  }

  private static let vims: [String] = ["vim", "nvim"].filter {
    guard let run = try? FinishedProgram.run([$0, "--version"]) else { return false }
    return run.status == 0 && ($0 == "nvim" || run.output.contains("+syntax"))
  }

  @Test(.enabled(if: !vims.isEmpty, "neither vim nor nvim is here"), arguments: vims)
  func `Vim sees what the lexer sees`(program: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "kamaelia-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var script = """
      set nocompatible encoding=utf-8 nomore
      set runtimepath^=\(Look.grammar.appending(path: "vim").path)
      filetype plugin on
      syntax on

      """
    for source in Look.texts {
      let name = source.name.hasSuffix(".kgraph") ? source.name : source.name + ".kgraph"
      try Data(source.bytes).write(to: folder.appending(path: name))
      script += """
        edit \(folder.path)/\(name)
        let lines = [&filetype . ' ' . &shiftwidth]
        for number in range(1, line('$'))
          let names = map(range(1, col([number, '$']) - 1), 'synIDattr(synID(number, v:val, 1), "name")')
          call add(lines, join(names, ' ,'))
        endfor
        call writefile(lines, '\(folder.path)/\(name).looks')

        """
    }
    let file = folder.appending(path: "looks.vim")
    try Data((script + "qall!\n").utf8).write(to: file)
    let run = try FinishedProgram.run([
      "env", "HOME=\(folder.path)", "timeout", "50", program, "-u", "NONE", "-i", "NONE", "-n", "-es", "-S", file.path,
    ])
    #expect(run?.output == "")
    for source in Look.texts {
      let name = source.name.hasSuffix(".kgraph") ? source.name : source.name + ".kgraph"
      let lines = try String(contentsOf: folder.appending(path: name + ".looks"), encoding: .utf8).split(
        separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.first == "kgraph 4")
      var looks = [Look](repeating: .other, count: source.bytes.count)
      for (number, line) in lines.dropFirst().enumerated() where number < source.lineStarts.count {
        for (column, group) in line.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
          let index = source.lineStarts[number] + column
          if index < looks.count { looks[index] = Self.look(group.filter { $0 != " " }) }
        }
      }
      #expect(Self.differences(source, looks) == [])
    }
  }

  private static func look(_ group: String) -> Look {
    switch group {
    case "kgraphComment", "kgraphDocumentation", "kgraphShebang", "kgraphTodo": .comment
    case "kgraphText", "kgraphRawText", "kgraphCommand", "kgraphEscape": .text
    case "kgraphNumber": .number
    case "kgraphStatement", "kgraphStep": .keyword
    default: .other
    }
  }

  /// Where a grammar shows something else than the language says; the first few.
  private static func differences(_ source: Source, _ looks: [Look]) -> [String] {
    var differences: [String] = []
    for (index, (expected, found)) in zip(Look.all(in: source), looks).enumerated() {
      guard let expected, expected != found, differences.count < 3 else { continue }
      let place = Place(source, index..<index)
      differences.append("\(place) is \(expected), shown as \(found): \(source.lineText(source.line(of: index)))")
    }
    return differences
  }
}
