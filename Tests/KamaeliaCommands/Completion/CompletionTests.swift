import Fixtures
import Foundation
import Testing

@testable import KamaeliaCommands

struct CompletionTests {
  /// What is typed, and what is offered for its last word, in a folder with `a.kgraph`, `b.txt` and `sub/`.
  private static let offers: [([String], [String])] = [
    (["ver"], ["version"]),
    (["run", "--st"], ["--stats"]),
    (["check", "--format", "s"], ["sarif"]),
    (["explain", ""], ["K0301", "K0901"]),
    (["completion", "z"], ["zsh"]),
    (["list", "Fi"], ["FileTail"]),
    (["run", "a"], ["a.kgraph"]),
    (["check", "b"], []),
    (["check", "--deny", "x", "a.kgraph", "a"], ["a.kgraph"]),
    (["explain", "K0301", ""], ["K0301", "K0901"]),
    (["help", "l"], ["language", "list"]),
    (["help", "exp"], ["explain"]),
    (["run", "a.kgraph", "--set", ""], ["path=", "size="]),
    (["run", "a.kgraph", "--set", "si"], ["size="]),
    (["test", "a.kgraph", "--filter", "on"], ["one"]),
  ]

  /// The scripts ask the program itself about graphs.
  private static let programs = URL(filePath: BuiltProgram.path(of: "kamaelia")).deletingLastPathComponent().path
  private static let path = "export PATH=\(programs):$PATH"

  private static func folder() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "completion-\(UUID())")
    try FileManager.default.createDirectory(at: folder.appending(path: "sub"), withIntermediateDirectories: true)
    let graph = "param path: Path = \"a\"\nparam size: Int\n\ntest \"one\" {\n}\n\ntest \"two words\" {\n}\n"
    for name in ["a.kgraph", "b.txt"] { try Data(graph.utf8).write(to: folder.appending(path: name)) }
    for shell in CompletionScript.allCases {
      let text = shell.text(program: "kamaelia", verbs: Session.verbs)
      try Data(text.utf8).write(to: folder.appending(path: "script.\(shell)"))
    }
    return folder.path
  }

  @Test(arguments: CompletionScript.allCases)
  func `the shell finds no fault with its script`(_ shell: CompletionScript) throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let program = try FinishedProgram.run([shell.rawValue, "-n", "\(folder)/script.\(shell)"])
    guard let program else { try Test.cancel("there is no \(shell)") }
    #expect(program.status == 0)
    #expect(program.output == "")
  }

  @Test(arguments: Self.offers)
  func `bash offers what fits`(_ words: [String], _ offered: [String]) throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let script = """
      \(Self.path)
      cd "$1" || exit; source ./script.bash; shift
      COMP_WORDS=(kamaelia "$@"); COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
      _kamaelia
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let program = try FinishedProgram.run(["bash", "-c", script, "bash", folder] + words)
    guard let program else { try Test.cancel("there is no bash") }
    #expect(program.output.split(separator: "\n").map(String.init).sorted() == offered)
  }

  @Test func `bash completes behind an equals sign, which is a word of its own there`() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let script = """
      source "$1/script.bash"
      COMP_WORDS=(kamaelia check --format = js); COMP_CWORD=4; _kamaelia; echo "${COMPREPLY[@]}"
      COMP_WORDS=(kamaelia check --format =); COMP_CWORD=3; _kamaelia; echo "${COMPREPLY[@]}"
      """
    let program = try FinishedProgram.run(["bash", "-c", script, "bash", folder])
    guard let program else { try Test.cancel("there is no bash") }
    #expect(program.output == "json\ntext json sarif github gcc\n")
  }

  @Test(arguments: Self.offers)
  func `fish offers what fits`(_ words: [String], _ offered: [String]) throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let line = (["kamaelia"] + words).joined(separator: " ")
    let program = "set -x PATH \(Self.programs) $PATH"
    let script = "\(program); cd \(folder); source script.fish; complete -C '\(line)'"
    let run = try FinishedProgram.run(["fish", "--no-config", "-c", script])
    guard let run else { try Test.cancel("there is no fish") }
    let found = run.output.split(separator: "\n").compactMap { $0.split(separator: "\t").first.map(String.init) }
    #expect(found.sorted() == offered)
  }

  /// zsh completes only in a terminal, so it is given one, and what it offers is taken from the function that receives
  /// it. Where nothing fits it has fallbacks of its own, which are not tested.
  @Test(arguments: Self.offers.filter { !$0.1.isEmpty })
  func `zsh offers what fits`(_ words: [String], _ offered: [String]) throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let line = (["kamaelia"] + words).joined(separator: " ")
    let script = """
      \(Self.path)
      cd \(folder)
      zmodload zsh/zpty || exit 127
      zpty z zsh -f -i
      zpty -w z "autoload -U compinit; compinit -u -d dump; PS1=; source ./script.zsh"
      zpty -w z 'compadd() { local -a found; builtin compadd -O found "$@"; print -rl -- $found >>| ./offered; builtin compadd "$@" }'
      zpty -w z 'finish() { print -rn -- "all""done"; zle .kill-whole-line }; zle -N finish; bindkey "^X" finish'
      zpty -w -n z $'\(line)\\t\\C-x'
      zpty -r -m z chunk '*alldone*' || exit 1
      zpty -d z
      [[ -e ./offered ]] && cat ./offered || true
      """
    let program = try FinishedProgram.run(["timeout", "60", "zsh", "-f", "-c", script])
    guard let program else { try Test.cancel("there is no zsh") }
    #expect(program.status == 0, "\(program.output)")
    #expect(Set(program.output.split(separator: "\n").map(String.init)) == Set(offered))
  }

  @Test func `fish and zsh say what a component does`() {
    for shell in [CompletionScript.fish, .zsh] {
      let text = shell.text(program: "kamaelia", verbs: Session.verbs)
      #expect(text.contains("Follows a file."), "\(shell)")
    }
  }

  @Test func `bash quotes the blanks of a test's name`() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let script = """
      \(Self.path)
      cd "$1" || exit; source ./script.bash
      COMP_WORDS=(kamaelia test a.kgraph --filter tw); COMP_CWORD=4; _kamaelia; echo "${COMPREPLY[@]}"
      """
    let program = try FinishedProgram.run(["bash", "-c", script, "bash", folder])
    guard let program else { try Test.cancel("there is no bash") }
    #expect(program.output == "two\\ words\n")
  }
}
