/// Writes the requests of a client.
///
/// - Note: RFC 9112, 3 and 6; RFC 9110, 7.2 and 8.6.
package enum HTTPRequestWriter {
  /// The head of a request.
  ///
  /// - Parameters:
  ///   - method: a token such as `GET`.
  ///   - length: of the content that follows; nil for none.
  ///   - fields: what is said besides Host, Content-Length and Connection.
  ///   - isLast: the connection is to end with the answer.
  /// - Throws: where the method cannot be written.
  package static func head(
    _ method: String, _ url: HTTPURL, length: Int?, fields: HTTPFields, isLast: Bool
  ) throws(HTTPFieldError) -> [UInt8] {
    guard !method.isEmpty, method.utf8.allSatisfy(\.isTokenCharacter) else { throw .name(method) }
    var output = Array("\(method) \(url.target) HTTP/1.1\r\nHost: \(url.authority)\r\n".utf8)
    fields.write(to: &output)
    // A method that has content by nature says that there is none.
    if let length = length ?? (["POST", "PUT", "PATCH"].contains(method) ? 0 : nil) {
      output.append(contentsOf: "Content-Length: \(length)\r\n".utf8)
    }
    if isLast { output.append(contentsOf: "Connection: close\r\n".utf8) }
    output.append(contentsOf: "\r\n".utf8)
    return output
  }

  /// What the field Authorization says for a name and a password that are joined by a colon (RFC 7617).
  package static func authorization(_ credentials: String) -> String {
    "Basic \(Base64.encode(Array(credentials.utf8)))"
  }
}
