import KamaeliaFormats
import Testing

@Suite struct HTTPRangeTests {
  @Test(arguments: [
    (nil, HTTPRange.whole), ("bytes=0-0", .parts([0..<1])), ("bytes=0-", .parts([0..<100])),
    ("Bytes=90-200", .parts([90..<100])), ("bytes=-10", .parts([90..<100])), ("bytes=-200", .parts([0..<100])),
    ("bytes=0-4, 10-14", .parts([0..<5, 10..<15])), ("bytes=10-14,0-4", .parts([10..<15, 0..<5])),
    ("bytes=100-", .unsatisfiable), ("bytes=-0", .unsatisfiable), ("bytes=200-300,400-", .unsatisfiable),
    ("bytes=0-4,200-", .parts([0..<5])), ("bytes=99999999999999999999999-", .unsatisfiable),
    ("bytes=0-99999999999999999999999", .parts([0..<100])), ("bytes=5-4", .whole), ("bytes=", .whole),
    ("bytes=a-b", .whole), ("bytes=-", .whole), ("bytes=1", .whole), ("lines=0-1", .whole), ("bytes 0-1", .whole),
    ("bytes=0-5,5-9", .whole), ("bytes=0-,0-,0-", .whole), ("bytes=+1-2", .whole),
    ("bytes=" + (0..<17).map { "\($0 * 2)-\($0 * 2)" }.joined(separator: ","), .whole),
  ])
  func `A range names parts of what is there`(field: String?, range: HTTPRange) {
    #expect(HTTPRange(field, size: 100) == range)
  }

  @Test func `Of nothing there is no part`() {
    #expect(HTTPRange("bytes=0-", size: 0) == .unsatisfiable)
    #expect(HTTPRange("bytes=-1", size: 0) == .unsatisfiable)
  }

  @Test func `An answer with parts is as long as was said`() {
    let parts = [0..<1, 50..<60, 98..<100]
    let multipart = HTTPMultipart(boundary: "b", type: "text/plain", size: 100)
    let bytes = parts.flatMap { multipart.head(of: $0) + [UInt8](repeating: 0x61, count: $0.count) } + multipart.end
    #expect(bytes.count == multipart.length(of: parts))
    #expect(String(decoding: bytes, as: UTF8.self).contains("Content-Range: bytes 50-59/100\r\n\r\naaaaaaaaaa\r\n--b"))
  }
}
