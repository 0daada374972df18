/// The fields of a message's head or trailer, in their order.
///
/// Names compare without regard to case. What is in it can be written to a connection as it is: names are tokens, and
/// values have no line ends or other control characters.
package struct HTTPFields: Sendable {
  /// Where a field lies in `bytes`.
  private struct Place: Sendable {
    let name: Range<Int>
    let value: Range<Int>
  }

  /// The fields as they are written, each with its line end.
  private var bytes: [UInt8] = []
  private var places: [Place] = []

  package init() {}

  /// How many fields there are.
  package var count: Int { places.count }
  package var isEmpty: Bool { places.isEmpty }

  /// Adds a field after the others.
  ///
  /// - Throws: ``HTTPFieldError`` if the name is no token or the value has a control character in it.
  package mutating func add(_ name: String, _ value: String) throws(HTTPFieldError) {
    guard !name.isEmpty, name.utf8.allSatisfy(\.isTokenCharacter) else { throw .name(name) }
    guard value.utf8.allSatisfy(\.isFieldCharacter) else { throw .value(of: name) }
    append(name.utf8, value.utf8)
  }

  /// Adds those fields of `others` whose names are not here yet.
  package mutating func fill(from others: HTTPFields) {
    guard !others.isEmpty else { return }
    let own = self
    for place in others.places where !own.has(others.text(place.name)) {
      append(others.bytes[place.name], others.bytes[place.value])
    }
  }

  /// Adds what a parser has checked: a token and a value without blanks around it.
  mutating func add(checked name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
    append(name, value)
  }

  private mutating func append(_ name: some Collection<UInt8>, _ value: some Collection<UInt8>) {
    let start = bytes.count
    bytes.append(contentsOf: name)
    let colon = bytes.count
    bytes.append(0x3A)
    bytes.append(0x20)
    bytes.append(contentsOf: value)
    places.append(Place(name: start..<colon, value: colon + 2..<bytes.count))
    bytes.append(0x0D)
    bytes.append(0x0A)
  }

  /// The value of the first field of a name, as UTF-8; `nil` without one.
  package subscript(_ name: String) -> String? {
    for place in places where matches(place, name) { return text(place.value) }
    return nil
  }

  /// The values of all fields of a name, in their order.
  package func values(_ name: String) -> [String] {
    places.filter { matches($0, name) }.map { text($0.value) }
  }

  /// How often a name occurs.
  package func count(of name: String) -> Int { places.count { matches($0, name) } }

  /// Whether a field of that name is there.
  package func has(_ name: String) -> Bool { places.contains { matches($0, name) } }

  /// The elements of all fields of a name, read as lists: parted at commas outside quotes, without blanks around them
  /// and without the empty ones.
  ///
  /// - Note: RFC 9110, 5.6.1.
  package func elements(of name: String) -> [String] {
    var elements: [String] = []
    for place in places where matches(place, name) {
      for part in HTTPList.parts(of: bytes[place.value]) {
        elements.append(String(decoding: part, as: UTF8.self))
      }
    }
    return elements
  }

  /// Whether a list has an element, without regard to case.
  package func lists(_ element: String, in name: String) -> Bool {
    has(name)
      && elements(of: name).contains { $0.utf8.elementsEqual(element.utf8, by: { $0.lowercased == $1.lowercased }) }
  }

  /// Appends all fields as they are written, each with its line end.
  package func write(to output: inout [UInt8]) {
    output.append(contentsOf: bytes)
  }

  private func matches(_ place: Place, _ name: String) -> Bool {
    let other = name.utf8
    guard place.name.count == other.count else { return false }
    var index = place.name.lowerBound
    for byte in other {
      if bytes[index].lowercased != byte.lowercased { return false }
      index += 1
    }
    return true
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

extension HTTPFields: Sequence {
  /// The names as they were sent, with their values.
  package func makeIterator() -> some IteratorProtocol<(name: String, value: String)> {
    places.lazy.map { (name: text($0.name), value: text($0.value)) }.makeIterator()
  }
}

extension HTTPFields: Equatable {
  package static func == (first: HTTPFields, second: HTTPFields) -> Bool {
    first.elementsEqual(second, by: ==)
  }
}

/// Why a field cannot be written.
package enum HTTPFieldError: Error, Equatable, CustomStringConvertible {
  /// A name that is no token.
  case name(String)
  /// The value has a line end or another control character in it.
  case value(of: String)

  package var description: String {
    switch self {
    case .name(let name): "`\(name.debugDescription)` cannot be the name of an HTTP field"
    case .value(let name): "the value of the HTTP field `\(name)` has a control character in it"
    }
  }
}

/// Lists in the value of a field.
enum HTTPList {
  /// The parts between commas that are not inside quotes, without the blanks around them and without empty ones.
  static func parts(of value: ArraySlice<UInt8>, separator: UInt8 = 0x2C) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = value.startIndex
    var isQuoted = false
    var index = value.startIndex
    while index < value.endIndex {
      let byte = value[index]
      if isQuoted, byte == 0x5C {
        index += 1
      } else if byte == 0x22 {
        isQuoted.toggle()
      } else if byte == separator, !isQuoted {
        parts.append(value[start..<index].withoutBlanksAround)
        start = index + 1
      }
      index += 1
    }
    parts.append(value[start...].withoutBlanksAround)
    return parts.filter { !$0.isEmpty }
  }
}

extension ArraySlice<UInt8> {
  /// What is left without spaces and tabs at both ends.
  var withoutBlanksAround: ArraySlice<UInt8> {
    var slice = self
    while let first = slice.first, first.isBlank { slice.removeFirst() }
    while let last = slice.last, last.isBlank { slice.removeLast() }
    return slice
  }
}
