import Foundation
import FoundationNetworking

/// Requests over HTTP and HTTPS, by the system's own client.
package final class WebFetch: Sendable {
  private let session: URLSession
  private let collector: Collector

  /// - Parameters:
  ///   - timeout: for a whole answer.
  ///   - limit: the most bytes that an answer's content may have.
  package init(timeout: Duration, limit: Int) {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = timeout / .seconds(1)
    configuration.timeoutIntervalForResource = timeout / .seconds(1)
    configuration.httpShouldSetCookies = false
    configuration.urlCache = nil
    collector = Collector(limit: limit)
    session = URLSession(configuration: configuration, delegate: collector, delegateQueue: nil)
  }

  /// Ends the requests that are under way, and makes no more.
  package func close() { session.invalidateAndCancel() }

  /// Whether a text is a URL that can be asked.
  package static func isAddress(_ text: String) -> Bool { url(text) != nil }

  private static func url(_ text: String) -> URL? {
    guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), scheme == "http" || scheme == "https",
      let host = url.host, !host.isEmpty
    else { return nil }
    return url
  }

  /// The content of the answer to a request.
  ///
  /// - Parameter content: what is sent with it, of the media type `type`; nil for nothing.
  /// - Throws: ``WebFetchFailure``, also for a status of 400 and above; `CancellationError`.
  package func answer(to method: String, _ text: String, _ content: [UInt8]?, type: String) async throws -> [UInt8] {
    guard let url = Self.url(text) else { throw WebFetchFailure("this is no URL") }
    var request = URLRequest(url: url)
    request.httpMethod = method
    if let content {
      request.httpBody = Data(content)
      request.setValue(type, forHTTPHeaderField: "Content-Type")
    }
    let task = session.dataTask(with: request)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        collector.expect(task.taskIdentifier, continuation)
        task.resume()
        if Task.isCancelled { task.cancel() }
      }
    } onCancel: {
      task.cancel()
    }
  }
}

/// Why a request has no good answer, in a few words.
package struct WebFetchFailure: Error, Sendable, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}

/// Collects what comes for each request, up to a limit.
private final class Collector: NSObject, URLSessionDataDelegate, Sendable {
  private struct Answer {
    let continuation: CheckedContinuation<[UInt8], any Error>
    var bytes: [UInt8] = []
    var failure: WebFetchFailure?
  }

  private let limit: Int
  private let answers = Lock<[Int: Answer]>([:])

  init(limit: Int) { self.limit = limit }

  func expect(_ number: Int, _ continuation: CheckedContinuation<[UInt8], any Error>) {
    answers.withLock { $0[number] = Answer(continuation: continuation) }
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let isTooLong = answers.withLock { answers in
      guard var answer = answers.removeValue(forKey: dataTask.taskIdentifier) else { return false }
      let isTooLong = data.count > limit - answer.bytes.count
      if isTooLong {
        answer.failure = WebFetchFailure("the answer has more than \(limit) bytes")
      } else {
        answer.bytes += data
      }
      answers[dataTask.taskIdentifier] = answer
      return isTooLong
    }
    if isTooLong { dataTask.cancel() }
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    guard let answer = answers.withLock({ $0.removeValue(forKey: task.taskIdentifier) }) else { return }
    if let failure = answer.failure {
      answer.continuation.resume(throwing: failure)
    } else if let error {
      let isCancelled = (error as? URLError)?.code == .cancelled
      answer.continuation.resume(
        throwing: isCancelled ? CancellationError() : WebFetchFailure(error.localizedDescription))
    } else if let response = task.response as? HTTPURLResponse, response.statusCode >= 400 {
      answer.continuation.resume(throwing: WebFetchFailure("the server answers with status \(response.statusCode)"))
    } else {
      answer.continuation.resume(returning: answer.bytes)
    }
  }
}
