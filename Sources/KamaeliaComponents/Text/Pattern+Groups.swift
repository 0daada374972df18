import Kamaelia

extension Pattern {
  /// The names of its groups, in their order: what they are called, or their numbers from 1; nil where that is not known.
  var groups: [String]? {
    do {
      // Groups are there whether or not they take part, and one of the two choices is found in any text. The line's end
      // ends a comment, where the pattern has one at its end.
      let match = try Regex("(?:\(source)\n)|").matchingSemantics(.unicodeScalar).wholeMatch(in: "")
      return match.map { match in match.output.indices.dropFirst().map { match.output[$0].name ?? "\($0)" } }
    } catch {
      return nil
    }
  }
}
