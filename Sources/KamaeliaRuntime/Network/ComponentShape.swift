import Kamaelia
import KamaeliaIO

/// The boxes of a component by position: their names, and where each of them is.
struct BoxNames: Sendable {
  let all: [BoxName]
  /// Nil where there are so few that looking through them is faster.
  private let positions: [BoxName: Int]?

  init(_ all: [BoxName]) {
    self.all = all
    positions = all.count <= 8 ? nil : Dictionary(uniqueKeysWithValues: zip(all, all.indices))
  }

  /// - Parameter guess: where it probably is.
  func position(of name: BoxName, near guess: Int = 0) -> Int? {
    if all.indices.contains(guess), all[guess] == name { return guess }
    return positions.map { $0[name] } ?? all.firstIndex(of: name)
  }
}

/// What is the same for all components of a type.
final class ComponentShape: Sendable {
  let names: MemberNames
  let inboxes: BoxNames
  let outboxes: BoxNames
  let endsWithReaders: Bool

  init(_ type: any Component.Type) {
    names = MemberNames(of: type)
    inboxes = BoxNames(names.inboxes.map { BoxName($0) })
    outboxes = BoxNames(names.outboxes.map { BoxName($0) })
    endsWithReaders = type.endsWithReaders
  }
}

/// The shapes of all types of components that a run has made, so that each is found by reflection once.
final class ComponentShapes: Sendable {
  private let shapes = Lock<[ObjectIdentifier: ComponentShape]>([:])

  func shape(of type: any Component.Type) -> ComponentShape {
    let id = ObjectIdentifier(type)
    if let shape = shapes.withLock({ $0[id] }) { return shape }
    // Outside of the lock: a component of the type is made, which may be anybody's code.
    let shape = ComponentShape(type)
    shapes.withLock { $0[id] = shape }
    return shape
  }
}
