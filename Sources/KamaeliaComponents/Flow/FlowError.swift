/// Why a component of the fields Flow, Timing and Numbers failed.
enum FlowError: Error, Hashable, CustomStringConvertible {
  /// What `Fail` was asked to say.
  case asked(String)
  /// There is more to keep in memory than `parameter` allows.
  case tooMuch(String, limit: Int, parameter: String)
  /// What is kept does not fit into the memory that the run may have: what takes it.
  case tooLarge(String)
  /// A sum that its type cannot hold.
  case overflow(String)
  /// A message that `Switch` can send nowhere: why.
  case unmatched(String)

  var description: String {
    switch self {
    case .asked(let text): text
    case .tooMuch(let what, let limit, let parameter):
      "more than \(limit) \(what): raise `\(parameter)` if that is meant"
    case .tooLarge(let what): "\(what) more memory than `--max-memory` allows"
    case .overflow(let what): "\(what) is too large"
    case .unmatched(let why): "\(why) (link the outbox `unmatched` to take such messages elsewhere)"
    }
  }
}
