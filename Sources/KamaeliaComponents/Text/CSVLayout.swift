import Kamaelia

/// Which fields the lines of comma-separated values have, as far as that is known.
struct CSVLayout {
  /// The names of the columns; nil as long as no record has come and none were given.
  private(set) var names: [String]?
  /// Whether fields of other names are left out on purpose.
  private let isChosen: Bool
  /// Whether there are lines already that no names stand above.
  private var hasUnnamedLines = false

  /// - Parameter columns: the names; nil for those of the first record.
  init(columns: [String]?) {
    names = columns
    isChosen = columns != nil
  }

  /// The fields of one line.
  mutating func fields(of value: JSON) throws(NoCSVLine) -> [JSON] {
    switch value {
    case .object(let members): return try fields(of: members, value)
    case .array(let elements): return try unnamed(elements, "a list of \(counted(elements.count, "element"))")
    case .null, .bool, .int, .double, .string: return try unnamed([value], "one value")
    }
  }

  private mutating func fields(of members: [JSON.Member], _ value: JSON) throws(NoCSVLine) -> [JSON] {
    if members.isEmpty, !isChosen { throw NoCSVLine(reason: "a record without fields") }
    if hasUnnamedLines, names == nil {
      throw NoCSVLine(reason: "a record behind lines without names; `columns` can name them")
    }
    // A name that comes twice has one value, the last one.
    var seen: Set<TextKey> = []
    let columns = names ?? members.map(\.name).filter { seen.insert(TextKey($0)).inserted }
    names = columns
    // Those that are chosen may lead to fields inside others.
    if isChosen { return columns.map { value.value(at: $0) ?? .null } }
    if let stranger = members.first(where: { member in !columns.contains(where: member.name.hasSameBytes) }) {
      throw NoCSVLine(reason: "`\(stranger.name)` is no column")
    }
    return columns.map { value[$0] ?? .null }
  }

  private mutating func unnamed(_ fields: [JSON], _ what: String) throws(NoCSVLine) -> [JSON] {
    // A line of nothing is none to whoever reads the file.
    if fields.isEmpty { throw NoCSVLine(reason: "an empty list") }
    hasUnnamedLines = true
    if let names, names.count != fields.count {
      throw NoCSVLine(reason: "\(what) for \(counted(names.count, "column"))")
    }
    return fields
  }
}

/// Why a message is no line.
struct NoCSVLine: Error, Hashable {
  let reason: String
}
