import Testing

@testable import KGraph

struct ReportTests {
  private static let report = Report(Samples.all, files: [Samples.names])

  @Test(arguments: Self.forms)
  func `every form says the same`(_ format: Report.Format, _ expected: String) {
    #expect(Self.report.render(format, version: "1.2") == expected)
  }

  private static let forms: [(Report.Format, String)] = [
    (
      .text,
      #"""
      error[K0201]: there is no component `FileTial`
       --> my graphs/näme,1:2.kgraph:1:8
        |
      1 | tail = FileTial(path: "ä🙂")
        |        ^^^^^^^^
        |
        = help: write `FileTail`

      error[K0201]: there is no instance `tali` in {this} [file](x)
        --> my graphs/näme,1:2.kgraph:2:6
         |
       1 | tail = FileTial(path: "ä🙂")
         | ---- near: `tail`
       2 | 🙂 -> tali
         |       ^^^^ 100% unknown,␊really
         |
        ::: fleet.kgraph:22:1
         |
      22 | camera -> detect
         | ------ there is one here
         |
         = help: swap the letters
         |
       2 - 🙂 -> tali
       2 + 🙂 -> tail

      warning[K0901]: `camera` is never used
        --> fleet.kgraph:22:1
         |
      22 | camera -> detect
         | ^^^^^^

      error[K0301]: these boxes carry different types
        --> fleet.kgraph:22:11
         |
      22 | camera -> detect
         | ------    ^^^^^^ inbox takes Video(format: rgb)
         | |
         | carries Video(format: yuv420)
         |
         = help: put a converter between them: camera -> ConvertVideo(format: rgb) -> detect

      3 errors, 1 warning in 2 files

      """#
    ),
    (
      .json,
      #"""
      {"byteEnd":15,"byteStart":7,"caption":"","code":"K0201","column":8,"endColumn":16,"endLine":1,"file":"my graphs/näme,1:2.kgraph","fixes":[{"edits":[{"byteEnd":15,"byteStart":7,"column":8,"endColumn":16,"endLine":1,"file":"my graphs/näme,1:2.kgraph","line":1,"replacement":"FileTail"}],"title":"write `FileTail`"}],"helps":[],"labels":[],"line":1,"message":"there is no component `FileTial`","severity":"error"}
      {"byteEnd":44,"byteStart":40,"caption":"100% unknown,\nreally","code":"K0201","column":6,"endColumn":10,"endLine":2,"file":"my graphs/näme,1:2.kgraph","fixes":[{"edits":[{"byteEnd":44,"byteStart":40,"column":6,"endColumn":10,"endLine":2,"file":"my graphs/näme,1:2.kgraph","line":2,"replacement":"tail"},{"byteEnd":4,"byteStart":0,"column":1,"endColumn":5,"endLine":1,"file":"my graphs/näme,1:2.kgraph","line":1,"replacement":"tail"}],"title":"swap the letters"}],"helps":[],"labels":[{"byteEnd":48,"byteStart":42,"column":1,"endColumn":7,"endLine":22,"file":"fleet.kgraph","line":22,"message":"there is one here"},{"byteEnd":4,"byteStart":0,"column":1,"endColumn":5,"endLine":1,"file":"my graphs/näme,1:2.kgraph","line":1,"message":"near: `tail`"}],"line":2,"message":"there is no instance `tali` in {this} [file](x)","severity":"error"}
      {"byteEnd":48,"byteStart":42,"caption":"","code":"K0901","column":1,"endColumn":7,"endLine":22,"file":"fleet.kgraph","fixes":[],"helps":[],"labels":[],"line":22,"message":"`camera` is never used","severity":"warning"}
      {"byteEnd":58,"byteStart":52,"caption":"inbox takes Video(format: rgb)","code":"K0301","column":11,"endColumn":17,"endLine":22,"file":"fleet.kgraph","fixes":[],"helps":["put a converter between them: camera -> ConvertVideo(format: rgb) -> detect"],"labels":[{"byteEnd":48,"byteStart":42,"column":1,"endColumn":7,"endLine":22,"file":"fleet.kgraph","line":22,"message":"carries Video(format: yuv420)"}],"line":22,"message":"these boxes carry different types","severity":"error"}

      """#
    ),
    (
      .github,
      #"""
      ::error file=my graphs/näme%2C1%3A2.kgraph,line=1,endLine=1,col=8,endColumn=15,title=K0201%3A there is no such name::there is no component `FileTial`%0Ahelp: write `FileTail`
      ::error file=my graphs/näme%2C1%3A2.kgraph,line=2,endLine=2,col=7,endColumn=10,title=K0201%3A there is no such name::there is no instance `tali` in {this} [file](x)%0Amy graphs/näme,1:2.kgraph:2:6: 100%25 unknown,%0Areally%0Afleet.kgraph:22:1: there is one here%0Amy graphs/näme,1:2.kgraph:1:1: near: `tail`%0Ahelp: swap the letters
      ::warning file=fleet.kgraph,line=22,endLine=22,col=1,endColumn=6,title=K0901%3A this is never used::`camera` is never used
      ::error file=fleet.kgraph,line=22,endLine=22,col=11,endColumn=16,title=K0301%3A these boxes carry different types::these boxes carry different types%0Afleet.kgraph:22:11: inbox takes Video(format: rgb)%0Afleet.kgraph:22:1: carries Video(format: yuv420)%0Ahelp: put a converter between them: camera -> ConvertVideo(format: rgb) -> detect

      """#
    ),
    (
      .gcc,
      #"""
      my graphs/näme,1:2.kgraph:1:8: error: there is no component `FileTial` [K0201]
      my graphs/näme,1:2.kgraph:1:8: note: write `FileTail`
      my graphs/näme,1:2.kgraph:2:6: error: there is no instance `tali` in {this} [file](x) [K0201]
      my graphs/näme,1:2.kgraph:2:6: note: 100% unknown, really
      fleet.kgraph:22:1: note: there is one here
      my graphs/näme,1:2.kgraph:1:1: note: near: `tail`
      my graphs/näme,1:2.kgraph:2:6: note: swap the letters
      fleet.kgraph:22:1: warning: `camera` is never used [K0901]
      fleet.kgraph:22:11: error: these boxes carry different types [K0301]
      fleet.kgraph:22:11: note: inbox takes Video(format: rgb)
      fleet.kgraph:22:1: note: carries Video(format: yuv420)
      fleet.kgraph:22:11: note: put a converter between them: camera -> ConvertVideo(format: rgb) -> detect

      """#
    ),
  ]

  @Test func `colours follow what is said`() {
    let expected = #"""
      ␛[1;33mwarning[K0901]␛[0m␛[1m: `camera` is never used␛[0m
        ␛[1;34m-->␛[0m fleet.kgraph:22:1
      ␛[1;34m   |␛[0m
      ␛[1;34m22 |␛[0m camera -> detect
      ␛[1;34m   |␛[0m ␛[1;33m^^^^^^␛[0m

      ␛[1;31merror[K0301]␛[0m␛[1m: these boxes carry different types␛[0m
        ␛[1;34m-->␛[0m fleet.kgraph:22:11
      ␛[1;34m   |␛[0m
      ␛[1;34m22 |␛[0m camera -> detect
      ␛[1;34m   |␛[0m ␛[1;34m------    ␛[0m␛[1;31m^^^^^^␛[0m␛[1;31m inbox takes Video(format: rgb)␛[0m
      ␛[1;34m   |␛[0m ␛[1;34m|␛[0m
      ␛[1;34m   |␛[0m ␛[1;34mcarries Video(format: yuv420)␛[0m
      ␛[1;34m   |␛[0m
         ␛[1;34m=␛[0m ␛[1mhelp␛[0m: put a converter between them: camera -> ConvertVideo(format: rgb) -> detect

      ␛[1;31m1 error, 1 warning in 1 file␛[0m

      """#
    let text = Report([Samples.mismatch, Samples.unused]).text(isColoured: true)
    #expect(text.replacing("\u{1B}", with: "␛") == expected)
  }

  @Test func `diagnostics come by file as given, then by place, none twice`() {
    let report = Report(Samples.all, files: [Samples.names])
    let expected = [Samples.unknown, Samples.unknownInstance, Samples.unused, Samples.mismatch]
    #expect(report.diagnostics == expected)
    let other = Report(Samples.all, files: [Samples.fleet])
    #expect(other.diagnostics == [Samples.unused, Samples.mismatch, Samples.unknown, Samples.unknownInstance])
  }

  @Test func `nothing found is nothing said, but for the summary and the empty log`() {
    let report = Report([], files: [Samples.fleet, Samples.names])
    #expect(report.summary == "no errors in 2 files")
    for format in Report.Format.allCases where format != .sarif { #expect(report.render(format, version: "") == "") }
    #expect(report.sarif(version: "1").contains("\"results\" : [\n\n      ]"))
  }

  @Test func `a summary counts`() {
    #expect(Report([Samples.mismatch]).summary == "1 error in 1 file")
    var note = Samples.unused
    note.severity = .note
    #expect(
      Report([note, Samples.unused, Samples.unknown], files: []).summary == "1 error, 1 warning, 1 note in 2 files")
  }
}
