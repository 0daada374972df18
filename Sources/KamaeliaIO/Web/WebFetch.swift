import Foundation
import FoundationNetworking

/// Requests over HTTPS, by the system's own client, one answer each: redirections are answers too.
package final class WebFetch: Sendable {
  /// A request as it is sent.
  package struct Request: Sendable {
    package let method: String
    package let url: String
    package let fields: [(name: String, value: String)]
    package let content: [UInt8]?

    package init(method: String, url: String, fields: [(name: String, value: String)], content: [UInt8]?) {
      (self.method, self.url, self.fields, self.content) = (method, url, fields, content)
    }
  }

  /// What a server has said.
  package struct Answer: Sendable {
    package let status: Int
    package let fields: [(name: String, value: String)]
    package let content: [UInt8]
  }

  /// In seconds.
  private static let year = 365.0 * 86_400

  /// Made with the first request: it has threads of its own.
  private let session = Lock<URLSession?>(nil)
  private let collector: Collector

  /// - Parameter limit: the most bytes that an answer's content may have, unpacked.
  package init(limit: Int) { collector = Collector(limit: limit) }

  deinit { session.withLock { $0?.invalidateAndCancel() } }

  private func makeSession() -> URLSession {
    let configuration = URLSessionConfiguration.ephemeral
    // The caller has a limit of time for the whole answer, and cancels; these are limits of silence, and not all of them are kept.
    configuration.timeoutIntervalForRequest = Self.year
    configuration.timeoutIntervalForResource = Self.year
    configuration.httpShouldSetCookies = false
    configuration.urlCache = nil
    return URLSession(configuration: configuration, delegate: collector, delegateQueue: nil)
  }

  /// Asks and waits for the whole answer, whatever its status.
  ///
  /// - Throws: ``WebFetchFailure``; `CancellationError` at once when the task is cancelled.
  package func answer(to request: Request) async throws -> Answer {
    guard let url = URL(string: request.url) else { throw WebFetchFailure("this is no URL") }
    var prepared = URLRequest(url: url, timeoutInterval: Self.year)
    prepared.httpMethod = request.method
    prepared.httpBody = request.content.map { Data($0) }
    for field in request.fields { prepared.setValue(field.value, forHTTPHeaderField: field.name) }
    let task = session.withLock { session in
      let made = session ?? makeSession()
      session = made
      return made.dataTask(with: prepared)
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        collector.expect(task.taskIdentifier, continuation)
        task.resume()
        if Task.isCancelled { cancel(task) }
      }
    } onCancel: {
      cancel(task)
    }
  }

  private func cancel(_ task: URLSessionTask) {
    // The session tells of it later, or never.
    collector.forget(task.taskIdentifier)
    task.cancel()
  }
}

/// Why a request has no answer, in a few words.
package struct WebFetchFailure: Error, Sendable, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}

/// Collects what comes for each request, up to a limit.
private final class Collector: NSObject, URLSessionDataDelegate, Sendable {
  private struct Answer {
    let continuation: CheckedContinuation<WebFetch.Answer, any Error>
    var bytes: [UInt8] = []
  }

  private let limit: Int
  private let answers = Lock<[Int: Answer]>([:])

  init(limit: Int) { self.limit = limit }

  func expect(_ number: Int, _ continuation: CheckedContinuation<WebFetch.Answer, any Error>) {
    answers.withLock { $0[number] = Answer(continuation: continuation) }
  }

  func forget(_ number: Int) {
    answers.withLock { $0.removeValue(forKey: number) }?.continuation.resume(throwing: CancellationError())
  }

  private func refuse(_ task: URLSessionTask) {
    let answer = answers.withLock { $0.removeValue(forKey: task.taskIdentifier) }
    answer?.continuation.resume(throwing: WebFetchFailure("the answer has more than \(limit) bytes"))
    task.cancel()
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
  ) { completionHandler(nil) }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
  ) {
    let hasContent = dataTask.originalRequest?.httpMethod != "HEAD"
    if hasContent, response.expectedContentLength > Int64(limit) { refuse(dataTask) }
    completionHandler(.allow)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let isTooLong = answers.withLock { answers in
      guard var answer = answers.removeValue(forKey: dataTask.taskIdentifier) else { return false }
      let isTooLong = data.count > limit - answer.bytes.count
      if !isTooLong { answer.bytes += data }
      answers[dataTask.taskIdentifier] = answer
      return isTooLong
    }
    if isTooLong { refuse(dataTask) }
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    guard let answer = answers.withLock({ $0.removeValue(forKey: task.taskIdentifier) }) else { return }
    if let error {
      answer.continuation.resume(throwing: WebFetchFailure(Self.words(error)))
    } else if let response = task.response as? HTTPURLResponse {
      let fields = response.allHeaderFields.map { (name: "\($0.key)", value: "\($0.value)") }
      answer.continuation.resume(
        returning: WebFetch.Answer(status: response.statusCode, fields: fields, content: answer.bytes))
    } else {
      answer.continuation.resume(throwing: WebFetchFailure("the server does not speak HTTP"))
    }
  }

  /// The words of Foundation name its own numbers.
  private static func words(_ error: any Error) -> String {
    guard let error = error as? URLError else { return error.localizedDescription }
    switch error.code {
    case .cannotFindHost, .dnsLookupFailed: return "the host cannot be found"
    case .cannotConnectToHost: return "nobody answers there"
    case .timedOut: return "no answer in time"
    case .networkConnectionLost: return "the connection was lost"
    case .notConnectedToInternet: return "there is no network"
    case .serverCertificateUntrusted, .serverCertificateHasBadDate, .serverCertificateHasUnknownRoot,
      .serverCertificateNotYetValid:
      return "the server's certificate is not one that this machine trusts"
    case .secureConnectionFailed: return "no secure connection comes about"
    case .badServerResponse, .cannotParseResponse: return "the server does not speak HTTP"
    case .cannotDecodeContentData, .cannotDecodeRawData: return "the answer is packed in a way that cannot be read"
    default: return error.localizedDescription
    }
  }
}
