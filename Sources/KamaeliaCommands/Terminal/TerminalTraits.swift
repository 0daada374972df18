import Glibc

/// What a descriptor and the environment say about how to write.
package struct TerminalTraits: Sendable, Hashable {
  /// Whether a person looks at it.
  package let isTerminal: Bool
  package let isColoured: Bool
  /// Whether lines can be drawn again in place: on a terminal that is not `dumb`, whatever it says of colours.
  package let movesCursor: Bool
  /// Columns.
  package let width: Int

  /// Decides from what is known; the pure half.
  ///
  /// - Parameters:
  ///   - size: columns that the terminal says it has.
  ///   - environment: NO_COLOR, if not empty, forbids colours; CLICOLOR_FORCE, if not 0, asks for them wherever the
  ///     text goes; otherwise they are for terminals whose TERM is not `dumb` and where CLICOLOR is not 0. COLUMNS, if
  ///     a number, is the width; 80 where nothing is known.
  /// - Note: https://no-color.org, https://bixense.com/clicolors.
  package init(isTerminal: Bool, size: Int?, environment: [String: String]) {
    self.isTerminal = isTerminal
    movesCursor = isTerminal && environment["TERM"] != "dumb"
    func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty && $0 != "0" } ?? false }
    if let value = environment["NO_COLOR"], !value.isEmpty {
      isColoured = false
    } else if isSet("CLICOLOR_FORCE") {
      isColoured = true
    } else {
      isColoured = isTerminal && environment["TERM"] != "dumb" && environment["CLICOLOR"] != "0"
    }
    let asked = environment["COLUMNS"].flatMap { Int($0) } ?? size ?? 80
    width = asked > 0 ? min(max(asked, 40), 1000) : 80
  }

  /// Asks the system about `descriptor`.
  package init(descriptor: Int32, environment: [String: String]) {
    let isTerminal = isatty(descriptor) == 1
    self.init(isTerminal: isTerminal, size: isTerminal ? Self.size(descriptor)?.columns : nil, environment: environment)
  }

  /// Rows and columns of a terminal, as they are now.
  static func size(_ descriptor: Int32) -> (rows: Int, columns: Int)? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return (Int(size.ws_row), Int(size.ws_col))
  }
}
