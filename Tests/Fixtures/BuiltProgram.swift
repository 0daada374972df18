import Glibc

/// A program of this package, built beside the tests.
package enum BuiltProgram {
  /// Where the program of that name is; the name alone where it was not built.
  package static func path(of name: String) -> String {
    // What runs the tests may be the package's own program or one of the toolchain's, with the bundle as argument.
    let files = CommandLine.arguments.prefix(1) + CommandLine.arguments.filter { $0.hasSuffix(".xctest") }
    return files.lazy.map { file in
      file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/\(name)"
    }.first { access($0, X_OK) == 0 } ?? name
  }
}
