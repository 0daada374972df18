import Kamaelia

extension Library {
  /// Components that speak with browsers and web servers.
  package static let web: [any Component.Type] = [
    HTTPServer.self, HTTPClient.self, WebSocketServer<Placeholder, SecondPlaceholder>.self,
    WebSocketClient<Placeholder, SecondPlaceholder>.self,
  ]
}
