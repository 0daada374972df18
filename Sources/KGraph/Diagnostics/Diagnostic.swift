/// Something to say about a text: one sentence at one place, with what explains it.
package struct Diagnostic: Sendable, Hashable {
  package enum Severity: String, Sendable, Hashable, CaseIterable { case error, warning, note }

  /// A second place, and what it has to do with the first.
  package struct Label: Sendable, Hashable {
    package let place: Place
    package let text: String

    package init(_ place: Place, _ text: String) {
      self.place = place
      self.text = text
    }
  }

  /// A change of the text that mends it.
  package struct Fix: Sendable, Hashable {
    package struct Edit: Sendable, Hashable {
      /// What is replaced; empty to insert.
      package let place: Place
      package let replacement: String

      package init(_ place: Place, _ replacement: String) {
        self.place = place
        self.replacement = replacement
      }
    }

    /// What the fix does, as a command: "write `tail`".
    package let title: String
    package let edits: [Edit]

    package init(_ title: String, _ edits: [Edit]) {
      self.title = title
      self.edits = edits
    }
  }

  package let code: Code
  package var severity: Severity
  /// One sentence in the author's words, without a full stop; names in backticks.
  package let message: String
  package let place: Place
  /// Said under the underlined text; may be empty.
  package let caption: String
  package var labels: [Label]
  /// What to do, or what else is true; each is shown after `= help:`.
  package var helps: [String]
  package var fixes: [Fix]

  package init(
    _ code: Code, _ severity: Severity?, _ message: String, at place: Place, caption: String = "",
    labels: [Label] = [], helps: [String] = [], fixes: [Fix] = []
  ) {
    self.code = code
    self.severity = severity ?? code.severity
    self.message = message
    self.place = place
    self.caption = caption
    self.labels = labels
    self.helps = helps
    self.fixes = fixes
  }

  /// A diagnostic as severe as its code says.
  package init(
    _ code: Code, _ message: String, at place: Place, caption: String = "", labels: [Label] = [], helps: [String] = [],
    fixes: [Fix] = []
  ) {
    self.init(code, nil, message, at: place, caption: caption, labels: labels, helps: helps, fixes: fixes)
  }
}
