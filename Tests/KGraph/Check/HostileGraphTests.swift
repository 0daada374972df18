import Foundation
import Kamaelia
import Testing

@testable import KGraph

/// Whatever a file says, the checker comes to an end and says something that can be shown.
@Suite struct HostileGraphTests {
  /// A generator that gives the same numbers for the same seed (G. Steele et al., "SplitMix", OOPSLA 2014).
  struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  /// Graphs that use all of the language, to be broken.
  static let seeds: [String] =
    Code.all.flatMap { [$0.example, $0.mended] }.filter { !$0.isEmpty } + ExpansionTests.cases.map(\.text)
    + CheckerMistakeTests.names.map(\.text) + CheckerMistakeTests.types.map(\.text) + graphs

  /// The graphs that come with the project.
  private static let graphs: [String] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let files = try? FileManager.default.contentsOfDirectory(
      at: root.appending(path: "graphs"), includingPropertiesForKeys: nil)
    return (files ?? []).filter { $0.pathExtension == "kgraph" }.sorted { $0.path < $1.path }
      .compactMap { try? String(contentsOf: $0, encoding: .utf8) }
  }()

  static let words = seeds.flatMap { $0.split { " \n".contains($0) }.map(String.init) }

  /// What must hold for any text.
  private func examine(_ text: String) {
    let checked = check(text, files: ["main2.kgraph": text, "part.kgraph": "outbox t: Int\nTicks() -> self.t"])
    for diagnostic in checked.diagnostics {
      let source = diagnostic.place.source
      #expect(diagnostic.place.range.upperBound <= source.bytes.count)
      #expect(!diagnostic.message.isEmpty)
    }
    #expect((checked.plan == nil) || !checked.hasErrors)
    if let plan = checked.plan { #expect(plan.isSound) }
    for test in checked.tests { #expect(test.plan.isSound) }
  }

  @Test(arguments: 0..<4) func `mutated graphs are checked`(_ seed: UInt64) {
    var random = Seeded(state: seed)
    for _ in 0..<150 {
      guard var text = Self.seeds.randomElement(using: &random).map({ Array($0.utf8) }), !text.isEmpty else { continue }
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let position = Int.random(in: 0...text.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: text.removeSubrange(position..<min(text.count, position + Int.random(in: 1...12, using: &random)))
        case 1: text.insert(contentsOf: Array((Self.words.randomElement(using: &random) ?? "").utf8), at: position)
        case 2: text.insert(contentsOf: text.prefix(position), at: position)
        default: if position < text.count { text[position] = UInt8.random(in: 0...127, using: &random) }
        }
      }
      examine(String(decoding: text, as: UTF8.self))
    }
  }

  @Test(arguments: 0..<4) func `graphs of random statements are checked`(_ seed: UInt64) {
    var random = Seeded(state: seed &+ 1000)
    for _ in 0..<120 { examine(Self.graph(&random)) }
  }

  /// A graph of random instances and chains, many of them right.
  private static func graph(_ random: inout Seeded) -> String {
    let makers = [
      "Ticks()", "ConsoleReader()", "ConsoleWriter()", "Match(\"x\")", "PassThrough()", "Tee()", "Merge()", "Batch(2)",
      "Zip()", "Uppercase() replicate 3", "Discard()", "Inner()", "Inner() replicate 2", "Sum() replicate 2 ordered",
      "Switch()", "Carousel(Inner)", "Sequence([Source, Source])", "Take($n) restart always(max: 3)", "Lost()",
      "PassThrough() replicate 2 by key(a.b) ordered", "Camera()", "Detect()", "Chooser([1, 2])",
    ]
    let boxes = [
      "", "", "", "", ".outbox", ".inbox", ".in[0]", ".out[\"a\"]", ".copy", ".right", ".signal", ".(inbox, _)",
    ]
    let arrows = ["->", "->", "-[4]->", "-[latest]->", "-[1MiB, dropNewest, ttl: 1s]->", "-[0]->"]
    var lines = [
      "param n: Int = 2", "backplane room: Text", "outbox result: Text", "inbox given: Text",
      "graph Inner {\n  inbox inbox: Text\n  outbox outbox: Text\n  self -> PassThrough() -> self\n  self -> self\n  @room -> self\n}",
      "graph Source {\n  outbox outbox: Text\n  ConsoleReader() -> self\n}",
    ]
    let count = Int.random(in: 1...8, using: &random)
    for number in 0..<count { lines.append("i\(number) = \(makers.randomElement(using: &random) ?? "")") }
    func end(_ random: inout Seeded) -> String {
      switch Int.random(in: 0..<12, using: &random) {
      case 0: return "@room"
      case 1: return makers.randomElement(using: &random) ?? ""
      case 2: return "self"
      case 3: return "[i0, i\(Int.random(in: 0..<count, using: &random))]"
      case 4: return "\"text\""
      default:
        return "i\(Int.random(in: 0...count, using: &random))" + (boxes.randomElement(using: &random) ?? "")
      }
    }
    for _ in 0..<Int.random(in: 1...10, using: &random) {
      var line = end(&random)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        line += " \(arrows.randomElement(using: &random) ?? "->") \(end(&random))"
      }
      switch Int.random(in: 0..<6, using: &random) {
      case 0: lines.append("for k in 1...$n {\n  \(line)\n}")
      case 1: lines.append("if $n > 1 {\n  \(line)\n} else {\n  \(line)\n}")
      default: lines.append(line)
      }
    }
    return lines.joined(separator: "\n")
  }
}

extension Plan {
  /// Whether all that it speaks of is there.
  var isSound: Bool {
    func holds(_ end: PlannedEnd) -> Bool {
      switch end {
      case .box(let instance, let name, _): return instances.indices.contains(instance) && !name.isEmpty
      case .backplane(let path): return backplanes.contains { $0.path == path }
      case .exported(let name): return inboxes.contains { $0.name == name } || outboxes.contains { $0.name == name }
      }
    }
    return linkages.allSatisfy { holds($0.from) && holds($0.to) && $0.type.variables.isEmpty }
      && literals.allSatisfy { holds($0.to) }
      && Set(instances.map(\.path)).count == instances.count
      && instances.allSatisfy { $0.types.values.allSatisfy(\.variables.isEmpty) }
  }
}
