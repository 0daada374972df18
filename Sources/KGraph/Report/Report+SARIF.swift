import Kamaelia

extension Report {
  /// A log that code scanners read, with every code that occurs as a rule and its explanation as help.
  ///
  /// - Note: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0". Columns count UTF-16 code units
  ///   (3.14.17), an end is exclusive (3.30.8), braces in a message are doubled (3.11.5).
  package func sarif(version: String) -> String {
    var ranks: [String: Int] = [:]
    let codes = Set(diagnostics.map(\.code)).sorted { $0.name < $1.name }
    for code in codes { ranks[code.name] = ranks.count }
    let driver = SARIFLog.Driver(name: "kamaelia", version: version, rules: codes.map { SARIFLog.Rule($0) })
    let run = SARIFLog.Run(
      tool: SARIFLog.Tool(driver: driver),
      results: diagnostics.map { SARIFLog.Result($0, ruleIndex: ranks[$0.code.name] ?? 0) })
    return JSONText.of(SARIFLog(runs: [run]), isPretty: true) + "\n"
  }
}

/// The part of SARIF that we write; names are the standard's.
private struct SARIFLog: Encodable {
  var schema = "https://json.schemastore.org/sarif-2.1.0.json"
  var version = "2.1.0"
  let runs: [Run]

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  struct Run: Encodable {
    var columnKind = "utf16CodeUnits"
    let tool: Tool
    let results: [Result]
  }

  struct Tool: Encodable { let driver: Driver }

  struct Driver: Encodable {
    let name: String
    let version: String
    let rules: [Rule]
  }

  struct Rule: Encodable {
    struct Configuration: Encodable { let level: String }

    let id: String
    let shortDescription: Text
    let fullDescription: Text
    let help: Text
    let defaultConfiguration: Configuration

    init(_ code: Code) {
      id = code.name
      shortDescription = Text(code.title)
      fullDescription = Text(code.explanation.isEmpty ? code.title : code.explanation)
      var words = code.explanation.isEmpty ? code.title : code.explanation
      if !code.example.isEmpty { words += "\n\nFor example:\n\n\(SARIFLog.indented(code.example))" }
      if !code.commands.isEmpty { words += "\n\nFor example:\n\n\(SARIFLog.indented(code.commands))" }
      if !code.mended.isEmpty { words += "\n\nMended:\n\n\(SARIFLog.indented(code.mended))" }
      help = Text(words, markdown: words)
      defaultConfiguration = Configuration(level: code.severity.rawValue)
    }
  }

  /// A message or a description. Markdown, where given, is the same words.
  struct Text: Encodable {
    let text: String
    let markdown: String?

    init(_ text: String, markdown: String? = nil) {
      self.text = text
      self.markdown = markdown
    }
  }

  struct Result: Encodable {
    let ruleId: String
    let ruleIndex: Int
    let level: String
    let message: Text
    let locations: [Location]
    let relatedLocations: [Location]?
    let fixes: [Fix]?

    init(_ diagnostic: Diagnostic, ruleIndex: Int) {
      ruleId = diagnostic.code.name
      self.ruleIndex = ruleIndex
      level = diagnostic.severity.rawValue
      let words = [diagnostic.message] + diagnostic.helps.map { "help: \($0)" }
      message = Text(SARIFLog.escaped(words.joined(separator: "\n")))
      locations = [Location(diagnostic.place, diagnostic.caption)]
      let related = diagnostic.labels.enumerated().map { Location($1.place, $1.text, id: $0 + 1) }
      relatedLocations = related.isEmpty ? nil : related
      let fixes = diagnostic.fixes.filter { !$0.edits.isEmpty }.map { Fix($0) }
      self.fixes = fixes.isEmpty ? nil : fixes
    }
  }

  struct Location: Encodable {
    let id: Int?
    let physicalLocation: PhysicalLocation
    let message: Text?

    init(_ place: Place, _ words: String, id: Int? = nil) {
      self.id = id
      physicalLocation = PhysicalLocation(
        artifactLocation: ArtifactLocation(place.source), region: Region(place))
      message = words.isEmpty ? nil : Text(SARIFLog.escaped(words))
    }
  }

  struct PhysicalLocation: Encodable {
    let artifactLocation: ArtifactLocation
    let region: Region
  }

  struct ArtifactLocation: Encodable {
    let uri: String

    init(_ source: Source) { uri = SARIFLog.uri(source.name) }
  }

  struct Region: Encodable {
    let startLine: Int
    let startColumn: Int
    let endLine: Int
    let endColumn: Int

    init(_ place: Place) {
      let place = ReportPlace(place, columnsIn: .utf16)
      (startLine, startColumn) = (place.line, place.column)
      (endLine, endColumn) = (place.endLine, place.endColumn)
    }
  }

  struct Fix: Encodable {
    struct Change: Encodable {
      let artifactLocation: ArtifactLocation
      let replacements: [Replacement]
    }

    struct Replacement: Encodable {
      struct Content: Encodable { let text: String }

      let deletedRegion: Region
      let insertedContent: Content
    }

    let description: Text
    let artifactChanges: [Change]

    init(_ fix: Diagnostic.Fix) {
      description = Text(SARIFLog.escaped(fix.title))
      var sources: [Source] = []
      for edit in fix.edits where !sources.contains(where: { $0 === edit.place.source }) {
        sources.append(edit.place.source)
      }
      artifactChanges = sources.map { source in
        let edits = fix.edits.filter { $0.place.source === source }
        return Change(
          artifactLocation: ArtifactLocation(source),
          replacements: edits.map {
            Replacement(deletedRegion: Region($0.place), insertedContent: .init(text: $0.replacement))
          })
      }
    }
  }

  static func indented(_ text: String) -> String {
    text.lines
      .map { $0.isEmpty ? "" : "    " + $0 }.joined(separator: "\n")
  }

  /// Doubles braces, which would be placeholders, and escapes brackets where they would read as a link.
  static func escaped(_ text: String) -> String {
    var result = ""
    let hasLink = text.contains("](")
    for character in text {
      switch character {
      case "{", "}": result += "\(character)\(character)"
      case "[" where hasLink, "]" where hasLink: result += "\\\(character)"
      default: result.append(character)
      }
    }
    return result
  }

  /// A file name as a URI reference (RFC 3986, 4.2).
  static func uri(_ name: String) -> String {
    let digits = Array("0123456789ABCDEF")
    var result = name.hasPrefix("/") ? "file://" : ""
    for byte in name.utf8 {
      let character = Character(Unicode.Scalar(byte))
      if byte < 0x80, character.isLetter || character.isNumber || "-._~/@!$&'()*+,;=".contains(character) {
        result.append(character)
      } else {
        result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    return result
  }
}
