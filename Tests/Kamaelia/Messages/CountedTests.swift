import Testing

@testable import Kamaelia

@Suite struct CountedTests {
  @Test(arguments: [
    (0, "file", nil, "0 files"), (1, "file", nil, "1 file"), (2, "file", nil, "2 files"), (1, "box", nil, "1 box"),
    (3, "box", nil, "3 boxes"), (2, "match", nil, "2 matches"), (2, "entry", "entries", "2 entries"),
    (1, "entry", "entries", "1 entry"),
  ])
  func `A number stands with the right form of its word`(number: Int, word: String, plural: String?, text: String) {
    #expect(counted(number, word, plural) == text)
  }
}
