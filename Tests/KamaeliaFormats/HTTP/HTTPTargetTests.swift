import KamaeliaFormats
import Testing

@Suite struct HTTPTargetTests {
  static func target(_ text: String) throws -> HTTPTarget {
    var parser = HTTPRequestParser()
    parser.append(Array("GET \(text) HTTP/1.1\r\nHost: a\r\n\r\n".utf8)[...])
    guard case .head(let head)? = try parser.next() else { throw HTTPRefusal(400, "there is no head") }
    return head.target
  }

  @Test(arguments: [
    ("/", [""]), ("/a", ["a"]), ("/a/", ["a", ""]), ("/a/b.html?c/../d", ["a", "b.html"]), ("/a%20b", ["a b"]),
    ("/%C3%A4", ["ä"]), ("/...", ["..."]), ("/.well-known/x", [".well-known", "x"]), ("/%2e%2ex", ["..x"]),
    ("/a%25", ["a%"]), ("http://b/c", ["c"]),
    ("/a/../b", ["b"]), ("/a/..", [""]), ("/.", [""]), ("/a/./b", ["a", "b"]), ("/a/%2e%2E/b/", ["b", ""]),
    ("/a/b/../../c", ["c"]), ("/a/.", ["a", ""]),
  ])
  func `A path is names below a folder`(text: String, names: [String]) throws {
    #expect(try Self.target(text).names == names)
  }

  @Test(arguments: [
    "/..", "/../etc/passwd", "/a/../../b", "/a/../..", "/./..", "/%2e%2e/a", "/%2E./a", "/.%2e", "//a", "/a//b",
    "/a/..//b", "/%2f", "/..%2fa",
    "/a%2Fb", "/%00", "/a%", "/a%2", "/a%zz", "/%ff", "/%c0%ae%c0%ae/", "/%ed%a0%80",
  ])
  func `A path that could be something else has no names`(text: String) throws {
    #expect(try Self.target(text).names == nil)
  }

  @Test func `A full URL counts as its path, and its host counts more than the field`() throws {
    let target = try Self.target("http://example.org:80/a?b?c")
    #expect((target.path, target.query, target.authority) == ("/a", "b?c", "example.org:80"))
  }

  @Test(arguments: [
    ("/%6eews", "/news"), ("/%7e%2D%5f%2E", "/~-_."), ("/a%20b%2fc%zz%2", "/a%20b%2fc%zz%2"), ("/a/../b/./c/..", "/b/"),
    ("//a/..", "//"), ("/%2e%2e", nil), ("/a/../..", nil),
  ])
  func `A path has one usual form, however it was escaped`(text: String, normalized: String?) throws {
    #expect(try Self.target(text).normalized == normalized)
  }
}
