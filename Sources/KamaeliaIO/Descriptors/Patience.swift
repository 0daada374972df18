/// How often a descriptor may be hung up and yet have nothing to say.
///
/// A terminal whose other end is closed is ready for ever and takes nothing: to wait for it would be to ask again and
/// again. A report may also be older than a new writer of a named pipe, so the first one is not the last word.
struct Patience {
  private var hangUps = 0

  /// Whether to try again after `wake`.
  mutating func lasts(_ wake: Interest.Wake) -> Bool {
    hangUps = wake == .hungUp ? hangUps + 1 : 0
    return hangUps < 4
  }
}
