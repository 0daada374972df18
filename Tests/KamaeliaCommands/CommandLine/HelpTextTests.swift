import KGraph
import Kamaelia
import Testing

@testable import KamaeliaCommands

struct HelpTextTests {
  @Test func `a verb's help says what it takes, with examples`() async {
    let expected = """
      Draw a graph.

      Usage: kamaelia graph FILE [options]
             kamaelia graph -e GRAPH [options]

      The drawing goes to standard output, or to a file. Everything is drawn here; no
      other program is needed. A graph that a component makes while it runs, such as
      one for each connection, stands in a frame with that component, or below.

      Arguments:
        FILE  the graph; `-` reads it from standard input

      Options:
        --format FORMAT   `ascii`, a drawing in characters (unless another is asked
                          for); `svg`, a picture; `html`, a page with it; `dot`,
                          `mermaid` or `fbp`, text for Graphviz, Mermaid or NoFlo
        -o OUTPUT         write to this file; the format is that of its ending: .svg,
                          .html, .dot, .mmd, .txt or .fbp
        -e GRAPH          draw this text instead of a file
        --set NAME=VALUE  set a parameter of the graph; may be given again
        --help, -h        show this help

      Examples:
        kamaelia graph chat.kgraph
            Draws it in the terminal.
        kamaelia graph chat.kgraph -o chat.svg
            Makes a picture for light and dark pages.

      """
    for words in [["help", "graph"], ["graph", "--help"], ["graph", "-h"]] {
      #expect(await Session.run(words) == Session(status: .fine, output: expected))
    }
  }

  @Test func `the overview lists every verb`() async {
    let expected = """
      Builds systems like hardware: a graph file says which components there are and
      which outbox is wired to which inbox; kamaelia checks it and runs it.

      Usage: kamaelia VERB [arguments]

      Verbs:
        run         check a graph and run it
        check       say what is wrong with graphs, without running them
        fmt         write graphs in the one way they are written
        list        show the components there are, or one of them as a manual page
        graph       draw a graph
        test        run the tests that stand in graphs
        new         make a small graph, component or program to begin with
        explain     explain a code, such as K0301, with an example and its remedy
        completion  write a script that completes commands in a shell
        version     show the version
        help        show what a verb takes and does, with examples

      `kamaelia help VERB` tells more of a verb, with examples.
      `kamaelia help language` is the language of graphs, on a page.

      """
    #expect(await Session.run(["help"]).output == expected)
    #expect(await Session.run(["--help"]).output == expected)
  }

  @Test(arguments: Session.verbs.map(\.name), [50, 80, 200])
  func `help keeps within the terminal and is never wider than a page`(_ name: String, _ width: Int) async {
    let session = await Session.run(["help", name], width: width)
    for line in session.output.split(separator: "\n") where !line.hasPrefix("  kamaelia") && !line.contains("[options]")
    {
      #expect(DisplayWidth.of(line) <= min(width, 100))
    }
  }

  @Test(arguments: Session.verbs.map(\.name))
  func `every verb is declared well`(_ name: String) throws {
    let verbs = Session.verbs.filter { $0.name == name }
    try #require(verbs.count == 1)
    let verb = verbs[0]
    #expect(!verb.summary.hasSuffix(".") && verb.summary.first?.isLowercase == true)
    #expect(!verb.examples.isEmpty)
    #expect(Set(verb.options.map(\.name)).count == verb.options.count)
    for example in verb.examples {
      #expect(example.command.contains("kamaelia \(name)"))
      #expect(example.meaning.hasSuffix("."))
      let words = example.command.split(separator: " ").map(String.init)
      guard words.first == "kamaelia", !example.command.contains("'") else { continue }
      let end = words.firstIndex(of: ">") ?? words.count
      #expect(throws: Never.self) { try Arguments(Array(words[2..<end]), for: verb) }
    }
  }
}
