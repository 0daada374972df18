/// What the program says to its caller when it ends.
package struct ExitStatus: RawRepresentable, Sendable, Hashable {
  package let rawValue: Int32

  package init(rawValue: Int32) { self.rawValue = rawValue }

  /// All is well; there may have been warnings.
  package static let fine = ExitStatus(rawValue: 0)
  /// Errors were found, or the verb could not do its work.
  package static let errors = ExitStatus(rawValue: 1)
  /// The command line was wrong.
  package static let usage = ExitStatus(rawValue: 2)
  /// The graph failed while it ran.
  package static let failed = ExitStatus(rawValue: 3)
}
