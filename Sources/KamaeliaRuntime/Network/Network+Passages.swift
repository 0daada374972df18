import KGraph
import Kamaelia
import KamaeliaIO

/// A linkage of a graph that passes on what comes from outside of it to the outside again, by none of its components:
/// `self.heard -> self.said`, `@room -> self.shown`. A graph lives as long as one is open.
struct Passage: Sendable {
  let linkage: any AnyLinkage
  /// Of one that a backplane around the graph writes to: that outbox and its component.
  let source: (outbox: any AnyOutbox, instance: Instance)?

  var isOpen: Bool { !linkage.isFinished && !linkage.isAbandoned }

  /// Takes the linkage from the backplane: whoever reads it sees its end. A host ends its own by closing its box.
  func close() {
    guard let source else { return }
    let linkage = linkage
    source.instance.post { source.outbox.unlink(linkage) }
  }
}

extension Network {
  /// Remembers the linkages that lead past all components.
  func findPassages(among made: [Wiring.Made]) {
    for made in made where made.isPassage {
      made.pending.linkage.whenOver { [weak self] in self?.endIfDone() }
      let passage = Passage(
        linkage: made.pending.linkage, source: made.writer.map { (made.outbox, $0) })
      state.withLock { $0.passages.append(passage) }
    }
  }
}

extension Wiring.Made {
  /// Whether neither end is a component's of the graph itself.
  fileprivate var isPassage: Bool { (writer == nil || isWriterForeign) && (reader == nil || isReaderForeign) }
}
