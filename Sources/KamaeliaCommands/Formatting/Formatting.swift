import KGraph
import Kamaelia

extension Verb {
  /// `fmt [--check|--diff] [FILE|FOLDER …]`.
  static let fmt = Verb.fmt { invocation throws(CommandError) in
    let arguments = invocation.arguments
    let terminal = invocation.terminal
    if arguments.has("check"), arguments.has("diff") { throw .usage("`--check` and `--diff` are two questions") }
    var (changed, broken) = (0, [Diagnostic]())
    let files = try GraphFiles(invocation)
    let areRead = try await files.read(for: terminal) { path, source throws(CommandError) in
      let file = FormattedFile(source)
      guard let new = file.new else {
        broken += file.errors
        if path == "-", !arguments.has("check"), !arguments.has("diff") { try terminal.write(file.old) }
        return
      }
      let isSame = !file.isDifferent
      if arguments.has("diff") {
        try terminal.write(LineDifference(from: file.old, to: new).text(name: source.name))
      } else if arguments.has("check") {
        if !isSame { terminal.say("\(source.name) would be written differently\n") }
      } else if path == "-" || arguments.has("e") {
        try terminal.write(new)
      } else if !isSame {
        try await WrittenFile.put(path, new)
        terminal.say("wrote \(path)\n")
      }
      if !isSame { changed += 1 }
    }
    guard broken.isEmpty else {
      let report = Report(broken)
      terminal.say(
        report.render(
          .text, isColoured: terminal.saysColoured, width: terminal.width, version: Version.current)
          + "\nfiles with syntax errors are left as they are\n")
      return .errors
    }
    if changed > 0, arguments.has("check") {
      terminal.say("`\(invocation.program) fmt` writes them\n")
      return .errors
    }
    return areRead ? .fine : .errors
  }
}
