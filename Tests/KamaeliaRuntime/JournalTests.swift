import Kamaelia
import Testing

@Suite struct JournalTests {
  @Test func `What nobody writes out is bounded, and what was dropped is counted`() {
    let journal = Journal(capacity: 3)
    for number in 0..<10 { journal.write(.note, "\(number)") }
    let (entries, lost) = journal.take()
    #expect(entries.map(\.text) == ["7", "8", "9"])
    #expect(lost == 7)
    #expect(journal.take().entries.isEmpty)
  }

  @Test func `What is said again in a row is counted, by level and speaker`() {
    let journal = Journal()
    for _ in 0..<5 { journal.write(.note, "again", from: "a") }
    journal.write(.warning, "again", from: "a")
    journal.write(.warning, "again", from: "b")
    #expect(journal.take().entries.map(\.times) == [5, 1, 1])
  }

  @Test func `A text without end is cut off`() {
    let journal = Journal()
    journal.write(.error, String(repeating: "x", count: 1 << 20))
    #expect(journal.take().entries[0].text.utf8.count == Journal.longest + 3)
  }
}
