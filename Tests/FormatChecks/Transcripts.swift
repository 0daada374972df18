import KamaeliaFormats

/// What a parser says of some bytes, with neighbouring pieces of content put together.
package struct Transcript<Event: Equatable & Sendable, Failure: Error & Equatable>: Equatable {
  package var events: [Event] = []
  package var failure: Failure?
}

/// What the parsers say of bytes that come in pieces, cut as a seed has it.
package enum Reading {
  /// What a server reads from a connection.
  package static func requests(
    _ bytes: [UInt8], seed: UInt64, limits: HTTPLimits = HTTPLimits()
  ) -> Transcript<HTTPRequestParser.Event, HTTPRefusal> {
    var parser = HTTPRequestParser(limits: limits)
    var transcript = Transcript<HTTPRequestParser.Event, HTTPRefusal>()
    do throws(HTTPRefusal) {
      for piece in pieces(bytes, seed: seed) {
        parser.append(piece)
        while let event = try parser.next() {
          if case .content(let more) = event, case .content(let old)? = transcript.events.last {
            transcript.events[transcript.events.count - 1] = .content(old + more)
          } else {
            transcript.events.append(event)
          }
        }
      }
    } catch {
      transcript.failure = error
    }
    return transcript
  }

  /// What a client reads that has sent requests of these methods, up to the end of the connection.
  package static func responses(
    _ bytes: [UInt8], to methods: [String], seed: UInt64
  ) -> Transcript<HTTPResponseParser.Event, HTTPRefusal> {
    var parser = HTTPResponseParser()
    for method in methods { parser.expect(method) }
    var transcript = Transcript<HTTPResponseParser.Event, HTTPRefusal>()
    do throws(HTTPRefusal) {
      for piece in pieces(bytes, seed: seed) {
        parser.append(piece)
        while let event = try parser.next() {
          if case .content(let more) = event, case .content(let old)? = transcript.events.last {
            transcript.events[transcript.events.count - 1] = .content(old + more)
          } else {
            transcript.events.append(event)
          }
        }
      }
      if let event = try parser.finish() { transcript.events.append(event) }
    } catch {
      transcript.failure = error
    }
    return transcript
  }

  /// What one side of a WebSocket reads.
  package static func frames(
    _ bytes: [UInt8], _ role: WebSocketRole = .server, seed: UInt64, limit: Int = 1 << 20
  ) -> Transcript<WebSocketParser.Event, WebSocketClosing> {
    var parser = WebSocketParser(role, limit: limit)
    var transcript = Transcript<WebSocketParser.Event, WebSocketClosing>()
    do throws(WebSocketClosing) {
      for piece in pieces(bytes, seed: seed) {
        parser.append(piece)
        while let event = try parser.next() { transcript.events.append(event) }
      }
    } catch {
      transcript.failure = error
    }
    return transcript
  }

  /// What a client reads from an event stream, and which id and pause it would come back with.
  package static func events(
    _ bytes: [UInt8], seed: UInt64, limit: Int = 1 << 20
  ) -> (transcript: Transcript<ServerSentEvent, EventStreamError>, lastID: String, retry: Int?) {
    var parser = EventStreamParser(limit: limit)
    var transcript = Transcript<ServerSentEvent, EventStreamError>()
    do throws(EventStreamError) {
      for piece in pieces(bytes, seed: seed) {
        parser.append(piece)
        while let event = try parser.next() { transcript.events.append(event) }
      }
    } catch {
      transcript.failure = error
    }
    return (transcript, parser.lastID, parser.retry)
  }
}
