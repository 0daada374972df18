extension CompletionScript {
  /// For zsh 5, through its completion system.
  static func zsh(_ program: String, _ verbs: [Verb]) -> String {
    let name = function(program)
    var lines = [
      "#compdef \(program)",
      "# Completion of \(program) for zsh. For this shell: source <(\(program) completion zsh)",
      "# For every one: \(program) completion zsh > a folder of $fpath, as _\(program)",
      "",
      "# What the program says of the graphs on the command line: parameters or tests, one a line.",
      "\(name)_of_graphs() {",
      "  local -a files found",
      "  files=(${(M)words:#*.kgraph})",
      "  (( $#files )) || return 1",
      "  found=(${(f)\"$(\(program) completion ${@[-1]} -- ${(Q)files} 2>/dev/null)\"})",
      "  # The last argument is what is asked for, and before it is what the system of completion adds.",
      "  if [[ ${@[-1]} == set ]]; then compadd \"${@[1,-2]}\" -S '' -- $found; else compadd \"${@[1,-2]}\" -- $found; fi",
      "}",
      "",
      "\(name)() {",
      "  local -a verbs",
      "  verbs=(",
    ]
    lines += verbs.map { "    \(quoted("\(escaped($0.name)):\($0.summary)"))" }
    lines += [
      "  )",
      "  if (( CURRENT == 2 )); then",
      "    _describe -t verbs verb verbs",
      "    return",
      "  fi",
      "  shift words",
      "  (( CURRENT-- ))",
      "  case $words[1] in",
    ]
    for verb in verbs {
      var specifications = verb.options.map { zsh($0, name, verbs) }
      var place = 1
      for positional in verb.positionals {
        if positional.count.upperBound > 9 {
          specifications.append(quoted("*:\(escaped(positional.name)):\(zsh(positional.value, name, verbs))"))
        } else {
          for _ in 0..<positional.count.upperBound {
            let optional = place > positional.count.lowerBound ? ":" : ""
            specifications.append(
              quoted("\(place):\(optional)\(escaped(positional.name)):\(zsh(positional.value, name, verbs))"))
            place += 1
          }
        }
      }
      lines.append("    \(verb.name))")
      lines.append("      _arguments -S \(specifications.joined(separator: " \\\n        "))")
      lines.append("      ;;")
    }
    lines += [
      "  esac", "}", "",
      "# As a file of $fpath it is called as the function itself; sourced, it makes itself known.",
      "if [[ $funcstack[1] == _\(program) ]]; then \(name) \"$@\"; else compdef \(name) \(program); fi",
    ]
    return lines.map { $0 + "\n" }.joined()
  }

  private static func zsh(_ option: Verb.Option, _ name: String, _ verbs: [Verb]) -> String {
    let start = option.isRepeated ? "*" : ""
    let help = option.help.replacing("[", with: "\\[").replacing("]", with: "\\]")
    guard let valueName = option.valueName else { return quoted("\(start)\(option.spelling)[\(help)]") }
    // A word may follow "=" as well as stand by itself, but only after two dashes.
    let join = option.name.count == 1 ? "+" : "="
    return quoted("\(start)\(option.spelling)\(join)[\(help)]:\(escaped(valueName)):\(zsh(option.value, name, verbs))")
  }

  private static func zsh(_ value: Verb.Value, _ name: String, _ verbs: [Verb]) -> String {
    switch value {
    case .text: return " "
    case .setting: return "\(name)_of_graphs set"
    case .test: return "\(name)_of_graphs filter"
    case .verb: return described(pages(verbs))
    case .described(let words): return described(words())
    case .folder: return "_files -/"
    case .file(let suffixes) where suffixes.isEmpty: return "_files"
    case .file(let suffixes):
      return "_files -g \"\(suffixes.map { "*\($0)(-.)" }.joined(separator: " "))\""
    case .oneOf, .names: return "(\((value.words ?? []).joined(separator: " ")))"
    }
  }

  /// Words with what they are.
  private static func described(_ words: [(name: String, text: String)]) -> String {
    let entries = words.map { name, text in
      let plain = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("`", with: "\\`")
      return "\(name)\\:\"\(escaped(plain.replacing("$", with: "\\$")))\""
    }
    return "((\(entries.joined(separator: " "))))"
  }

  /// Colons end a field in the specifications.
  private static func escaped(_ text: String) -> String { text.replacing(":", with: "\\:") }
}
