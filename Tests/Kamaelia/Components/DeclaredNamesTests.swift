import Testing

@testable import Kamaelia

@Suite struct DeclaredNamesTests {
  private struct Signals: Component {
    static let summary = "Has a box that each component has."
    let signal = Outbox<Int>("A number.")
    func main() async throws {}
  }

  private struct Controlled: Component {
    static let summary = "Has another one."
    let control = Inbox<Int>("A number.")
    func main() async throws {}
  }

  private struct Plain: Component {
    static let summary = "Has none."
    let inbox = Inbox<Int>("A number.")
    func main() async throws {}
  }

  @Test func `a box that each component has anyway cannot be declared`() {
    #expect(Signature(of: Signals.self).namingProblem?.contains("`Signals` declares a box `signal`") == true)
    #expect(Signature(of: Controlled.self).namingProblem?.contains("`control`") == true)
    #expect(Signature(of: Plain.self).namingProblem == nil)
  }

  private struct Reading: Message {
    var sensor: String
    var celsius: Double
    static let messageType = MessageType.record(["sensor": .text, "celsius": .double])
    var text: String { "\(sensor): \(celsius) °C" }
  }

  @Test func `a record has its stored properties as fields`() {
    #expect(
      Reading(sensor: "roof", celsius: 1.5).json == .object(["sensor": .string("roof"), "celsius": .double(1.5)]))
  }

  @Test(arguments: ["https://example.org/", "mailto:ann@example.org", "x-y+z.1:"])
  func `a URL has a scheme`(_ text: String) { #expect(ResourceLocator(text)?.text == text) }

  @Test(arguments: ["nope", "", ":x", "1a:x", "http://a b", "ä:x"])
  func `what has none is no URL`(_ text: String) { #expect(ResourceLocator(text) == nil) }
}
