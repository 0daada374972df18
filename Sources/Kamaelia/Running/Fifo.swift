/// What came first goes first: an array with a gap at its front, which closes once it is the larger part.
@usableFromInline
package struct Fifo<Element> {
  @usableFromInline var elements: [Element?] = []
  @usableFromInline var start = 0

  package init() {}

  @inlinable package var count: Int { elements.count - start }
  @inlinable package var isEmpty: Bool { elements.count == start }
  @inlinable package var first: Element? { start < elements.count ? elements[start] : nil }

  @inlinable
  package mutating func append(_ element: Element) { elements.append(element) }

  @inlinable
  package mutating func popFirst() -> Element? {
    guard start < elements.count else { return nil }
    var element: Element?
    swap(&element, &elements[start])
    start += 1
    if start == elements.count {
      elements.removeAll(keepingCapacity: start <= 1024)
      start = 0
    } else if start >= 64, start * 2 >= elements.count {
      elements.removeFirst(start)
      start = 0
    }
    return element
  }
}
