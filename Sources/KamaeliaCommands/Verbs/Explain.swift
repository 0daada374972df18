import Foundation
import KGraph
import Kamaelia

extension Verb {
  /// `explain [CODE]`.
  ///
  /// - Parameters:
  ///   - codes: all there are, in order.
  ///   - diagnose: checks the example of a code, so that it is shown with what is said about it; nil shows the example alone.
  package static func explain(
    _ codes: [Code], diagnose: (@Sendable (Code) -> [Diagnostic])? = nil
  ) -> Verb {
    Verb(
      "explain", "explain a code, such as K0301, with an example and its remedy",
      discussion: "Without a code, all codes are listed with what they stand for.",
      positionals: [
        Positional(
          "CODE", .described { codes.map { ($0.name, $0.title) } }, 0...Int.max,
          "codes in brackets behind `error` or `warning`, in letters of either case")
      ],
      options: [.value("format", "FORMAT", .oneOf(["text", "json"]), "how to write it")],
      examples: [
        Example("kamaelia explain K0301", "What it means that two boxes carry different types."),
        Example("kamaelia explain", "All codes."),
      ]
    ) { invocation throws(CommandError) in
      let terminal = invocation.terminal
      let isJSON = invocation.arguments.value("format") == "json"
      let names = invocation.arguments.positionals
      guard !names.isEmpty else {
        try terminal.write(isJSON ? json(codes) : list(codes, terminal))
        return .fine
      }
      var asked: [Code] = []
      for name in names {
        guard let code = Code.written(name, among: codes) else {
          throw .usage("there is no code `\(name)`", help: help(name, codes, invocation.program))
        }
        asked.append(code)
      }
      try terminal.write(
        isJSON ? json(asked) : asked.map { explanation($0, diagnose, terminal) }.joined(separator: "\n"))
      return .fine
    }
  }

  private static func help(_ name: String, _ codes: [Code], _ program: String) -> [String] {
    let meant = Code.meant(by: name, among: codes)
    guard let first = meant.first else { return ["`\(program) explain` lists them"] }
    if first.title.lowercased().contains(name.lowercased()) { return meant.map { "\($0.name): \($0.title)" } }
    return ["did you mean \(meant.map(\.name).joined(separator: " or "))?"]
  }

  private static func list(_ codes: [Code], _ terminal: Terminal) -> String {
    let rows = codes.map { code in
      (name: code.name, text: code.severity == .error ? code.title : "\(code.severity.rawValue): \(code.title)")
    }
    return Wrap.table(rows, width: min(100, terminal.width)).map { $0 + "\n" }.joined()
  }

  private static func explanation(
    _ code: Code, _ diagnose: (@Sendable (Code) -> [Diagnostic])?, _ terminal: Terminal
  ) -> String {
    let isColoured = terminal.writesColoured
    let width = min(100, terminal.width)
    let paint: Paint = code.severity == .error ? .error : code.severity == .warning ? .warning : .note
    var lines = [paint(code.name, isColoured: isColoured) + Paint.bold(": \(code.title)", isColoured: isColoured)]
    for paragraph in code.explanation.components(separatedBy: "\n\n") where !paragraph.isEmpty {
      lines += [""] + Wrap.lines(paragraph.replacingOccurrences(of: "\n", with: " "), width: width)
    }
    if !code.example.isEmpty {
      lines += ["", Paint.bold("For example:", isColoured: isColoured), ""] + indented(code.example)
      for (name, text) in code.files.sorted(by: { $0.key < $1.key }) {
        lines += ["", Paint.bold("with `\(name)`:", isColoured: isColoured), ""] + indented(text)
      }
    }
    if !code.commands.isEmpty {
      lines += [
        "",
        Paint.bold(code.example.isEmpty ? "For example:" : "in `example.kgraph`, and then:", isColoured: isColoured),
        "",
      ]
      lines += indented(code.commands)
    }
    let found = (diagnose?(code) ?? []).filter { $0.code == code }
    if !found.isEmpty {
      lines += ["", Paint.bold("What is said about it:", isColoured: isColoured)]
      for diagnostic in found {
        lines += [""] + indented(diagnostic.text(isColoured: isColoured, width: terminal.width - 4))
      }
    }
    if !code.mended.isEmpty {
      let heading = code.example.isEmpty && code.commands.isEmpty ? "Right would be:" : "Mended:"
      lines += ["", Paint.bold(heading, isColoured: isColoured), ""] + indented(code.mended)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func indented(_ text: String) -> [String] {
    var lines = text.lines
    while let last = lines.last, last.isEmpty { lines.removeLast() }
    return lines.map { $0.isEmpty ? "" : "    " + $0 }
  }

  private struct Explanation: Encodable {
    let code: String
    let severity: String
    let title: String
    let explanation: String
    let example: String
    let files: [String: String]
    let commands: String
    let mended: String
  }

  /// One object a line.
  private static func json(_ codes: [Code]) -> String {
    codes.map { code in
      JSONText.of(
        Explanation(
          code: code.name, severity: code.severity.rawValue, title: code.title, explanation: code.explanation,
          example: code.example, files: code.files, commands: code.commands, mended: code.mended)) + "\n"
    }.joined()
  }
}
