import Kamaelia
import KamaeliaFormats

/// Fields that a graph wants in each answer of a server, or in each request of a client.
struct ExtraFields: Sendable {
  private var fields = HTTPFields()

  /// Those that say how an answer is cut into bytes, or what only the server knows.
  static let ofServer: Set = [
    "connection", "content-length", "content-range", "content-type", "date", "keep-alive", "sec-websocket-accept",
    "trailer", "transfer-encoding", "upgrade",
  ]

  init() {}

  /// - Parameters:
  ///   - lines: each a name, a colon and a value.
  ///   - own: the names, in small letters, of those that are said in any case.
  ///   - speaker: who says them, for messages.
  init(
    _ lines: [String], besides own: Set<String> = ofServer, whose speaker: String = "the server"
  ) throws(ParameterError) {
    for line in lines {
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        throw ParameterError(
          "parameter `fields` takes lines such as `Cache-Control: no-cache`, not \(Excerpt.of(line))")
      }
      let (name, value) = (String(parts[0]), String(parts[1].drop { $0 == " " }))
      if own.contains(name.lowercased()) {
        throw ParameterError("parameter `fields` has `\(name)`, which \(speaker) says itself")
      }
      do { try fields.add(name, value) } catch {
        throw ParameterError("parameter `fields` has \(Excerpt.of(line)), and no field can be written like that")
      }
    }
  }

  /// - Returns: the fields of an answer with these behind them, but for those that it has already.
  func added(to answer: HTTPFields) -> HTTPFields {
    var all = answer
    all.fill(from: fields)
    return all
  }
}
