/// First in, first out; both ends in constant time, on average.
struct Queue<Element> {
  private var elements: [Element?] = []
  /// Where the first element lies; before it, places are empty.
  private var start = 0

  var count: Int { elements.count - start }
  var isEmpty: Bool { count == 0 }
  var first: Element? { isEmpty ? nil : elements[start] }
  /// All elements, the oldest first.
  var all: [Element] { elements[start...].compactMap { $0 } }

  mutating func append(_ element: Element) { elements.append(element) }

  /// Takes the oldest element; nil where there is none.
  @discardableResult
  mutating func removeFirst() -> Element? {
    guard start < elements.count else { return nil }
    let element = elements[start].take()
    start += 1
    // Moves what is left once it is the smaller half, so that each element is moved once at most, on average.
    if start > 32, start * 2 > elements.count {
      elements.removeFirst(start)
      start = 0
    }
    return element
  }

  mutating func removeAll() {
    elements = []
    start = 0
  }
}
