import KGraph

/// What the server is told of the machine that it runs on, besides files.
package struct Machine: Sendable {
  let hasEnded: @Sendable (_ process: Int32) async -> Bool
  let page: @Sendable (Code) -> String?

  /// - Parameters:
  ///   - hasEnded: waits until the process with that number has ended; false where it was cancelled before, or where
  ///     nothing can be known of the process.
  ///   - page: the URI of a page about a code, which is there when it is asked for; nil where there is none.
  package init(
    hasEnded: @escaping @Sendable (_ process: Int32) async -> Bool = { _ in false },
    page: @escaping @Sendable (Code) -> String? = { _ in nil }
  ) {
    self.hasEnded = hasEnded
    self.page = page
  }
}
