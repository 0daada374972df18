import Testing

@testable import KGraph

struct SyntaxCodeTests {
  @Test(arguments: (Code.syntax + Code.units).filter { $0.commands.isEmpty })
  func `an example gets exactly its code, and mended it gets none`(_ code: Code) {
    let codes = parsed(code.example).diagnostics.map(\.code.name)
    #expect(codes == [code.name])
    let mended = parsed(code.mended).diagnostics
    #expect(mended.isEmpty, "\(Report(mended).text(isColoured: false))")
    #expect(!code.mended.isEmpty)
  }

  @Test(arguments: (Code.syntax + Code.units).filter { $0.commands.isEmpty })
  func `a fix of an example leaves no error behind`(_ code: Code) {
    let file = parsed(code.example)
    for fix in file.diagnostics.flatMap(\.fixes) {
      let codes = parsed(applied(fix, to: code.example)).diagnostics.map(\.code.name)
      #expect(codes.isEmpty, "\(fix.title): \(applied(fix, to: code.example))")
    }
  }

  @Test func `codes are used once, in order, in their hundreds`() {
    let syntax = Code.syntax.map(\.name)
    let units = Code.units.map(\.name)
    #expect(syntax == syntax.sorted() && Set(syntax).count == syntax.count)
    #expect(syntax.allSatisfy { $0.hasPrefix("K00") })
    #expect(units == units.sorted() && units.allSatisfy { $0.hasPrefix("K010") })
  }

  private func applied(_ fix: Diagnostic.Fix, to text: String) -> String {
    var bytes = Array(text.utf8)
    for edit in fix.edits.sorted(by: { $0.place.range.lowerBound > $1.place.range.lowerBound }) {
      bytes.replaceSubrange(edit.place.range, with: Array(edit.replacement.utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Code: CustomTestStringConvertible {
  public var testDescription: String { name }
}
