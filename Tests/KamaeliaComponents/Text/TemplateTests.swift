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

  @Test(arguments: [
    "{", "}", "a{b", "{a{b}", "{a}}", "{a:b}", "{a:<0}", "{a:<1001}", "{a:<}", "{a:}", "{a:.}", "{a:.10}", "{a:.-1}",
    "{a:3.1}", "{a:<.1}",
  ])
  func `a template with a mistake is refused`(_ source: String) {
    #expect(throws: ParameterError.self) { try Template(source) }
  }

  @Test(arguments: [
    (".2", "3.14159", "3.14"), (".0", "2.5", "3"), (".0", "-0.4", "0"), (".1", "-0.25", "-0.3"), (".3", "7", "7.000"),
    (">8.2", "3.14159", "    3.14"), ("<6.1", "99.95", "100.0 "), (".2", "x", "x"), (".9", "1e300", "1e300"),
    (".2", "nan", "nan"), (".2", "0.005", "0.01"), (".2", "1.05", "1.05"),
  ])
  func `a number is written with as many digits as are wanted`(_ column: String, _ number: String, _ text: String)
    throws
  {
    #expect(try Template("{:\(column)}").fill { _ in number } == text)
  }

  @Test func `a field that is not there is named`() throws {
    let template = try Template("{name} {age}")
    #expect(throws: MissingField(path: "age")) { try template.fill { fields[$0] } }
  }
}
