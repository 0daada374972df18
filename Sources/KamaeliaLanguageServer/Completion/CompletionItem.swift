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

/// All that could be written at a place.
struct CompletionList: Encodable {
  let isIncomplete = false
  let items: [CompletionItem]

  private enum CodingKeys: String, CodingKey { case isIncomplete, items }
}

extension CompletionList: Written {
  func write(to bytes: inout [UInt8]) {
    bytes += "{\"isIncomplete\":\(isIncomplete),\"items\":[".utf8
    for (number, item) in items.enumerated() {
      if number > 0 { bytes.append(UInt8(ascii: ",")) }
      item.write(to: &bytes)
    }
    bytes += "]}".utf8
  }
}

extension CompletionItem: Written {
  func write(to bytes: inout [UInt8]) {
    var separator = UInt8(ascii: "{")
    func begin(_ key: StaticString) {
      bytes.append(separator)
      separator = UInt8(ascii: ",")
      bytes.append(UInt8(ascii: "\""))
      key.withUTF8Buffer { bytes += $0 }
      bytes += "\":".utf8
    }
    if let data {
      begin("data")
      Plain.list(data.map { .text($0) }).write(to: &bytes)
    }
    if let detail {
      begin("detail")
      bytes.add(text: detail)
    }
    if let documentation {
      begin("documentation")
      bytes += "{\"kind\":\"\(documentation.kind)\",\"value\":".utf8
      bytes.add(text: documentation.value)
      bytes.append(UInt8(ascii: "}"))
    }
    if let filterText {
      begin("filterText")
      bytes.add(text: filterText)
    }
    if let insertTextFormat {
      begin("insertTextFormat")
      bytes += "\(insertTextFormat)".utf8
    }
    begin("kind")
    bytes += "\(kind.rawValue)".utf8
    begin("label")
    bytes.add(text: label)
    if let sortText {
      begin("sortText")
      bytes.add(text: sortText)
    }
    if let textEdit {
      begin("textEdit")
      bytes += "{\"newText\":".utf8
      bytes.add(text: textEdit.newText)
      bytes += ",\"range\":".utf8
      textEdit.range.write(to: &bytes)
      bytes.append(UInt8(ascii: "}"))
    }
    bytes.append(UInt8(ascii: "}"))
  }
}

extension TextRange: Written {
  func write(to bytes: inout [UInt8]) {
    bytes += "{\"end\":{\"character\":\(end.character),\"line\":\(end.line)},".utf8
    bytes += "\"start\":{\"character\":\(start.character),\"line\":\(start.line)}}".utf8
  }
}
