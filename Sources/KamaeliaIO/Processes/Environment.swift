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

  /// Decides which variables programs get that this process starts from now on.
  ///
  /// - Parameter isGiven: told the name of each.
  package static func limitForPrograms(to isGiven: (String) -> Bool) {
    let given = current.filter { isGiven($0.key) }
    limited.withLock { $0 = given }
  }

  /// What programs get: all, unless ``limitForPrograms(to:)`` was called.
  static var ofPrograms: [String: String] { limited.withLock { $0 } ?? current }

  private static let limited = Lock<[String: String]?>(nil)
}
