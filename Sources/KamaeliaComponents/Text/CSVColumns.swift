import Kamaelia

/// The names of columns, each of which is to be there once, so that no value hides another one. Names are the same that have the
/// same Unicode scalars.
enum CSVColumns {
  /// - Parameter names: what the parameter `columns` holds.
  static func check(_ names: [String]?) throws(ParameterError) {
    guard let names else { return }
    if names.isEmpty { throw ParameterError("parameter `columns` has no names") }
    var seen: Set<TextKey> = []
    if let name = names.first(where: { !seen.insert(TextKey($0)).inserted }) {
      throw ParameterError("parameter `columns` has the name \(Excerpt.of(name)) twice")
    }
  }

  /// The names in their order, with a number behind each that was there before: the second `size` becomes `size_2`.
  ///
  /// - Parameter warn: gets a sentence for each name that is another one now.
  static func unique(_ names: [String], warn: (String) -> Void) -> [String] {
    var taken = Set(names.map(TextKey.init))
    var seen: Set<TextKey> = []
    return names.map { name in
      if seen.insert(TextKey(name)).inserted { return name }
      var number = 2
      while !taken.insert(TextKey("\(name)_\(number)")).inserted { number += 1 }
      warn("two columns are named \(Excerpt.of(name)): one of them is called \(Excerpt.of("\(name)_\(number)"))")
      return "\(name)_\(number)"
    }
  }
}
