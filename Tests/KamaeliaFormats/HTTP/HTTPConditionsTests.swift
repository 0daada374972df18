import KamaeliaFormats
import Testing

@Suite struct HTTPConditionsTests {
  static let validators = HTTPValidators(tag: "\"v1\"", modified: HTTPDate(seconds: 784_111_777))
  static let same = "Sun, 06 Nov 1994 08:49:37 GMT"
  static let before = "Sun, 06 Nov 1994 08:49:36 GMT"
  static let after = "Sunday, 06-Nov-94 08:49:38 GMT"

  @Test(arguments: [
    ("GET", "", HTTPCondition.met), ("GET", "If-None-Match: \"v1\"", .notModified),
    ("HEAD", "If-None-Match: \"v0\", W/\"v1\"", .notModified), ("GET", "If-None-Match: *", .notModified),
    ("GET", "If-None-Match: \"v0\"", .met), ("PUT", "If-None-Match: *", .failed),
    ("GET", "If-Modified-Since: \(same)", .notModified), ("GET", "If-Modified-Since: \(after)", .notModified),
    ("GET", "If-Modified-Since: \(before)", .met), ("GET", "If-Modified-Since: yesterday", .met),
    ("PUT", "If-Modified-Since: \(same)", .met),
    ("GET", "If-None-Match: \"v0\"\r\nIf-Modified-Since: \(same)", .met), ("GET", "If-Match: \"v1\"", .met),
    ("GET", "If-Match: *", .met), ("GET", "If-Match: W/\"v1\"", .failed), ("GET", "If-Match: \"v0\"", .failed),
    ("GET", "If-Unmodified-Since: \(same)", .met), ("GET", "If-Unmodified-Since: \(before)", .failed),
    ("GET", "If-Match: \"v1\"\r\nIf-Unmodified-Since: \(before)", .met),
    ("GET", "If-Match: \"v1\"\r\nIf-None-Match: \"v1\"", .notModified),
  ])
  func `Conditions count in their order`(method: String, field: String, condition: HTTPCondition) throws {
    let request = try HTTPResponseTests.request(method, "1.1", field.isEmpty ? "" : field + "\r\n")
    #expect(HTTPCondition(request, Self.validators) == condition)
  }

  @Test(arguments: [
    ("", true), ("If-Range: \"v1\"", true), ("If-Range: \"v0\"", false), ("If-Range: W/\"v1\"", false),
    ("If-Range: \(same)", true), ("If-Range: \(before)", false), ("If-Range: \(after)", false), ("If-Range: x", false),
  ])
  func `A range counts only of the same content`(field: String, counts: Bool) throws {
    let request = try HTTPResponseTests.request("GET", "1.1", field.isEmpty ? "" : field + "\r\n")
    #expect(HTTPCondition.rangeCounts(request, Self.validators) == counts)
  }
}
