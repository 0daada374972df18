/// Reads comma-separated values, however the text comes in pieces.
///
/// What it gives depends on the text alone. A record that is wrong costs its first line only: reading goes on with the
/// next line, so that one stray quote does not swallow the rest. It holds the piece that was added last and the record
/// that has begun, which fails when it goes beyond `longest`.
///
/// - Note: RFC 4180. Lines may also end with `\n` or `\r` alone, empty lines are passed over, and so is a byte order mark at
///   the beginning of the text.
struct CSVReader {
  /// A record, or a line that begins none. Lines count from 1.
  enum Item: Hashable {
    case record([String], line: Int)
    case failure(Problem, line: Int, raw: String)
  }

  /// Why there is no record.
  enum Problem: Hashable, CustomStringConvertible {
    case quoteInsideField
    case textBehindQuote
    case openQuote
    case tooLong(Int)

    var description: String {
      switch self {
      case .quoteInsideField: "a quote inside a field that does not begin with one"
      case .textBehindQuote: "text behind the quote that ends a field"
      case .openQuote: "a quote that nothing closes"
      case .tooLong(let longest): "a record of more than \(longest) bytes"
      }
    }
  }

  private enum State {
    case atStart, inField, inQuotes, behindQuote
    /// The line is wrong; what is left of it is passed over.
    case skipping(Problem)
  }

  private static let quote = UInt8(ascii: "\"")
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  let separator: UInt8
  let longest: Int
  private var state = State.atStart
  private var field: [UInt8] = []
  private var fields: [String] = []
  private var buffer: [UInt8] = []
  /// Where in `buffer` the record begins, and which line that is.
  private var start = 0
  private var line = 1
  /// How far `buffer` is read, and how many lines the record has ended so far.
  private var position = 0
  private var linesWithin = 0
  /// Whether the byte before `position` is a `\r`, so that a `\n` belongs to the same end.
  private var isBehindReturn = false
  private var mark = ByteOrderMark()

  /// - Parameters:
  ///   - separator: an ASCII character other than `"`, `\r` and `\n`.
  ///   - longest: bytes of a record, 1 or more.
  init(separator: UInt8 = UInt8(ascii: ","), longest: Int = 1 << 20) {
    self.separator = separator
    self.longest = longest
  }

  /// Adds what comes next, once `next()` has given nil.
  mutating func add(_ text: some Sequence<UInt8>) {
    buffer.removeFirst(start)
    position -= start
    start = 0
    if mark.isDecided {
      buffer.append(contentsOf: text)
    } else {
      buffer.append(contentsOf: mark.remove(from: Array(text)[...]))
    }
  }

  /// The next record or failure, or nil when more text is needed.
  mutating func next() -> Item? {
    while position < buffer.count {
      let byte = buffer[position]
      position += 1
      if let item = step(byte) { return item }
    }
    return nil
  }

  /// What is left at the end of the text, piece by piece, once `next()` has given nil; then nil.
  mutating func finish() -> Item? {
    if let item = next() { return item }
    let rest = mark.finish()
    if !rest.isEmpty {
      buffer.append(contentsOf: rest)
      if let item = next() { return item }
    }
    guard start < buffer.count else { return nil }
    switch state {
    case .inQuotes: return fail(.openQuote) ?? failure(.openQuote, end: position)
    case .skipping(let problem): return failure(problem, end: position)
    case .atStart, .inField, .behindQuote: return record(end: position)
    }
  }

  private mutating func step(_ byte: UInt8) -> Item? {
    let goesOn = byte == Self.newline && isBehindReturn
    isBehindReturn = byte == Self.carriageReturn
    if goesOn {
      if case .inQuotes = state { field.append(byte) } else { start = position }
      return nil
    }
    if byte == Self.newline || byte == Self.carriageReturn { return endLine(byte) }
    if case .skipping = state { return nil }
    if position - start > longest { return fail(.tooLong(longest)) }
    switch state {
    case .atStart where byte == Self.quote: state = .inQuotes
    case .atStart, .inField:
      if byte == separator {
        endField()
      } else if byte == Self.quote {
        return fail(.quoteInsideField)
      } else {
        state = .inField
        field.append(byte)
      }
    case .inQuotes where byte == Self.quote: state = .behindQuote
    case .inQuotes: field.append(byte)
    case .behindQuote where byte == Self.quote:
      field.append(byte)
      state = .inQuotes
    case .behindQuote where byte == separator: endField()
    case .behindQuote: return fail(.textBehindQuote)
    case .skipping: break
    }
    return nil
  }

  private mutating func endLine(_ byte: UInt8) -> Item? {
    switch state {
    case .inQuotes:
      linesWithin += 1
      field.append(byte)
      return position - start > longest ? fail(.tooLong(longest)) : nil
    case .skipping(let problem): return failure(problem, end: position - 1)
    case .atStart, .inField, .behindQuote: break
    }
    if position - start > 1 { return record(end: position - 1) }
    begin(at: position, line: line + 1)
    return nil
  }

  private mutating func endField() {
    fields.append(String(decoding: field, as: UTF8.self))
    field = []
    state = .atStart
  }

  private mutating func record(end: Int) -> Item {
    if end - start > longest { return failure(.tooLong(longest), end: end) }
    endField()
    defer { begin(at: position, line: line + linesWithin + 1) }
    return .record(fields, line: line)
  }

  /// Gives the line where the record began as a failure, and goes back to the line behind it; where that line has not
  /// ended yet, passes over the rest of it first.
  private mutating func fail(_ problem: Problem) -> Item? {
    guard let end = buffer[start..<position].firstIndex(where: { $0 == Self.newline || $0 == Self.carriageReturn })
    else {
      state = .skipping(problem)
      return nil
    }
    position = end + 1
    isBehindReturn = buffer[end] == Self.carriageReturn
    return failure(problem, end: end)
  }

  private mutating func failure(_ problem: Problem, end: Int) -> Item {
    defer { begin(at: position, line: line + 1) }
    return .failure(problem, line: line, raw: String(decoding: buffer[start..<end], as: UTF8.self))
  }

  private mutating func begin(at place: Int, line: Int) {
    start = place
    self.line = line
    linesWithin = 0
    state = .atStart
    field = []
    fields = []
  }
}
