/// Something that could be written.
struct CompletionItem: Codable, Hashable {
  enum Kind: Int, Codable {
    case function = 3, field = 5, variable = 6, `class` = 7, module = 9, property = 10, unit = 11, value = 12
    case keyword = 14, snippet = 15, file = 17, folder = 19, enumMember = 20, constant = 21, `struct` = 22, event = 23
    case type = 25
  }

  var label: String
  var kind: Kind
  var detail: String?
  var documentation: Documentation?
  /// What the list is in the order of: how well it fits, then the name.
  var sortText: String?
  var filterText: String?
  /// 2 where the text has places for the user to fill in.
  var insertTextFormat: Int?
  var textEdit: TextEdit?
  /// What to ask for more by.
  var data: [String]?

  /// As it is sent.
  var plain: Plain {
    var fields: [String: Plain] = ["label": .text(label), "kind": .int(kind.rawValue)]
    if let detail { fields["detail"] = .text(detail) }
    if let documentation {
      fields["documentation"] = ["kind": .text(documentation.kind), "value": .text(documentation.value)]
    }
    if let sortText { fields["sortText"] = .text(sortText) }
    if let filterText { fields["filterText"] = .text(filterText) }
    if let insertTextFormat { fields["insertTextFormat"] = .int(insertTextFormat) }
    if let textEdit {
      fields["textEdit"] = ["newText": .text(textEdit.newText), "range": textEdit.range.plain]
    }
    if let data { fields["data"] = .list(data.map { .text($0) }) }
    return .record(fields)
  }

  struct Documentation: Codable, Hashable {
    let kind: String
    let value: String

    init(_ markdown: String) {
      kind = "markdown"
      value = markdown
    }
  }

  init(
    _ label: String, _ kind: Kind, detail: String? = nil, documentation: String = "", rank: Int = 5,
    filter: String? = nil, data: [String]? = nil
  ) {
    self.label = label
    self.kind = kind
    self.detail = detail
    self.documentation = documentation.isEmpty ? nil : Documentation(documentation)
    self.sortText = "\(rank) \(label)"
    self.filterText = filter
    self.data = data
  }
}
