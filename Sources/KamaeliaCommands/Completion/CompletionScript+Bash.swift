extension CompletionScript {
  /// For bash 4 and later, alone or with the package bash-completion.
  static func bash(_ program: String, _ verbs: [Verb]) -> String {
    let name = function(program)
    let names = verbs.map(\.name).joined(separator: " ")
    var lines = [
      "# Completion of \(program) for bash. For this shell: source <(\(program) completion bash)",
      "# For every one: \(program) completion bash > ~/.local/share/bash-completion/completions/\(program)",
      "",
      "\(name)_files() {",
      "  local IFS=$'\\n' suffix",
      "  compopt -o filenames 2>/dev/null",
      "  COMPREPLY=($(compgen -d -- \"$1\"))",
      "  for suffix in \"${@:2}\"; do COMPREPLY+=($(compgen -f -X \"!*$suffix\" -- \"$1\")); done",
      "}",
      "",
      "# What the program says of the graphs on the command line: parameters or tests, one a line.",
      "\(name)_of_graphs() {",
      "  local IFS=$'\\n' what=$1 start=$2 files=() found index",
      "  for found in \"${COMP_WORDS[@]}\"; do [[ $found == *.kgraph && -f $found ]] && files+=(\"$found\"); done",
      "  (( ${#files[@]} )) || return",
      "  COMPREPLY=()",
      "  while read -r found; do",
      "    [[ $found == \"$start\"* ]] && COMPREPLY+=(\"$(printf %q \"$found\")\")",
      "  done < <(\(program) completion \"$what\" -- \"${files[@]}\" 2>/dev/null)",
      "  for index in \"${!COMPREPLY[@]}\"; do COMPREPLY[index]=${COMPREPLY[index]//\\\\=/=}; done",
      "  if [[ $what == set ]]; then compopt -o nospace 2>/dev/null; fi",
      "}",
      "",
      "\(name)() {",
      "  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} verb=${COMP_WORDS[1]}",
      "  local at=0 index",
      "  COMPREPLY=()",
      "  if (( COMP_CWORD == 1 )); then",
      "    COMPREPLY=($(compgen -W \(quoted(names + " --help --version")) -- \"$word\"))",
      "    return",
      "  fi",
      "  # bash takes --format=json apart into three words.",
      "  if [[ $word == = ]]; then word=",
      "  elif [[ $previous == = ]]; then previous=${COMP_WORDS[COMP_CWORD-2]}",
      "  fi",
      "  case $verb:$previous in",
    ]
    for verb in verbs {
      for option in verb.options where option.valueName != nil {
        lines.append("    \(quoted("\(verb.name):\(option.spelling)"))) \(bash(option.value, name, verbs)); return ;;")
      }
    }
    lines += ["  esac", "  if [[ $word == -* ]]; then", "    case $verb in"]
    for verb in verbs {
      let spellings = verb.options.map(\.spelling).joined(separator: " ")
      lines.append("      \(verb.name)) COMPREPLY=($(compgen -W \(quoted(spellings)) -- \"$word\")) ;;")
    }
    lines += [
      "    esac", "    return", "  fi",
      "  # The place of the word among those that are neither options nor their values.",
      "  for (( index = 2; index < COMP_CWORD; index++ )); do",
      "    case $verb:${COMP_WORDS[index]} in",
    ]
    for verb in verbs {
      for option in verb.options where option.valueName != nil {
        lines.append("      \(quoted("\(verb.name):\(option.spelling)")))")
        lines.append("        [[ ${COMP_WORDS[index+1]} == = ]] && (( index++ )); (( index++ )) ;;")
      }
    }
    lines += ["      *:-*) ;;", "      *) (( at++ )) ;;", "    esac", "  done", "  case $verb:$at in"]
    for verb in verbs {
      var place = 0
      for positional in verb.positionals {
        let isEndless = positional.count.upperBound > 9
        for _ in 0..<(isEndless ? 1 : positional.count.upperBound) {
          lines.append("    \(verb.name):\(isEndless ? "*" : "\(place)")) \(bash(positional.value, name, verbs)) ;;")
          place += 1
        }
      }
    }
    lines += ["  esac", "}", "complete -F \(name) \(program)"]
    return lines.map { $0 + "\n" }.joined()
  }

  private static func bash(_ value: Verb.Value, _ name: String, _ verbs: [Verb]) -> String {
    switch value {
    case .text: return ":"
    case .setting: return "\(name)_of_graphs set \"$word\""
    case .test: return "\(name)_of_graphs filter \"$word\""
    case .verb:
      let words = pages(verbs).map(\.name).joined(separator: " ")
      return "COMPREPLY=($(compgen -W \(quoted(words)) -- \"$word\"))"
    case .folder: return "\(name)_files \"$word\""
    case .file(let suffixes):
      return "\(name)_files \"$word\" " + (suffixes.isEmpty ? "''" : suffixes.map(quoted).joined(separator: " "))
    case .oneOf, .names, .described:
      return "COMPREPLY=($(compgen -W \(quoted((value.words ?? []).joined(separator: " "))) -- \"$word\"))"
    }
  }
}
