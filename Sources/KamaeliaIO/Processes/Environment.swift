import Glibc

/// The environment of this process.
package enum Environment {
  /// Its variables as they were at the first use; later changes by `setenv` do not show, since reading them then would
  /// race with the change.
  package static let current: [String: String] = {
    var variables: [String: String] = [:]
    var place = environ
    while let entry = place.pointee {
      let text = String(cString: entry)
      if let sign = text.firstIndex(of: "=") {
        variables[String(text[..<sign])] = String(text[text.index(after: sign)...])
      }
      place += 1
    }
    return variables
  }()
}
