import Kamaelia

extension Library {
  /// Components that speak with other programs, on this machine and on others.
  package static let network: [any Component.Type] = [
    TCPServer.self, TCPClient.self, TCPCaller.self, UnixSocketServer.self, UnixSocketClient.self, UDPReceiver.self,
    UDPSender.self,
    MulticastReceiver.self, MulticastSender.self, Frame.self, Deframe.self,
  ]
}
