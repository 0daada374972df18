import Kamaelia

/// Checks graphs: everything that can be known before launch is said, all of it in one run.
///
/// Pure but for the files that its loader reads.
package struct Checker: Sendable {
  /// What the graph is checked for.
  package enum Purpose: Sendable, Hashable {
    /// A parameter of the file may be without a value: an importing file will give it.
    case use
    /// It is to run now.
    case run
  }

  let library: Library
  let loader: any SourceLoader
  let limits: Limits
  private let kept: KeptAnswers?
  /// Whether fixes are tried before they are offered.
  private let triesFixes: Bool

  /// - Parameters:
  ///   - kept: what components have answered in earlier checks, for who checks often.
  ///   - triesFixes: false for who counts errors only, and does so often.
  package init(
    library: Library, loader: any SourceLoader, limits: Limits = .standard, kept: KeptAnswers? = nil,
    triesFixes: Bool = true
  ) {
    self.triesFixes = triesFixes
    self.kept = kept
    self.library = library
    self.loader = loader
    self.limits = limits
  }

  /// Checks a text.
  ///
  /// - Parameters:
  ///   - source: its name is the path that imports are relative to.
  ///   - settings: values of the file's parameters, as written after `--set name=`.
  ///   - severities: what the user wants to be told.
  package func check(
    _ source: Source, settings: [String: String] = [:], for purpose: Purpose = .use, severities: Severities = .init()
  ) -> Checked {
    check(GraphFile.parse(source), settings: settings, for: purpose, severities: severities)
  }

  /// The same for a text that has been read.
  package func check(
    _ file: GraphFile, settings: [String: String] = [:], for purpose: Purpose = .use, severities: Severities = .init()
  ) -> Checked {
    examine(file, settings: settings, for: purpose, severities: severities, isSurvey: false).checked
  }

  /// - Parameter isSurvey: whether to remember what was found about parts of the graph, and make no plans.
  func examine(
    _ file: GraphFile, settings: [String: String], for purpose: Purpose, severities: Severities, isSurvey: Bool
  ) -> (checked: Checked, program: Program, analysis: Analysis) {
    let findings = Findings()
    var resolver = Resolver(loader: loader, limits: limits, findings: findings)
    let number = resolver.add(file, identity: loader.identity(of: file.source.name))
    let program = resolver.program
    let expander = Expander(program, library, limits, findings)
    var analysis = Analysis(expander, facts: isSurvey ? Facts() : nil, kept: kept, buildsPlans: !isSurvey)
    let main = program.graphs[program.files[number].graph]
    let (arguments, missing) = bind(settings, to: main, expander, for: purpose)
    let plan = analysis.add(main.id, arguments, at: main.place)
    // Before tests and graphs that nothing uses add theirs.
    let needs = analysis.needs
    let tests = TestChecks(expander, main).all(&analysis)
    analysis.addRest()
    Lints(expander).run()
    var diagnostics = severities.apply(findings.diagnostics, program)
    let hasErrors = diagnostics.contains { $0.severity == .error }
    if triesFixes {
      let answers = kept ?? KeptAnswers()
      let trial = Checker(library: library, loader: loader, limits: limits, kept: answers, triesFixes: false)
      let tries = FixCheck(source: file.source) { source in
        trial.check(source, settings: settings, for: purpose, severities: severities).diagnostics
          .filter { $0.severity == .error }
      }
      diagnostics = tries.tried(diagnostics, cost: FixCheck.cost(of: program, expander.expanded))
    }
    let sources = program.files.map(\.tree.source)
    let checked = Checked(
      plan: hasErrors || !missing.isEmpty ? nil : plan, diagnostics: Report(diagnostics, files: sources).diagnostics,
      sources: sources, tests: Self.runnable(tests, of: main, diagnostics), missing: missing,
      needs: needs)
    return (checked, program, analysis)
  }

  /// The tests that can run: all but those with an error inside, and none where there is one elsewhere.
  private static func runnable(
    _ tests: [CheckedTest], of main: GraphDefinition, _ diagnostics: [Diagnostic]
  ) -> [CheckedTest] {
    var spoiled: [Place] = []
    for diagnostic in diagnostics where diagnostic.severity == .error {
      let place = diagnostic.place
      guard
        let test = main.tests.first(where: {
          $0.place.source === place.source && $0.place.range.contains(place.range.lowerBound)
        })
      else { return [] }
      spoiled.append(test.place)
    }
    return tests.filter { test in !spoiled.contains { $0.range.contains(test.place.range.lowerBound) } }
  }

  private func bind(
    _ settings: [String: String], to main: GraphDefinition, _ expander: Expander, for purpose: Purpose
  ) -> ([String: Evaluated], missing: [String]) {
    let names = main.parameters.map(\.name.text)
    for name in settings.keys.sorted() where !names.contains(name) {
      expander.findings.report(.unknownSetting(name, Setting.source(name, settings[name] ?? ""), candidates: names))
    }
    var missing: [String] = []
    let values = expander.bind(to: main) { parameter, type in
      if let text = settings[parameter.name.text] {
        return Setting.read(text, for: parameter, type, expander)
      }
      guard parameter.defaultValue == nil else { return nil }
      missing.append(parameter.name.text)
      if purpose == .run { expander.findings.report(.missingSetting(parameter)) }
      return nil
    }
    return (values, missing)
  }
}

/// What came of a check.
package struct Checked: Sendable {
  /// What can run; nil if there is an error, or if parameters of the file have no value.
  package let plan: Plan?
  /// Of all files, in the order of files and places.
  package let diagnostics: [Diagnostic]
  /// The files that were read, the one that was asked for first.
  package let sources: [Source]
  /// The tests of the file that can run; none if there is an error outside of tests.
  package let tests: [CheckedTest]
  /// The parameters of the file that have neither a default nor a value.
  package let missing: [String]
  /// What the graph needs of the machine, with the graphs that its components make; each once, in no order.
  package let needs: [GraphNeed]

  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// The same with more that is wrong.
  package func refused(_ more: [Diagnostic]) -> Checked {
    guard !more.isEmpty else { return self }
    return Checked(
      plan: nil, diagnostics: Report(diagnostics + more, files: sources).diagnostics, sources: sources, tests: [],
      missing: missing, needs: needs)
  }
}
