import Kamaelia
import Testing

@testable import KamaeliaCommands

struct DispatchTests {
  @Test(
    arguments: [
      (
        ["chekc"],
        """
        error: there is no verb `chekc`
          = help: did you mean `check`?
          = help: `kamaelia help` lists the verbs

        """
      ),
      (
        ["check", "--fromat", "json"],
        """
        error: `check` has no option `--fromat`
          = help: did you mean `--format`?
          = help: `kamaelia help check` shows what it takes

        """
      ),
      (
        ["graphs/quickstart.kgraph"],
        """
        error: `graphs/quickstart.kgraph` is not a verb
          = help: to run it: `kamaelia run graphs/quickstart.kgraph`
          = help: `kamaelia help` lists the verbs

        """
      ),
      (
        ["--watch", "run"],
        """
        error: `--watch` comes before the verb
          = help: options come after it: `kamaelia run --watch`
          = help: `kamaelia help` lists the verbs

        """
      ),
      (
        ["help", "rnu"],
        """
        error: there is no verb `rnu`
          = help: did you mean `run`?
          = help: `kamaelia help help` shows what it takes

        """
      ),
      (
        ["zz\u{1B}[31m"],
        """
        error: there is no verb `zz␛[31m`
          = help: `kamaelia help` lists the verbs

        """
      ),
    ])
  func `a wrong command line is answered on standard error`(_ words: [String], _ errors: String) async {
    #expect(await Session.run(words) == Session(status: .usage, errors: errors))
  }

  @Test func `without a verb the overview is said and nothing is written`() async {
    let session = await Session.run([])
    #expect(session.status == .usage)
    #expect(session.output == "")
    #expect(await session.errors == Session.run(["help"]).output)
  }

  @Test(arguments: [["list"], ["help"], ["version"], ["explain"], ["help", "run"], ["completion", "bash"]])
  func `a reader that has gone is no error`(_ words: [String]) async {
    #expect(await Session.run(words, closesOutput: true) == Session(status: .fine))
  }

  @Test func `colours are where they are asked for`() async {
    let session = await Session.run(["chekc"], isColoured: true)
    #expect(session.errors.hasPrefix("\u{1B}[1;31merror\u{1B}[0m\u{1B}[1m: there is no verb"))
    #expect(
      await Session.run(["help", "run"], isColoured: true).output.contains("\u{1B}[1mUsage:\u{1B}[0m kamaelia run"))
  }

  @Test func `the version is one line`() async {
    #expect(await Session.run(["version"]) == Session(status: .fine, output: "kamaelia \(Version.current)\n"))
    #expect(await Session.run(["--version"]) == Session.run(["version"]))
    #expect(await Session.run(["version", "x"]).status == .usage)
  }
}
