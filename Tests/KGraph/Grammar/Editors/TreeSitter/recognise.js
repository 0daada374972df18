// Reads texts by a grammar for tree-sitter as it is written, without the tables that tree-sitter makes of it.
//
// Run as: node recognise.js grammar.js highlights.scm FILE …
// Prints a line for each file, `FILE: fine` or the furthest place that could be read to with what was expected there; and a line
// for each name and sign of the queries that the grammar does not have.
//
// An Earley parser (J. Earley, "An efficient context-free parsing algorithm", 1970) over characters: what tree-sitter decides by
// precedence is left open here, so a text that it reads is read here too. A word that could be a keyword is one, as in
// tree-sitter; blanks and comments are passed over before each token that is not `token.immediate`.
const fs = require("fs");
const path = require("path");

// The words that grammars are written in.
const rule = (value) =>
  typeof value === "string" ? { kind: "literal", value }
  : value instanceof RegExp ? { kind: "pattern", value }
  : value;
const seq = (...parts) => ({ kind: "seq", parts: parts.map(rule) });
const choice = (...parts) => ({ kind: "choice", parts: parts.map(rule) });
const repeat = (part) => ({ kind: "repeat", part: rule(part) });
const prec = (...words) => rule(words[words.length - 1]);
prec.left = prec.right = prec.dynamic = prec;
const token = (part) => ({ kind: "token", part: rule(part) });
token.immediate = (part) => ({ kind: "token", part: rule(part), isImmediate: true });
Object.assign(globalThis, {
  seq, choice, repeat, prec, token,
  optional: (part) => choice(part, seq()),
  repeat1: (part) => seq(part, repeat(part)),
  field: (name, part) => ({ kind: "field", name, parts: [rule(part)] }),
  alias: (part, name) => ({ kind: "seq", parts: [rule(part)], alias: name.name }),
  grammar: (options) => {
    const names = new Proxy({}, { get: (_, name) => ({ kind: "symbol", name }) });
    const rules = Object.entries(options.rules).map(([name, make]) => [name, rule(make(names))]);
    return { ...options, rules: new Map(rules), extras: options.extras(names).map(rule), word: options.word(names).name };
  },
});

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/// The source of the regular expression for a rule that is one token.
function expression(node) {
  switch (node.kind) {
    case "literal": return escaped(node.value);
    case "pattern": return `(?:${node.value.source})`;
    case "seq": return node.parts.map(expression).join("");
    case "choice":
      // The longest first, as a lexer would have it.
      return `(?:${node.parts.map(expression).sort((a, b) => b.length - a.length).join("|")})`;
    case "repeat": return `(?:${expression(node.part)})*`;
    case "token": return expression(node.part);
    default: throw new Error(`a token cannot hold ${node.kind}`);
  }
}

/// The productions and terminals of a grammar.
class Tables {
  constructor(grammar) {
    this.productions = new Map();
    this.terminals = [];
    this.known = new Map();
    this.literals = new Set();
    this.fields = new Map();
    for (const [name, node] of grammar.rules) {
      this.owner = name;
      this.fields.set(name, new Set());
      const isToken = ["literal", "pattern", "token"].includes(node.kind);
      this.productions.set(name, isToken ? [[this.terminal(node, name === grammar.word)]] : this.alternatives(node));
    }
    for (const [name, alternatives] of this.productions) {
      for (const part of alternatives.flat()) {
        if (typeof part === "string" && !this.productions.has(part)) throw new Error(`${name} uses ${part}`);
      }
    }
    this.start = grammar.rules.keys().next().value;
    const rules = grammar.extras.map((node) => (node.kind === "symbol" ? grammar.rules.get(node.name) : node));
    this.extras = new RegExp(`(?:${rules.map(expression).join("|")})*`, "uy");
  }

  alternatives(node) {
    return node.kind === "choice" ? node.parts.flatMap((part) => this.alternatives(part)) : [this.sequence(node)];
  }

  sequence(node) {
    switch (node.kind) {
      case "symbol": return [node.name];
      case "field": this.fields.get(this.owner).add(node.name); return node.parts.flatMap((part) => this.sequence(part));
      case "seq": return node.parts.flatMap((part) => this.sequence(part));
      case "choice": return [this.add(this.alternatives(node))];
      case "repeat": {
        const name = this.add([]);
        this.productions.set(name, [[], [name, ...this.sequence(node.part)]]);
        return [name];
      }
      default: return [this.terminal(node, false)];
    }
  }

  add(alternatives) {
    const name = `${this.owner} ${this.productions.size}`;
    this.productions.set(name, alternatives);
    return name;
  }

  terminal(node, isWord) {
    const source = expression(node);
    const isImmediate = node.isImmediate === true;
    const key = `${isImmediate} ${source}`;
    if (!this.known.has(key)) {
      const isLiteral = node.kind === "literal";
      const isKeyword = isLiteral && /^[\p{L}_]/u.test(node.value);
      if (isLiteral) this.literals.add(node.value);
      this.known.set(key, this.terminals.length);
      this.terminals.push({
        shown: isLiteral ? node.value : this.owner, isImmediate, isKeyword, isWord,
        expression: new RegExp(isKeyword ? `${source}(?![\\p{L}\\p{N}_])` : source, "uy"),
      });
    }
    return this.known.get(key);
  }
}

/// Where the text cannot be read, and what was expected there; nothing if it can be.
function failure(tables, text) {
  const sets = new Map();
  const items = (at) => {
    if (!sets.has(at)) sets.set(at, { list: [], seen: new Set(), complete: new Map(), waiting: new Map() });
    return sets.get(at);
  };
  const add = (at, name, number, dot, from) => {
    const set = items(at);
    const key = `${name}\n${number} ${dot} ${from}`;
    if (!set.seen.has(key)) { set.seen.add(key); set.list.push({ name, number, dot, from }); }
  };
  const skip = (at) => { tables.extras.lastIndex = at; return at + tables.extras.exec(text)[0].length; };
  for (const number of tables.productions.get(tables.start).keys()) add(0, tables.start, number, 0, 0);
  const agenda = [0];
  let [furthest, expected] = [0, []];
  while (agenda.length > 0) {
    const at = agenda.sort((a, b) => a - b).shift();
    const set = items(at);
    const scans = [];
    for (let index = 0; index < set.list.length; index += 1) {
      const { name, number, dot, from } = set.list[index];
      const next = tables.productions.get(name)[number][dot];
      if (next === undefined) {
        if (from === at) set.complete.set(name, true);
        for (const item of items(from).waiting.get(name) ?? []) add(at, item.name, item.number, item.dot + 1, item.from);
      } else if (typeof next === "string") {
        if (!set.waiting.has(next)) set.waiting.set(next, []);
        set.waiting.get(next).push({ name, number, dot, from });
        for (const alternative of tables.productions.get(next).keys()) add(at, next, alternative, 0, at);
        if (set.complete.has(next)) add(at, name, number, dot + 1, from);
      } else {
        scans.push({ terminal: tables.terminals[next], name, number, dot, from });
      }
    }
    const begin = skip(at);
    const found = [];
    for (const scan of scans) {
      const start = scan.terminal.isImmediate ? at : begin;
      scan.terminal.expression.lastIndex = start;
      const match = scan.terminal.expression.exec(text);
      if (match && match[0].length > 0) found.push({ ...scan, end: start + match[0].length });
    }
    const keywords = new Set(found.filter((scan) => scan.terminal.isKeyword).map((scan) => scan.end));
    for (const { terminal, name, number, dot, from, end } of found) {
      if (terminal.isWord && keywords.has(end)) continue;
      if (!agenda.includes(end)) agenda.push(end);
      add(end, name, number, dot + 1, from);
    }
    if (begin >= furthest) [furthest, expected] = [begin, scans.map((scan) => scan.terminal.shown)];
    const isWhole = set.list.some(
      (item) => item.name === tables.start && item.from === 0
        && item.dot === tables.productions.get(item.name)[item.number].length);
    if (isWhole && begin === text.length) return null;
  }
  return { offset: furthest, expected: [...new Set(expected)] };
}

/// The names and signs that queries speak of and the grammar lacks.
function strangers(tables, queries) {
  const text = queries.replace(/;[^\n]*/g, "");
  const missing = [];
  let owner = "";
  for (const [word, name, field, literal] of text.matchAll(/\(([a-z_]+)|([a-z_]+):|"((?:[^"\\]|\\.)*)"/g)) {
    if (name) { owner = name; if (!tables.fields.has(name)) missing.push(word); }
    if (field && !tables.fields.get(owner)?.has(field)) missing.push(`${owner} ${word}`);
    if (literal !== undefined && !tables.literals.has(JSON.parse(`"${literal}"`))) missing.push(word);
  }
  return missing;
}

const [grammarFile, queryFile, ...files] = process.argv.slice(2);
const tables = new Tables(require(path.resolve(grammarFile)));
for (const stranger of strangers(tables, fs.readFileSync(queryFile, "utf8"))) console.log(`${path.basename(queryFile)}: ${stranger}`);
for (const file of files) {
  const text = fs.readFileSync(file, "utf8");
  const problem = failure(tables, text);
  if (!problem) { console.log(`${path.basename(file)}: fine`); continue; }
  const lines = text.slice(0, problem.offset).split("\n");
  console.log(
    `${path.basename(file)}:${lines.length}:${lines[lines.length - 1].length + 1}: expected ${problem.expected.join(" ")}`);
}
