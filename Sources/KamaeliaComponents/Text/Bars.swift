import Kamaelia

/// Draws numbers as bars of text.
struct Bars: Component {
  static let summary = "Draws each list of numbers as a bar chart of text."
  static let details = """
    A list becomes a line for each of its elements: the label, a bar, and the number. The bars are drawn with the block \
    characters of Unicode, to an eighth of a column; the largest number of the list has a bar of `width` columns, or \
    with `full`, that number has it and larger ones are cut there. A number other than 0 has an eighth of a column at \
    least, and those below 0 have no bar. An empty list is drawn as nothing, and a message that is no list as a chart of one line, which makes sense with `full`.

    A number is the element itself or its field `of`; its label is its field `key`, as CountBy and TopK send it, or what \
    the template `label` makes of it: `label: "{from} to {to}"` for a Histogram. A message with an element that has no \
    number leaves through `errors`, whole; if nobody has linked that, the component fails.

        words -> TopK(10) -> Bars() -> ConsoleWriter()
        load -> Bars(full: 100) -> ConsoleWriter()
    """
  static let endsWithReaders = true

  @Parameter("Columns of the longest bar.", in: 1...500, main: true) var width = 40
  @Parameter("The number whose bar has the whole width; the largest of the list if left out.", in: 0.000001...)
  var full: Double? = nil
  @Parameter("The field of an element that is its number.") var of = "count"
  @Parameter("What stands before the bar, with places such as `{name}` for fields; the field `key` if left out.")
  var label: Template? = nil

  let inbox = Inbox<AnyMessage>("A list of numbers, or of records with a number in them.")
  let outbox = Outbox<String>("A line of the chart.")
  let errors = Outbox<BadInput>("A message that holds something without a number.", needsReader: true)

  func fieldsRead(in type: MessageType) -> FieldsRead {
    let element = if case .list(let element) = type { element } else { type }
    let labels = (label?.paths ?? []).filter { !$0.isEmpty }
    guard case .record = element else {
      let isPlain = if case .named(let name, _) = element { name != "JSON" } else { false }
      return FieldsRead(isPlain ? labels + [""] : [], numbers: isPlain ? [""] : [], of: element)
    }
    return FieldsRead([of] + labels, numbers: [of], of: element)
  }

  func main() async throws {
    for await message in inbox {
      let json = message.json
      let elements = if case .array(let list) = json { list } else { [json] }
      switch Result(catching: { () throws(NoBar) in try elements.map(bar) }) {
      case .success(let bars):
        let drawing = BarDrawing(bars, width: width, full: full)
        for bar in bars { try await outbox.send(drawing.line(of: bar)) }
      case .failure(let problem): try await errors.send(BadInput(problem.reason, message.text))
      }
    }
  }

  private func bar(_ element: JSON) throws(NoBar) -> Bar {
    let isRecord = if case .object = element { true } else { false }
    let field = isRecord ? of : ""
    guard let number = Number(in: element, field: field) else {
      throw NoBar(reason: Number.absence(in: element, field: field).error)
    }
    return Bar(label: try text(for: element), value: number.double, number: number.text)
  }

  private func text(for element: JSON) throws(NoBar) -> String {
    guard let label else { return element["key"]?.text ?? "" }
    do throws(MissingField) {
      return try label.fill { path in path.isEmpty ? element.text : element.value(at: path)?.text }
    } catch {
      throw NoBar(reason: "there is no field `\(error.path)`")
    }
  }
}
