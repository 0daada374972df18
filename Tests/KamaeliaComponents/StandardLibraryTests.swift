import Kamaelia
import KamaeliaComponents
import Testing

@Suite struct StandardLibraryTests {
  static let names = Library.standard.names

  @Test func `The library has what the original's users look for`() {
    let expected = [
      "ConsoleReader", "ConsoleWriter", "FileReader", "FileWriter", "Lines", "Tee", "Discard", "PassThrough",
      "Sequence", "Chooser", "Carousel", "Ticker",
    ]
    #expect(expected.filter { !Self.names.contains($0) } == [])
  }

  @Test(arguments: names) func `A component's page is whole`(name: String) throws {
    let signature = try #require(Library.standard.signature(of: name))
    #expect(signature.summary.hasSuffix("."))
    for text in signature.parameters.map(\.description) + (signature.inboxes + signature.outboxes).map(\.description) {
      #expect(text.hasSuffix(".") && text.count > 5, "\(text)")
    }
    #expect(!signature.inboxes.isEmpty || !signature.outboxes.isEmpty)
  }

  private static func takesGraphs(_ type: ParameterType) -> Bool {
    switch type {
    case .graph: true
    case .list(let element): takesGraphs(element)
    case .optional(let wrapped): takesGraphs(wrapped)
    default: false
    }
  }

  @Test(arguments: names) func `A parameter for graphs says when they are made, and no other does`(name: String) throws
  {
    for parameter in try #require(Library.standard.signature(of: name)).parameters {
      #expect((parameter.making != nil) == Self.takesGraphs(parameter.type), "\(parameter.name)")
      #expect(parameter.making?.hasPrefix("one ") != false, "\(parameter.name)")
    }
  }

  @Test(arguments: names) func `A parameter's default is a value that the parameter takes`(name: String) throws {
    let signature = try #require(Library.standard.signature(of: name))
    let members = Members(of: try #require(Library.standard.component(name)).init())
    for parameter in signature.parameters {
      guard let value = parameter.defaultValue else { continue }
      #expect(members.problem(with: value, for: parameter.name) == nil, "\(parameter.name)")
    }
  }
}
