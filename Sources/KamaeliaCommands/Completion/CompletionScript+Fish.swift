extension CompletionScript {
  /// For fish 3.
  static func fish(_ program: String, _ verbs: [Verb]) -> String {
    let name = function(program)
    var lines = [
      "# Completion of \(program) for fish. For this shell: \(program) completion fish | source",
      "# For every one: \(program) completion fish > ~/.config/fish/completions/\(program).fish",
      "",
      "# Whether the verb is the first argument and the word to complete is at the second's place, from 0, or at any.",
      "function \(name)_at",
      "    set -l words (commandline -opc)",
      "    set -l place 0",
      "    set -l skips 0",
      "    test \"$words[2]\" = $argv[1]; or return 1",
      "    set -q argv[2]; or return 0",
      "    for word in $words[3..-1]",
      "        if test $skips = 1",
      "            set skips 0",
      "            continue",
      "        end",
      "        switch $argv[1]:$word",
    ]
    for verb in verbs {
      for option in verb.options where option.valueName != nil {
        lines += ["            case \(quoted("\(verb.name):\(option.spelling)"))", "                set skips 1"]
      }
    }
    lines += [
      "            case '*:-*'",
      "            case '*'",
      "                set place (math $place + 1)",
      "        end",
      "    end",
      "    test $place = $argv[2]",
      "end",
      "",
      "# Folders, and files that end in one of the arguments.",
      "function \(name)_files",
      "    set -l word (commandline -ct | string unescape)",
      "    for path in $word*",
      "        if test -d $path",
      "            echo $path/",
      "            continue",
      "        end",
      "        for suffix in $argv",
      "            string match -q -- \"*$suffix\" $path; and echo $path",
      "        end",
      "    end",
      "end",
      "",
      "# What the program says of the graphs on the command line: parameters or tests, one a line.",
      "function \(name)_of_graphs",
      "    set -l files (string match -- '*.kgraph' (commandline -opc))",
      "    set -q files[1]; and \(program) completion $argv[1] -- $files 2>/dev/null",
      "end",
      "",
      "complete -c \(program) -f",
    ]
    for verb in verbs {
      let first = "test (count (commandline -opc)) = 1"
      lines.append("complete -c \(program) -n \(quoted(first)) -a \(quoted(verb.name)) -d \(quoted(verb.summary))")
    }
    for verb in verbs { lines += options(verb, program, name) + places(verb, verbs, program, name) }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func options(_ verb: Verb, _ program: String, _ name: String) -> [String] {
    verb.options.map { option in
      let spelling = option.name.count == 1 ? "-s \(option.name)" : "-l \(option.name)"
      let value = option.valueName == nil ? "" : " -x" + fish(option.value, name)
      return
        "complete -c \(program) -n \(quoted("\(name)_at \(verb.name)")) \(spelling)\(value) -d \(quoted(option.help))"
    }
  }

  private static func places(_ verb: Verb, _ verbs: [Verb], _ program: String, _ name: String) -> [String] {
    var place = 0
    var lines: [String] = []
    for positional in verb.positionals {
      let words = fish(positional.value, name)
      let isEndless = positional.count.upperBound > 9
      for _ in 0..<(isEndless ? 1 : positional.count.upperBound) {
        let condition = "\(name)_at \(verb.name)" + (isEndless ? "" : " \(place)")
        var described: [(name: String, text: String)] = []
        if case .described(let words) = positional.value { described = words() }
        if case .verb = positional.value { described = pages(verbs) }
        for (word, text) in described {
          lines.append("complete -c \(program) -n \(quoted(condition)) -a \(quoted(word)) -d \(quoted(text))")
        }
        if !words.isEmpty { lines.append("complete -c \(program) -n \(quoted(condition))\(words)") }
        place += 1
      }
    }
    return lines
  }

  private static func fish(_ value: Verb.Value, _ name: String) -> String {
    switch value {
    case .text, .verb, .described: return ""
    case .setting: return " -a \(quoted("(\(name)_of_graphs set)"))"
    case .test: return " -a \(quoted("(\(name)_of_graphs filter)"))"
    case .folder: return " -a \(quoted("(\(name)_files)"))"
    case .file(let suffixes):
      let words = suffixes.isEmpty ? "''" : suffixes.joined(separator: " ")
      return " -a \(quoted("(\(name)_files \(words))"))"
    case .oneOf, .names: return " -a \(quoted((value.words ?? []).joined(separator: " ")))"
    }
  }
}
