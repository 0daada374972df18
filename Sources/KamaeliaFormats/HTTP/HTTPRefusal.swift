/// Why a message is not read on: what to answer and what was wrong.
///
/// Where a message ends is not known after it, so the connection closes once the answer is sent.
package struct HTTPRefusal: Error, Sendable, Equatable, CustomStringConvertible {
  /// The status of the answer, such as 400.
  package let status: HTTPStatus
  /// What was wrong, as a sentence without a full stop.
  package let reason: String

  package init(_ status: HTTPStatus, _ reason: String) {
    self.status = status
    self.reason = reason
  }

  package var description: String { "\(status.code) \(status.phrase): \(reason)" }
}
