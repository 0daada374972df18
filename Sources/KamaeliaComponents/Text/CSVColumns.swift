/// The names of columns, each of which is to be there once, so that no value hides another one.
enum CSVColumns {
  /// The first name that is there before.
  static func doubled(in names: [String]) -> String? {
    var seen: Set<String> = []
    return names.first { !seen.insert($0).inserted }
  }

  /// The names in their order, with a number behind each that was there before: the second `size` becomes `size_2`.
  ///
  /// - Parameter warn: gets a sentence for each name that is another one now.
  static func unique(_ names: [String], warn: (String) -> Void) -> [String] {
    var taken = Set(names)
    var seen: Set<String> = []
    return names.map { name in
      if seen.insert(name).inserted { return name }
      var number = 2
      while !taken.insert("\(name)_\(number)").inserted { number += 1 }
      warn("two columns are named \(Excerpt.of(name)): one of them is called \(Excerpt.of("\(name)_\(number)"))")
      return "\(name)_\(number)"
    }
  }
}
