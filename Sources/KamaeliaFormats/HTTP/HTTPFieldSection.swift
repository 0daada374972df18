/// Reads the lines of a head or a trailer up to the empty one that ends it.
///
/// - Note: RFC 9112, 5. Folded lines, blanks before the colon, bare line ends and control characters are refused.
struct HTTPFieldSection: Sendable {
  private(set) var fields = HTTPFields()
  private var used = 0

  init() {}

  /// Reads what there is.
  ///
  /// - Returns: whether the empty line was reached.
  /// - Throws: 400 for what is malformed, 431 for too much.
  mutating func read(_ queue: inout ByteQueue, _ limits: HTTPLimits) throws(HTTPRefusal) -> Bool {
    while true {
      switch queue.takeLine(limit: limits.fields - used) {
      case .incomplete: return false
      case .tooLong: throw HTTPRefusal(431, "the fields are longer than \(limits.fields) bytes")
      case .bareLineFeed: throw HTTPRefusal(400, "a line ends without a carriage return")
      case .line(let line):
        if line.isEmpty { return true }
        used += line.count + 2
        guard used <= limits.fields else {
          throw HTTPRefusal(431, "the fields are longer than \(limits.fields) bytes")
        }
        guard fields.count < limits.fieldCount else {
          throw HTTPRefusal(431, "there are more than \(limits.fieldCount) fields")
        }
        try add(line)
      }
    }
  }

  private mutating func add(_ line: ArraySlice<UInt8>) throws(HTTPRefusal) {
    if line[line.startIndex].isBlank { throw HTTPRefusal(400, "a field is folded over several lines") }
    var index = line.startIndex
    while index < line.endIndex, line[index].isTokenCharacter { index += 1 }
    guard index > line.startIndex, index < line.endIndex, line[index] == 0x3A else {
      throw HTTPRefusal(400, "a field's name is malformed")
    }
    let value = line[(index + 1)...].withoutBlanksAround
    guard value.allSatisfy(\.isFieldCharacter) else {
      throw HTTPRefusal(400, "a field has a control character in it")
    }
    fields.add(checked: line[..<index], value)
  }
}
