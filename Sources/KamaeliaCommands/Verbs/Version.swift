import Kamaelia

extension Verb {
  /// `version`.
  package static let version = Verb(
    "version", "show the version",
    examples: [Example("kamaelia version", "The version, on one line.")]
  ) { invocation throws(CommandError) in
    try invocation.terminal.write("kamaelia \(Version.current)\n")
    return .fine
  }
}
