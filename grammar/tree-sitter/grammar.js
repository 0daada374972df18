// The grammar of Kamaelia's graphs for tree-sitter, after ../kgraph.ebnf.
//
// Line ends are blanks here: what a statement may begin with never goes on with the one before, but for words that are
// clauses as well, which are taken for clauses.

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const list = (rule) => optional(seq(rule, repeat(seq(",", rule)), optional(",")));
const several = (rule) => seq(rule, repeat(seq(",", rule)));

const DURATION = ["ns", "us", "ms", "s", "min", "h", "d"];
const SIZE = ["B", "kB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB"];
const FREQUENCY = ["Hz", "kHz", "MHz", "GHz"];

module.exports = grammar({
  name: "kgraph",

  word: ($) => $.identifier,
  extras: ($) => [/[ \t\r\n\uFEFF]/, $.comment, $.documentation],
  conflicts: ($) => [
    [$.simple, $._constant],
    [$.simple, $.component],
    [$.list, $.constant_list],
    [$.list, $.constant_list, $.group],
    [$._name, $.parameter],
    [$.endpoint, $.inline],
    [$._name, $.restart],
    [$._name, $.replication],
  ],

  rules: {
    file: ($) => seq(optional($.shebang), repeat($._statement)),
    block: ($) => seq("{", repeat($._statement), "}"),

    _statement: ($) =>
      choice(
        $.parameter, $.box, $.instance, $.chain, $.graph, $.import, $.backplane, $.defaults, $.loop, $.condition, $.test,
        $.host, $.placement,
      ),

    // Declarations.

    parameter: ($) => seq("param", field("name", $._name), ":", $.type, optional(seq("=", $._value))),
    box: ($) => seq(choice("inbox", "outbox"), field("name", $._name), ":", $.type),
    backplane: ($) => seq("backplane", field("name", $._name), ":", $.type),
    host: ($) => seq("host", field("name", $._name)),
    placement: ($) => seq("on", field("name", $._name), $.block),
    defaults: ($) => seq("defaults", "{", list($.argument), "}"),
    graph: ($) =>
      seq("graph", field("name", $._name), optional(seq("(", list($.graph_parameter), ")")), $.block),
    graph_parameter: ($) => seq(field("name", $._name), ":", $.type, optional(seq("=", $._value))),
    import: ($) =>
      choice(
        seq("import", $._path, optional(seq("as", field("name", $._name)))),
        seq("import", "{", list($.import_item), "}", "from", $._path),
      ),
    import_item: ($) => seq($._name, optional(seq("as", field("name", $._name)))),
    _path: ($) => choice($.text, $.raw_text),

    // Instances.

    instance: ($) => seq(field("name", $._name), "=", $.component, repeat($._clause)),
    component: ($) =>
      choice(seq(field("name", $._name), $.arguments), prec.right(seq($.command, optional($.arguments)))),
    arguments: ($) => seq("(", list($.argument), ")"),
    argument: ($) => seq(optional(seq(field("name", $._name), ":")), $._value),
    _clause: ($) => choice($.replication, $.restart),
    replication: ($) =>
      prec.right(seq("replicate", $._value, optional(seq("by", $._sharing)), optional("ordered"))),
    _sharing: ($) =>
      choice("roundRobin", seq("key", "(", $._name, repeat(seq(".", $._name)), optional(","), ")")),
    restart: ($) =>
      prec.right(seq("restart", choice("never", "onFailure", "always"), optional($.arguments))),

    // Chains.

    chain: ($) => prec.right(choice(seq(choice($._segment, $._constant), repeat1($._link)), $.inline)),
    _link: ($) => seq($.arrow, $._segment),
    arrow: ($) => choice("->", seq("-[", several($.argument), optional(","), "]", "->")),
    _segment: ($) => choice($._member, $.group),
    _member: ($) => choice($.endpoint, $.inline, $.place),
    group: ($) => seq("[", several(choice($._member, $._constant)), optional(","), "]"),
    endpoint: ($) => prec.right(seq(choice($._name, $.self), optional($._boxes))),
    inline: ($) =>
      prec.right(
        seq($.component, optional($._boxes), optional(seq("as", field("name", $._name))), repeat($._clause)),
      ),
    place: ($) => seq("@", $._name),
    _boxes: ($) =>
      choice(seq(".", $.box_reference), $.index, seq(".", "(", $._picked, ",", $._picked, optional(","), ")")),
    _picked: ($) => $.box_reference,
    box_reference: ($) => prec.right(seq($._name, optional($.index))),
    index: ($) => seq(token.immediate("["), $._value, optional(","), "]"),

    // Values.

    _value: ($) => choice($.simple, $.component, $.list, $.record),
    simple: ($) =>
      choice($.text, $.raw_text, $.number, $.boolean, $.parameter_reference, $._name, $.range),
    boolean: () => choice("true", "false"),
    range: ($) =>
      prec.right(choice(seq($._end, "...", optional($._end)), seq("...", $._end))),
    _end: ($) => choice($.number, $.parameter_reference),
    list: ($) => seq("[", list($._value), "]"),
    record: ($) => seq("{", list($.field), "}"),
    field: ($) => seq(field("name", $._name), ":", $._value),
    _constant: ($) =>
      choice(
        $.text, $.raw_text, $.number, $.boolean, $.parameter_reference, $.range, $.record, $.constant_list,
      ),
    constant_list: ($) => seq("[", list($._constant), "]"),

    // Types.

    type: ($) =>
      prec.right(
        seq(
          choice(
            prec.right(seq($._name, optional($.arguments))),
            seq("Graph", "(", list($.type_field), ")"),
            seq("[", $.type, optional(","), "]"),
            seq("{", list($.type_field), "}"),
          ),
          optional("?"),
        ),
      ),
    type_field: ($) => seq(field("name", $._name), ":", $.type),

    // Loops and conditions.

    loop: ($) => seq("for", field("name", $._name), "in", $._value, $.block),
    condition: ($) =>
      prec.right(
        seq(
          "if", $._question, $.block, repeat(seq("else", "if", $._question, $.block)),
          optional(seq("else", $.block)),
        ),
      ),
    _question: ($) => choice($.disjunction, $.conjunction, $.negation, $._comparison),
    disjunction: ($) => prec.left(1, seq($._question, "or", $._question)),
    conjunction: ($) => prec.left(2, seq($._question, "and", $._question)),
    negation: ($) => prec(3, seq("not", $._question)),
    _comparison: ($) => choice($._operand, $.comparison, seq("(", $._question, ")")),
    comparison: ($) => prec(4, seq($._operand, choice("==", "!=", "<", "<=", ">", ">="), $._operand)),
    _operand: ($) => choice($.simple, $.component, $.list),

    // Tests.

    test: ($) =>
      seq("test", $._path, optional(seq("of", choice($.component, $._name))), "{", repeat($._step), "}"),
    _step: ($) => choice($.send, $.close, $.advance, $.replace, $.expect, $.cases),
    send: ($) => seq("send", $.test_box, ":", several($._value)),
    close: ($) => seq("close", $.test_box),
    advance: ($) => seq("advance", $._value),
    replace: ($) => seq("replace", $._name, "with", $.component),
    cases: ($) => seq("cases", several($._name), "{", repeat($.case), "}"),
    case: ($) => seq(field("name", $._path), ":", several($._value)),
    expect: ($) => seq("expect", $._expectation, optional(seq("within", $._value))),
    _expectation: ($) =>
      choice(
        seq($.test_box, ":", several($._value), optional(seq("in", "any", "order"))),
        seq($.test_box, "matching", several($._value), optional(seq("in", "any", "order"))),
        seq($.test_box, "recorded", optional(seq(":", several($._value))), optional(seq("in", "any", "order"))),
        seq($.test_box, "closed"),
        seq("nothing", optional(seq("on", $.test_box))),
      ),
    test_box: ($) => seq(optional(seq(choice($._name, $.self), ".")), $.box_reference),

    // Words that begin a statement are names where something else follows.

    _name: ($) => choice($.identifier, alias($._word, $.identifier)),
    _word: () =>
      choice("param", "inbox", "outbox", "graph", "import", "backplane", "defaults", "for", "if", "test", "on", "host"),
    self: () => "self",
    identifier: () => /[\p{L}_][\p{L}\p{N}_]*/u,
    parameter_reference: () => seq("$", token.immediate(/[\p{L}_][\p{L}\p{N}_]*/u)),

    // Literals.

    text: ($) =>
      seq('"', repeat(choice(token.immediate(prec(1, /[^"\\$\n]+|\$/)), $.escape, $.interpolation)), token.immediate('"')),
    escape: () => token.immediate(/\\(u\{[0-9A-Fa-f]*\}|[^\n])/),
    // A `$` alone is text; what has the higher precedence is looked for first.
    interpolation: () => token.immediate(prec(2, seq("${", /[\p{L}_][\p{L}\p{N}_]*/u, "}"))),
    raw_text: () => /r"[^"\n]*"|r#"([^"\n]|"+[^"#\n])*"+#/,
    command: ($) =>
      seq("`", repeat(choice(token.immediate(prec(1, /[^`\\$\n]+|\$/)), $.escape, $.interpolation)), token.immediate("`")),
    number: ($) => seq(/-?(0x[0-9A-Fa-f_]+|[0-9][0-9_]*(\.[0-9][0-9_]*)?)/, optional($.unit)),
    unit: () =>
      token.immediate(
        choice(...DURATION, ...SIZE, ...FREQUENCY, "%", seq(optional(choice(...SIZE)), "/", choice(...DURATION))),
      ),

    // Comments.

    shebang: () => token(prec(2, /#![^\n]*/)),
    documentation: () => token(prec(1, /##([^#\n][^\n]*)?/)),
    comment: () => token(choice(/#[^\n]*/, prec(2, /###[^\n]*/))),
  },
});
