import KamaeliaRuntime
import Testing

@testable import KamaeliaCommands

@Suite struct SettlingTests {
  @Test func `What looks whole is taken soon after the last step, what does not much later`() {
    var settling = Settling(at: .seconds(10))
    #expect(settling.wait(at: .seconds(10), isDoubtful: false) == .milliseconds(50))
    #expect(settling.wait(at: .seconds(10), isDoubtful: true) == .milliseconds(500))
    settling.step(at: .milliseconds(10_040))
    #expect(settling.wait(at: .milliseconds(10_060), isDoubtful: false) == .milliseconds(30))
    #expect(settling.wait(at: .milliseconds(10_090), isDoubtful: false) == nil)
    #expect(settling.wait(at: .milliseconds(10_090), isDoubtful: true) == .milliseconds(450))
    #expect(settling.wait(at: .milliseconds(10_540), isDoubtful: true) == nil)
  }

  @Test func `A file that is written all the time is read after five seconds`() {
    var settling = Settling(at: .zero)
    for step in 1...100 {
      settling.step(at: .milliseconds(40 * step))
      #expect(settling.wait(at: .milliseconds(40 * step), isDoubtful: false) == .milliseconds(50))
    }
    settling.step(at: .milliseconds(4980))
    #expect(settling.wait(at: .milliseconds(4980), isDoubtful: true) == .milliseconds(20))
    #expect(settling.wait(at: .seconds(5), isDoubtful: true) == nil)
  }
}

@Suite struct ChangeWordsTests {
  @Test(arguments: [
    (Change(kept: 1), "saved; nothing changed in the graph\n"),
    (Change(kept: 1, linkagesAdded: 1), "changed: 1 linkage made; 1 component goes on\n"),
    (Change(kept: 2, linkagesRemoved: 1), "changed: 1 linkage taken away; 2 components go on\n"),
    (Change(linkagesAdded: 2, linkagesRemoved: 1), "changed: 2 linkages made, 1 taken away; 0 components go on\n"),
    (Change(added: ["a"], kept: 1), "changed: 1 added (`a`); 1 component goes on\n"),
  ])
  func `One of something is not several`(change: Change, words: String) {
    #expect(Follower.words(change) == words)
  }
}
