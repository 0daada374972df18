import Kamaelia
import KamaeliaFormats

/// How messages are told apart in a stream, as a graph's author says it.
enum FrameStyle: String, ChoiceParameter {
  case length, delimiter, decimal

  static let details = """
    With `by: length`, a message follows its length in `width` bytes (1, 2, 4 or 8), the most significant one first; with \
    `by: delimiter`, it is followed by `delimiter` and does not hold it; with `by: decimal`, it follows its length in \
    decimal digits and a line feed.
    """

  /// - Throws: what is wrong with the other parameters, for the author of the graph.
  func framing(width: Int, delimiter: String) throws(ParameterError) -> Framing {
    switch self {
    case .length:
      guard [1, 2, 4, 8].contains(width) else {
        throw ParameterError("parameter `width` takes 1, 2, 4 or 8, not \(width)")
      }
      return .length(width: width)
    case .delimiter:
      guard !delimiter.isEmpty else { throw ParameterError("parameter `delimiter` is empty") }
      return .delimiter(Array(delimiter.utf8))
    case .decimal: return .decimal
    }
  }
}
