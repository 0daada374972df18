import Foundation
import KGraph
import Kamaelia

/// Checks graph files as the options of a command line ask for.
struct GraphCheck {
  let library: Library
  let severities: Severities
  let settings: [String: String]
  /// Nil where a graph may do everything.
  let permissions: Permissions?

  /// - Throws: ``CommandError/usage(_:help:)`` for a code that does not exist and for a setting without a name.
  init(_ library: Library, _ invocation: Invocation) throws(CommandError) {
    self.library = library
    let arguments = invocation.arguments
    let declared = Set(invocation.verb.options.map(\.name))
    let isRun = declared.contains("permit")
    let denied = declared.contains("deny") ? arguments.values("deny") : []
    let denials = isRun ? denied.filter(Grant.isMeant) : []
    permissions = isRun ? try Permissions(permits: arguments.values("permit"), denials: denials) : nil
    severities =
      declared.contains("deny")
      ? Severities(
        deny: try Self.codes(denied.filter { !denials.contains($0) }, mayBeAll: true),
        warn: try Self.codes(arguments.values("warn")),
        allow: try Self.codes(arguments.values("allow"), mayBeAll: true))
      : Severities()
    settings = declared.contains("set") ? try Self.settings(arguments.values("set")) : [:]
  }

  private static func codes(_ names: [String], mayBeAll: Bool = false) throws(CommandError) -> Set<String> {
    var codes: Set<String> = []
    for name in names {
      if mayBeAll, name == "warnings" {
        codes.insert(name)
        continue
      }
      guard let code = Code.written(name) else {
        let isAll = mayBeAll && ["all", "warning", "warn", "everything", "*"].contains(name.lowercased())
        let near = (isAll ? ["warnings"] : Code.meant(by: name, limit: 3).map(\.name)).map { "`\($0)`" }
        throw .usage(
          "there is no code `\(name)`",
          help: [near.isEmpty ? "`kamaelia explain` lists them" : "did you mean \(near.joined(separator: " or "))?"])
      }
      codes.insert(code.name)
    }
    return codes
  }

  private static func settings(_ words: [String]) throws(CommandError) -> [String: String] {
    var settings: [String: String] = [:]
    for word in words {
      guard let sign = word.firstIndex(of: "="), sign > word.startIndex else {
        throw .usage("`--set` wants a name and a value: `--set NAME=VALUE`, not `\(word)`")
      }
      let name = String(word[..<sign])
      guard settings.updateValue(String(word[word.index(after: sign)...]), forKey: name) == nil else {
        throw .usage("`--set \(name)=…` is given twice")
      }
    }
    return settings
  }

  /// Checks a text; imports are relative to its name, and may not leave the folder that the program runs in, or the file's
  /// own where that lies elsewhere.
  func check(_ source: Source, for purpose: Checker.Purpose) -> Checked {
    let checked = Checker(library: library, loader: FileLoader(root: Self.root(of: source.name)))
      .check(source, settings: settings, for: purpose, severities: severities)
    return checked.refused(permissions?.objections(to: checked.needs) ?? [])
  }

  /// The same text for `.fbp`; nil with what is wrong.
  func flowGraph(_ source: Source) -> (graph: FBPGraph?, diagnostics: [Diagnostic]) {
    Checker(library: library, loader: FileLoader(root: Self.root(of: source.name)))
      .flowGraph(source, settings: settings)
  }

  private static func root(of path: String) -> String {
    let here = URL(filePath: ".").resolvingSymlinksInPath().path
    let file = URL(filePath: path).resolvingSymlinksInPath()
    if file.path.hasPrefix(here.hasSuffix("/") ? here : here + "/") { return "." }
    return path.hasPrefix("/") || path.contains("/") ? file.deletingLastPathComponent().path : "."
  }

  /// The graph that a verb is given: a file, standard input, or the text behind `-e`.
  static func source(_ invocation: Invocation) throws(CommandError) -> Source {
    let arguments = invocation.arguments
    switch (arguments.value("e"), arguments.positionals.first) {
    case (let text?, nil): return Source(name: "-e", text: text)
    case (nil, let path?): return try GraphFiles.read(path)
    case (nil, nil):
      throw .usage("`\(invocation.verb.name)` wants a graph: a FILE, or `-e GRAPH`")
    case (.some, .some): throw .usage("`-e` is given, and a file as well")
    }
  }
}
