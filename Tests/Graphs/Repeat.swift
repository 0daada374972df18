import Kamaelia

/// Says everything again and again. Ends with its inbox.
struct Repeat: Component {
  static let summary = "Sends each text several times."

  @Parameter("How often to send it.", in: 1...100, main: true) var times = 2

  let inbox = Inbox<String>("A text.")
  let outbox = Outbox<String>("The same text.")

  func main() async throws {
    for await text in inbox {
      for _ in 0..<times { try await outbox.send(text) }
    }
  }
}
