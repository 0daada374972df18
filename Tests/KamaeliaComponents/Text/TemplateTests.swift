import Kamaelia
import Testing

@testable import KamaeliaComponents

@Suite struct TemplateTests {
  private let fields = ["": "all", "name": "Ann", "a.b": "x"]

  @Test(arguments: [
    ("", ""), ("plain", "plain"), ("{}", "all"), ("{name}!", "Ann!"), ("{a.b}{name}", "xAnn"), ("{{{name}}}", "{Ann}"),
    ("{name:<5}|", "Ann  |"), ("{name:>5}|", "  Ann|"), ("{name:>2}|", "Ann|"), ("{:>4}", " all"),
  ])
  func `a template is filled like this`(_ source: String, _ text: String) throws {
    #expect(try Template(source).fill { fields[$0] } == text)
  }

  @Test(arguments: ["{", "}", "a{b", "{a{b}", "{a}}", "{a:b}", "{a:<0}", "{a:<1001}", "{a:<}"])
  func `a template with a mistake is refused`(_ source: String) {
    #expect(throws: ParameterError.self) { try Template(source) }
  }

  @Test func `a field that is not there is named`() throws {
    let template = try Template("{name} {age}")
    #expect(throws: MissingField(path: "age")) { try template.fill { fields[$0] } }
  }
}
