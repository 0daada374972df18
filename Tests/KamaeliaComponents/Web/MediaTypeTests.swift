import Testing

@testable import KamaeliaComponents

@Suite struct MediaTypeTests {
  @Test(arguments: [
    ("index.html", "text/html; charset=utf-8"), ("a/b.PNG", "image/png"), ("a.tar.gz", "application/gzip"),
    ("a", "application/octet-stream"), (".html", "application/octet-stream"), ("a.", "application/octet-stream"),
    ("a.b/c", "application/octet-stream"), ("", "application/octet-stream"),
  ])
  func `A file's type is that of its ending`(path: String, type: String) {
    #expect(MediaType.ofFile(path) == type)
  }
}
