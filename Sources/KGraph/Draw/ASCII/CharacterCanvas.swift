import Kamaelia

/// A drawing made of box-drawing characters.
struct CharacterCanvas {
  /// Sides of a character that a line touches.
  struct Sides: OptionSet, Hashable {
    let rawValue: Int

    static let up = Sides(rawValue: 1)
    static let right = Sides(rawValue: 2)
    static let down = Sides(rawValue: 4)
    static let left = Sides(rawValue: 8)
  }

  /// Lines that are not of one edge or one port touch other than by crossing.
  struct Muddle: Error {}

  private enum Cell {
    case blank
    case character(Character)
    /// The right half of a wide character.
    case covered
    case line([(edge: Int, sides: Sides)])
  }

  private var cells: [[Cell]]

  init(width: Int, height: Int) {
    cells = [[Cell]](repeating: [Cell](repeating: .blank, count: width), count: height)
  }

  mutating func put(_ character: Character, _ x: Int, _ y: Int) {
    guard cells.indices.contains(y), cells[y].indices.contains(x) else { return }
    cells[y][x] = .character(character)
  }

  mutating func put(_ text: String, _ x: Int, _ y: Int) {
    var column = x
    for character in text {
      put(character, column, y)
      let width = DisplayWidth.of(character)
      if width == 2, cells.indices.contains(y), cells[y].indices.contains(column + 1) {
        cells[y][column + 1] = .covered
      }
      column += width
    }
  }

  /// Adds a piece of an edge's line.
  mutating func addLine(_ sides: Sides, _ edge: Int, _ x: Int, _ y: Int) {
    guard cells.indices.contains(y), cells[y].indices.contains(x) else { return }
    guard case .line(var uses) = cells[y][x] else {
      cells[y][x] = .line([(edge, sides)])
      return
    }
    if let index = uses.firstIndex(where: { $0.edge == edge }) {
      uses[index].sides.formUnion(sides)
    } else {
      uses.append((edge, sides))
    }
    cells[y][x] = .line(uses)
  }

  /// The edges whose lines are here.
  func edges(_ x: Int, _ y: Int) -> [Int] {
    guard cells.indices.contains(y), cells[y].indices.contains(x), case .line(let uses) = cells[y][x] else { return [] }
    return uses.map(\.edge)
  }

  func isBlank(_ x: Int, _ y: Int) -> Bool {
    guard cells.indices.contains(y), cells[y].indices.contains(x), case .blank = cells[y][x] else { return false }
    return true
  }

  /// The text, lines without blanks at their ends.
  ///
  /// - Parameters:
  ///   - areOne: whether two edges may share a line, having a port in common.
  ///   - style: of an edge.
  func text(areOne: (Int, Int) -> Bool, style: (Int) -> Diagram.Style) throws(Muddle) -> String {
    var result = ""
    for row in cells {
      var line = ""
      for cell in row {
        switch cell {
        case .blank: line.append(" ")
        case .covered: break
        case .character(let character): line.append(character)
        case .line(let uses): line.append(try Self.character(uses, areOne, style))
        }
      }
      result += String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
    }
    return result
  }

  private static func character(
    _ uses: [(edge: Int, sides: Sides)], _ areOne: (Int, Int) -> Bool, _ style: (Int) -> Diagram.Style
  ) throws(Muddle) -> Character {
    var sides: Sides = []
    for (index, use) in uses.enumerated() {
      sides.formUnion(use.sides)
      for other in uses[..<index] where !areOne(use.edge, other.edge) {
        let pair: Set = [use.sides, other.sides]
        guard pair == [[.left, .right], [.up, .down]] else { throw Muddle() }
      }
    }
    let styles = Set(uses.map { style($0.edge) })
    if styles.count == 1, let only = styles.first, only != .plain {
      if sides == [.left, .right] { return only == .control ? "╌" : "┄" }
      if sides == [.up, .down] { return only == .control ? "╎" : "┆" }
    }
    let characters: [Character] = [
      " ", "╵", "╶", "╰", "╷", "│", "╭", "├", "╴", "╯", "─", "┴", "╮", "┤", "┬", "┼",
    ]
    return characters[sides.rawValue & 15]
  }
}
