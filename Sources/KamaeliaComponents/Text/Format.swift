import Kamaelia

/// Makes text of the fields of any message.
struct Format: Component {
  static let summary = "Makes text of messages by a template."
  static let details = """
    In the template, `{name}` stands for a field of a record, `{user.name}` for a field inside one, `{0}` for an element of \
    a list, and `{}` for the whole message. `{name:<12}` fills up with blanks behind to 12 characters, `{name:>12}` before; \
    `{price:.2}` writes a number with 2 digits behind the point, and `{price:>8.2}` does both; \
    what is no number, and one of more than 15 digits in all, stays as it is. `{{` and `}}` are braces.

    `{}` is written as ConsoleWriter shows the message: a list with a line for each element, other components' records perhaps \
    in words of their own. Fields are written as text is, and all else as in JSON: a list inside a record is `[1,2]`, a duration its seconds.

    A message without one of the fields leaves through `errors`; if nobody has linked that, the component fails. With \
    `missing`, that text stands in place of the field.

        weather -> ParseJSON() -> Format("{city:<20} {temperature:>5.1} °C") -> ConsoleWriter()
    """
  static let endsWithReaders = true

  @Parameter("The text, with places such as `{name}` for fields.", main: true) var template: Template
  @Parameter("What stands in place of a field that a message lacks; without it, that is an error.")
  var missing: String? = nil

  let inbox = Inbox<AnyMessage>("Anything that has the fields.")
  let outbox = Outbox<String>("The template with the fields of one message.")
  let errors = Outbox<BadInput>("A message that lacks a field.", needsReader: true)

  var fieldsRead: [String] { missing == nil ? template.paths.filter { !$0.isEmpty } : [] }

  func main() async throws {
    let needsFields = template.paths.contains { !$0.isEmpty }
    for await message in inbox {
      let json = needsFields ? message.json : .null
      let filled = Result { () throws(MissingField) in
        try template.fill { path in path.isEmpty ? message.text : json.value(at: path)?.text ?? missing }
      }
      switch filled {
      case .success(let text): try await outbox.send(text)
      case .failure(let error):
        try await errors.send(BadInput("the message has no field `\(error.path)`", message.text))
      }
    }
  }
}
