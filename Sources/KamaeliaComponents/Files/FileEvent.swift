import Kamaelia
import KamaeliaIO

/// Something that happened to a file or a folder.
struct FileEvent: Message, Hashable {
  enum Kind: String, ChoiceParameter {
    /// It has come to be.
    case created
    /// It was moved here.
    case arrived
    /// Something was written to it.
    case modified
    /// One who had written to it has closed it.
    case written
    /// It was deleted or moved away.
    case removed
    /// It was there at the beginning.
    case present
    /// Events are missing.
    case overflow
  }

  let event: Kind
  let path: String
  let isFolder: Bool

  static let messageType = MessageType.record(["event": .text, "path": .text, "isFolder": .bool])
  static var hasVariableSize: Bool { true }
  var byteCount: Int { 16 + path.utf8.count }
  var text: String { "\(event.rawValue) \(path)" }
  var json: JSON { .object(["event": .string(event.rawValue), "path": .string(path), "isFolder": .bool(isFolder)]) }
}

extension FileEvent {
  /// A record with these fields.
  init?(literal: Value) {
    guard case .record(let fields) = literal, fields.count == 3 else { return nil }
    let values = Dictionary(fields.map { ($0.name, $0.value) }) { $1 }
    guard case .text(let name)? = values["event"], let event = Kind(rawValue: name),
      case .text(let path)? = values["path"], case .bool(let isFolder)? = values["isFolder"]
    else { return nil }
    self.init(event: event, path: path, isFolder: isFolder)
  }
}

extension FileEvent.Kind {
  /// What a folder's watch says of a name in it; nil for what is said of the folder or the watch itself.
  init?(_ kind: Watch.Event.Kind) {
    switch kind {
    case .created: self = .created
    case .modified: self = .modified
    case .closedAfterWriting: self = .written
    case .movedTo: self = .arrived
    case .movedFrom, .deleted: self = .removed
    case .gone, .redirected, .overflow: return nil
    }
  }
}
