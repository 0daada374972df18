import Kamaelia

/// What can be said of a host's name without looking it up.
enum HostName {
  /// - Throws: what is wrong with the name, for the author of a graph.
  static func check(_ name: String, _ parameter: String) throws(ParameterError) {
    if let problem = problem(with: name) {
      throw ParameterError("parameter `\(parameter)` takes the name or the address of a host, \(problem)")
    }
  }

  /// What is wrong with a name; nil where nothing is.
  static func problem(with name: String) -> String? {
    if name.isEmpty { return "and this one is empty" }
    if name.utf8.count > 253 { return "and this one is longer than the 253 bytes that one may have" }
    if name.contains("://") { return "not a URL such as \(Excerpt.of(name))" }
    let isOdd = name.unicodeScalars.contains {
      $0.value <= 32 || $0.value == 127 || "/\\\"'@[]".unicodeScalars.contains($0)
    }
    return isOdd ? "not \(Excerpt.of(name))" : nil
  }
}
