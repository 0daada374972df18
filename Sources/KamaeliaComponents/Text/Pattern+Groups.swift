import Kamaelia

extension Pattern {
  /// How many groups there are, named or not; nil where that is not known.
  var groupCount: Int? {
    do {
      // Groups are counted whether or not they take part, and one of the two choices is found in any text. The line's end
      // ends a comment, where the pattern has one at its end.
      return try Regex("(?:\(source)\n)|").matchingSemantics(.unicodeScalar).wholeMatch(in: "").map {
        $0.output.count - 1
      }
    } catch {
      return nil
    }
  }
}
