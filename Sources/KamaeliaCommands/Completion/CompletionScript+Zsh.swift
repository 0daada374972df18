extension CompletionScript {
  /// For zsh 5, through its completion system.
  static func zsh(_ program: String, _ verbs: [Verb]) -> String {
    let name = function(program)
    var lines = [
      "#compdef \(program)",
      "# Completion of \(program) for zsh. For this shell: source <(\(program) completion zsh)",
      "# For every one: \(program) completion zsh > a folder of $fpath, as _\(program)",
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
      var specifications = verb.options.map { zsh($0) }
      var place = 1
      for positional in verb.positionals {
        if positional.count.upperBound > 9 {
          specifications.append(quoted("*:\(escaped(positional.name)):\(zsh(positional.value))"))
        } else {
          for _ in 0..<positional.count.upperBound {
            let optional = place > positional.count.lowerBound ? ":" : ""
            specifications.append(quoted("\(place):\(optional)\(escaped(positional.name)):\(zsh(positional.value))"))
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

  private static func zsh(_ option: Verb.Option) -> String {
    let start = option.isRepeated ? "*" : ""
    let help = option.help.replacing("[", with: "\\[").replacing("]", with: "\\]")
    guard let valueName = option.valueName else { return quoted("\(start)\(option.spelling)[\(help)]") }
    // A word may follow "=" as well as stand by itself, but only after two dashes.
    let join = option.name.count == 1 ? "+" : "="
    return quoted("\(start)\(option.spelling)\(join)[\(help)]:\(escaped(valueName)):\(zsh(option.value))")
  }

  private static func zsh(_ value: Verb.Value) -> String {
    switch value {
    case .text: return " "
    case .folder: return "_files -/"
    case .file(let suffixes) where suffixes.isEmpty: return "_files"
    case .file(let suffixes):
      return "_files -g \"\(suffixes.map { "*\($0)(-.)" }.joined(separator: " "))\""
    case .oneOf, .names: return "(\((value.words ?? []).joined(separator: " ")))"
    }
  }

  /// Colons end a field in the specifications.
  private static func escaped(_ text: String) -> String { text.replacing(":", with: "\\:") }
}
