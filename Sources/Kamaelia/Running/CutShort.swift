/// Makes sure that the end of a component's inboxes means that all has come, and not that the graph is ended at once.
///
/// For components that do at the end what must not be done by halves, such as putting a file in its place.
///
/// - Throws: `CancellationError` when the component is told to stop, or the whole graph is ended at once.
package func checkNotCutShort() throws {
  try Task.checkCancellation()
  if Instance.current?.isCut == true { throw CancellationError() }
}
