import Testing

@testable import KamaeliaCommands

struct TerminalTraitsTests {
  @Test(
    arguments: [
      (true, [:], true), (false, [:], false), (true, ["TERM": "dumb"], false), (true, ["TERM": "xterm"], true),
      (true, ["NO_COLOR": "1"], false), (true, ["NO_COLOR": ""], true), (false, ["CLICOLOR_FORCE": "1"], true),
      (false, ["CLICOLOR_FORCE": "0"], false), (true, ["CLICOLOR": "0"], false),
      (false, ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false), (false, ["CLICOLOR_FORCE": "1", "TERM": "dumb"], true),
    ] as [(Bool, [String: String], Bool)])
  func `colours follow the terminal and the environment`(
    _ isTerminal: Bool, _ environment: [String: String], _ isColoured: Bool
  ) {
    #expect(TerminalTraits(isTerminal: isTerminal, size: nil, environment: environment).isColoured == isColoured)
  }

  @Test(
    arguments: [
      (true, ["TERM": "xterm"], true), (true, ["TERM": "xterm", "NO_COLOR": "1"], true),
      (true, ["CLICOLOR": "0"], true),
      (true, ["TERM": "dumb"], false), (false, ["TERM": "xterm"], false), (false, ["CLICOLOR_FORCE": "1"], false),
    ] as [(Bool, [String: String], Bool)])
  func `what is drawn in place asks for a terminal, not for colours`(
    _ isTerminal: Bool, _ environment: [String: String], _ movesCursor: Bool
  ) {
    #expect(TerminalTraits(isTerminal: isTerminal, size: nil, environment: environment).movesCursor == movesCursor)
  }

  @Test(
    arguments: [
      (nil, nil, 80), (120, nil, 120), (120, "100", 100), (nil, "wide", 80), (nil, "0", 80), (nil, "-7", 80),
      (nil, "5", 40), (1_000_000, nil, 1000),
    ] as [(Int?, String?, Int)])
  func `the width is what is known, within reason`(_ size: Int?, _ columns: String?, _ width: Int) {
    let environment = columns.map { ["COLUMNS": $0] } ?? [:]
    #expect(TerminalTraits(isTerminal: true, size: size, environment: environment).width == width)
  }
}
