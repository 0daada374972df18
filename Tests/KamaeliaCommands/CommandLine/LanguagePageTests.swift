import Foundation
import KGraph
import Kamaelia
import KamaeliaComponents
import Testing

@testable import KamaeliaCommands

@Suite struct LanguagePageTests {
  static let root = URL(filePath: #filePath).appending(path: "../../../..").standardized

  @Test func `The page is the file beside the grammar`() throws {
    let file = try String(contentsOf: Self.root.appending(path: "grammar/language.md"), encoding: .utf8)
    #expect(LanguagePage.markdown == file)
  }

  @Test func `All its graphs are right, written as graphs are written, and their tests are too`() {
    let source = Source(name: "language.md", text: LanguagePage.markdown)
    let markdown = Markdown(source)
    #expect(markdown.blocks.count > 8)
    for block in markdown.blocks {
      let graph = markdown.graph(of: block)
      let checked = Checker(library: .standard, loader: MemoryLoader([:])).check(graph, for: .use)
      #expect(checked.diagnostics.map(\.message) == [], "\(markdown.text(of: block))")
      #expect(Formatter.format(GraphFile.parse(graph)) == markdown.text(of: block))
    }
  }

  @Test(arguments: [
    "dropOldest", "dropNewest", "latest", "fail", "block", "ttl", "control", "signal", "deadLetters", "as", "self", "@",
    "replicate", "restart", "for", "if", "test", "${here}", "ordered", "defaults", "import", "allow",
  ])
  func `It speaks of all that there is`(word: String) {
    let page = LanguagePage(width: 80, isColoured: false).text
    #expect(page.contains(word))
  }

  @Test(arguments: [60, 80, 200])
  func `What is no graph keeps within the width`(width: Int) {
    let lines = LanguagePage(width: width, isColoured: false).text.split(separator: "\n")
    for line in lines where !line.hasPrefix("    ") { #expect(DisplayWidth.of(line) <= width, "\(line)") }
  }

  @Test func `It is shown by help`() async {
    let session = await Session.run(["help", "language"])
    #expect(session.status == .fine)
    #expect(session.output.hasPrefix("The language of graphs\n"))
  }
}
