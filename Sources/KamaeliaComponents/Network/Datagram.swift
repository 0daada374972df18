import Kamaelia
import KamaeliaIO

/// A datagram with the address that it came from.
struct Datagram: Message, Hashable {
  let from: Address
  let data: Bytes

  init(from: Address, data: Bytes) {
    self.from = from
    self.data = data
  }

  init(_ arrival: DatagramSocket.Arrival) {
    from = Address(host: arrival.sender.host, port: arrival.sender.port)
    data = Bytes(arrival.bytes)
  }

  static let messageType = MessageType.record(["from": Address.messageType, "data": .bytes])
  static var hasVariableSize: Bool { true }
  var byteCount: Int { 64 + data.count }
  /// The address and what was sent, read as text.
  var text: String { "\(from.text): \(data.text)" }
  var json: JSON { .object(["from": .string(from.text), "data": .string(data.text)]) }

  /// A record with these fields.
  init?(literal: Value) {
    guard case .record(let fields) = literal, fields.count == 2 else { return nil }
    let values = Dictionary(fields.map { ($0.name, $0.value) }) { $1 }
    guard let from = values["from"].flatMap(Address.init(literal:)),
      let data = values["data"].flatMap(Bytes.init(literal:))
    else { return nil }
    self.init(from: from, data: data)
  }
}
