; Names. What stands further down wins where several fit.
(identifier) @variable
(component name: (identifier) @constructor)
(cases (identifier) @variable.parameter)
(type (identifier) @type)
(argument name: (identifier) @property)
(field name: (identifier) @property)
(type_field name: (identifier) @property)
(parameter name: (identifier) @variable.parameter)
(graph_parameter name: (identifier) @variable.parameter)
(box name: (identifier) @property)
(graph name: (identifier) @type)
(parameter_reference) @variable.parameter
(place) @variable.special
(self) @variable.builtin
(boolean) @boolean

; Words.
[
  "param" "inbox" "outbox" "graph" "import" "backplane" "defaults" "for" "if" "test" "on" "host"
  "as" "from" "in" "of" "else" "not" "and" "or"
  "replicate" "by" "roundRobin" "key" "ordered" "restart" "never" "onFailure" "always"
  "send" "close" "expect" "advance" "replace" "with" "cases" "closed" "within" "nothing" "matching" "recorded" "any" "order"
] @keyword
"Graph" @type.builtin

; Literals.
(text) @string
(raw_text) @string
(command) @string.special
(escape) @string.escape
(interpolation) @embedded
(number) @number
(unit) @type.builtin

; Comments.
(comment) @comment
(documentation) @comment.documentation
(shebang) @keyword.directive

; Signs.
["->" "-[" "=" "==" "!=" "<" "<=" ">" ">=" "..." "?"] @operator
["," ":" "."] @punctuation.delimiter
["(" ")" "[" "]" "{" "}"] @punctuation.bracket
