extension LanguageServer {
  /// Talks to a client until it says `exit`, or until its input ends.
  ///
  /// - Parameters:
  ///   - read: gives what has come, and nothing at the end.
  ///   - write: sends all of it.
  /// - Returns: 0 after `shutdown` and `exit`, else 1.
  package func serve(
    read: @escaping @Sendable () async throws -> [UInt8], write: ([UInt8]) async throws -> Void
  ) async -> Int32 {
    let mailbox = mailbox
    let reader = Task {
      var framing = Framing()
      do {
        while true {
          let bytes = try await read()
          if bytes.isEmpty { break }
          framing.add(bytes)
          while let message = try framing.next() {
            await mailbox.hasRoom()
            mailbox.put(.message(message))
          }
        }
        mailbox.put(.ended(framing.isEmpty ? nil : "\(FramingError.cutShort)"))
      } catch {
        mailbox.put(.ended("\(error)"))
      }
    }
    defer {
      reader.cancel()
      end()
    }
    while true {
      for event in mailbox.takeAll() { take(event) }
      let hasWorked = step()
      let messages = output()
      if !messages.isEmpty {
        // A client that has gone reads nothing more, and will send nothing more.
        do { try await write(messages.flatMap { Framing.framed($0) }) } catch { return 1 }
      }
      if let status = exitStatus { return status }
      if !hasWorked { await mailbox.hasMail() }
    }
  }

  /// Takes a message in and does all that there is to do; for tests and for measuring.
  ///
  /// - Returns: what is sent.
  package func answer(_ message: [UInt8]) async -> [[UInt8]] {
    take(message)
    var messages: [[UInt8]] = []
    while true {
      while step() {}
      messages += output()
      guard isBusy else { return messages }
      await mailbox.hasMail()
      for event in mailbox.takeAll() { take(event) }
    }
  }
}
