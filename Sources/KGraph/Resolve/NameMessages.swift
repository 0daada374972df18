/// What is said about names, declarations and imports.
extension Diagnostic {
  /// Fixes that write one of the names nearest to what stands at `place`.
  static func renaming(_ place: Place, _ name: String, among candidates: [String], writing prefix: String = "") -> [Fix]
  {
    Suggestions.closest(to: name, among: candidates).map {
      Fix("write `\(prefix)\($0)`", [.init(place, prefix + $0)])
    }
  }

  /// Names in backticks, in alphabetical order; the first ten of many.
  static func listed(_ names: [String]) -> String {
    let sorted = Set(names).sorted()
    let shown = sorted.prefix(10).map { "`\($0)`" }.joined(separator: ", ")
    return sorted.count > 10 ? "\(shown), … (\(sorted.count) in all)" : shown
  }

  /// `instance "out" is declared twice`
  static func declaredTwice(_ kind: String, _ name: Name, first: Place) -> Diagnostic {
    Diagnostic(
      .declaredTwice, "\(kind) `\(name.text)` is declared twice", at: name.place, caption: "the second time",
      labels: [Label(first, "first declared here")])
  }

  /// Says: a graph has `defaults` once.
  static func defaultsTwice(_ second: DefaultsDeclaration, first: DefaultsDeclaration) -> Diagnostic {
    Diagnostic(
      .declaredTwice, "a graph has `defaults` once", at: second.place, caption: "the second time",
      labels: [Label(first.place, "the first time")])
  }

  /// Says: this belongs to the graph as a whole, not into `…`.
  static func declarationInside(_ statement: Statement, word: String) -> Diagnostic {
    Diagnostic(
      .declarationInside, "this belongs to the graph as a whole, not into `\(word)`", at: statement.place.firstLine,
      helps: ["`\(word)` holds instances and linkages; put this before it"])
  }

  /// Says: a test belongs to the file, not into a graph.
  static func testInGraph(_ test: TestDeclaration) -> Diagnostic {
    Diagnostic(
      .declarationInside, "a test belongs to the file, not into a graph", at: test.name.place,
      helps: ["put it after the graph and say what it tests: `test \(test.name.place.text) of Name() { … }`"])
  }

  // MARK: Imports

  /// Says: the path of an import cannot depend on a parameter.
  static func importPathWithParameter(_ path: TextLiteral) -> Diagnostic {
    Diagnostic(
      .importWithParameter, "the path of an import cannot depend on a parameter", at: path.place,
      caption: "imports are read before parameters have values")
  }

  /// Says: `…` declares no graph `…`.
  static func unknownGraphInFile(_ name: Name, file: String, _ names: [String]) -> Diagnostic {
    Diagnostic(
      .unknownGraphInFile, "`\(file)` declares no graph `\(name.text)`", at: name.place,
      helps: [
        names.isEmpty
          ? "it declares no graphs; `import \"…\" as Name` takes the file's own" : "it declares \(listed(names))"
      ],
      fixes: renaming(name.place, name.text, among: names))
  }

  /// Says: the path of an import is relative to the file that imports.
  static func absoluteImport(_ path: TextLiteral) -> Diagnostic {
    Diagnostic(
      .importLeavesRoot, "the path of an import is relative to the file that imports", at: path.place,
      caption: "this one begins with `/`")
  }

  /// Says: there is no file `…`.
  static func unreadableImport(_ path: TextLiteral, _ name: String, _ error: SourceError) -> Diagnostic {
    switch error {
    case .missing:
      Diagnostic(
        .unreadableFile, "there is no file `\(name)`", at: path.place,
        helps: ["paths are relative to the file that imports"])
    case .outside(let root, let link):
      Diagnostic(
        .importLeavesRoot, "this import leaves the root folder `\(root)`", at: path.place,
        caption: link ? "a link leads out of it" : "",
        helps: ["graphs import files from there and the folders inside it"])
    case .noFile: Diagnostic(.unreadableFile, "`\(name)` is no file", at: path.place)
    case .tooLarge(let limit):
      Diagnostic(.unreadableFile, "`\(name)` has more than \(limit >> 20) MiB", at: path.place)
    case .unreadable(let reason): Diagnostic(.unreadableFile, "`\(name)` cannot be read: \(reason)", at: path.place)
    }
  }

  /// Says: this file imports itself.
  ///
  /// - Parameter circle: the files, each with the import that leads to the next.
  static func importCircle(_ path: TextLiteral, _ circle: [(name: String, next: Place?)]) -> Diagnostic {
    let drawn = (circle.map(\.name) + [circle.first?.name ?? ""]).joined(separator: " -> ")
    let labels = zip(circle.dropLast(), circle.dropFirst()).compactMap { file, next in
      file.next.map { Label($0, "imports `\(next.name)`") }
    }
    return Diagnostic(
      .importCircle, circle.count == 1 ? "this file imports itself" : "these files import each other", at: path.place,
      caption: "leads back to `\(circle.first?.name ?? "")`", labels: labels, helps: [drawn])
  }

  /// Says: imports are nested more than … deep.
  static func importsTooDeep(_ path: TextLiteral, limit: Int) -> Diagnostic {
    Diagnostic(.tooDeep, "imports are nested more than \(limit) deep", at: path.place)
  }

  /// Says: the graph is made of more than … files.
  static func tooManyFiles(_ path: TextLiteral, limit: Int) -> Diagnostic {
    Diagnostic(.tooManyFiles, "the graph is made of more than \(limit) files", at: path.place)
  }
}

extension Diagnostic {
  /// Says: more than … things are wrong, and the rest is not said.
  static func tooManyFindings(_ place: Place, limit: Int) -> Diagnostic {
    Diagnostic(
      .tooManyFindings, "more than \(limit) things are wrong, and the rest is not said", at: place,
      caption: "this was the last")
  }
}

extension Place {
  /// The place up to the end of its first line.
  var firstLine: Place {
    let line = source.line(of: range.lowerBound)
    let end = line + 1 < source.lineStarts.count ? source.lineStarts[line + 1] - 1 : source.bytes.count
    return Place(source, range.lowerBound..<max(range.lowerBound, min(range.upperBound, end)))
  }

  /// The point behind it.
  var end: Place { Place(source, range.upperBound..<range.upperBound) }
}
