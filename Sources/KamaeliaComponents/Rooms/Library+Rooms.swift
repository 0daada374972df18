import Kamaelia

extension Library {
  /// Components for people who meet under names, in rooms.
  package static let rooms: [any Component.Type] = [Rooms.self, Visitor.self]
}
