import Glibc

/// Programs by name.
package enum Program {
  /// Finds the program that `name` means, as a shell would.
  ///
  /// A name with a `/` is a path and only checked. Any other is looked for in the folders of `path` in order; an empty
  /// entry is the working folder. What is found is a regular file that this user may run.
  ///
  /// - Parameter path: folders with `:` between; `PATH` of the environment, or `/usr/bin:/bin`, if left out.
  /// - Returns: a path for ``Launch``; `nil` if there is none.
  package static func find(_ name: String, path: String? = nil) -> String? {
    guard !name.isEmpty, !name.utf8.contains(0) else { return nil }
    if name.utf8.contains(UInt8(ascii: "/")) { return isProgram(name) ? name : nil }
    for folder in (path ?? Environment.current["PATH"] ?? "/usr/bin:/bin").split(
      separator: ":", omittingEmptySubsequences: false)
    {
      let candidate = folder.isEmpty ? "./\(name)" : "\(folder)/\(name)"
      if isProgram(candidate) { return candidate }
    }
    return nil
  }

  private static func isProgram(_ path: String) -> Bool {
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return false }
    // With the rights that exec will use; root may run only what somebody may.
    return faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) == 0
  }
}
