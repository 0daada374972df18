import Testing

@testable import KGraph

@Suite struct PatternShapeTests {
  @Test(arguments: [
    ("(a+)+", "(a+)"), (#"^(\w+\s?)*$"#, #"(\w+\s?)"#), ("(?:a*)*b", "(?:a*)"), ("((a|b)+,?)+$", "((a|b)+,?)"),
    ("(a*b*)*", "(a*b*)"), ("(a+){2,}", "(a+)"), ("(.*,)*x", "(.*,)"), ("x((a+))+", "((a+))"),
    ("(?<n>[a-z]+)*!", "(?<n>[a-z]+)"),
    (#"(\s*\w+)*$"#, #"(\s*\w+)"#), ("(a{1,20})+", "(a{1,20})"), ("(?=(a+)+b)", "(a+)"),
  ])
  func `a repeat inside a repeat is found`(_ source: String, _ part: String) {
    #expect(PatternShape(source).nestedRepeat == part)
  }

  @Test(arguments: [
    "a+", "(a)+", #"(\w+,)*"#, "(a+b)*", "(?>a+)+", "(a++)+", "(a?)+", "([(]+x)*", #"(\(+x)*"#, "(a|b)+", #"(\d{3})+"#,
    "(a+)?", #"^(?<user>\w+)@(\S+)$"#, "", "(", "(a+", "[(a+)+]", #"\(a+\)+"#, "a+b+c+", "(ab+)+",
  ])
  func `what has one way to match is not`(_ source: String) {
    #expect(PatternShape(source).nestedRepeat == nil)
  }

  @Test func `however deep a pattern is, it is read`() {
    let deep = String(repeating: "(", count: 100_000) + "a+" + String(repeating: ")+", count: 100_000)
    _ = PatternShape(deep).nestedRepeat
  }
}
