/// Colours and fonts of a picture, for light and dark pages.
enum SVGStyle {
  /// Colours of one kind of node: edge and inside, on light and on dark.
  private struct Colours {
    let name: String
    let light: (String, String)
    let dark: (String, String)
  }

  private static let kinds = [
    Colours(name: "component", light: ("#57708f", "#f6f9fc"), dark: ("#7d97b8", "#18222d")),
    Colours(name: "command", light: ("#9a6a00", "#fff8e6"), dark: ("#d9a441", "#2a2213")),
    Colours(name: "graph", light: ("#0b7285", "#eefafc"), dark: ("#4fb6c9", "#10262b")),
    Colours(name: "backplane", light: ("#7048c4", "#f6f1ff"), dark: ("#a98bea", "#221a33")),
    Colours(name: "literal", light: ("#2f7d3b", "#f1fbf2"), dark: ("#6cc07a", "#14251a")),
    Colours(name: "selfBox", light: ("#6b7280", "#f3f4f6"), dark: ("#9aa3b0", "#20242b")),
  ]

  /// The whole style sheet. Plain rules only, since not every program that shows SVG knows variables.
  static let sheet: String = {
    var rules = [
      "text{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace}",
      ".name{font-size:13px;font-weight:600}.detail{font-size:11px}.box{font-size:10px}.label{font-size:10px}",
      ".frame-title{font-size:11px;font-weight:600}",
      ".shape{stroke-width:1.4}.edge{fill:none;stroke-width:1.5;stroke-linecap:round}",
      ".control{stroke-dasharray:5 4}.lossy{stroke-dasharray:1.5 4.5}",
      ".frame-title{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}",
      ".frame{stroke-width:1.2}",
    ]
    rules += colours(
      page: "#ffffff", text: "#1b2430", faint: "#5b6675", edge: "#76828f", back: "#c2571a", frame: "#a9b4c0",
      within: "#8293a6", kinds.map { ($0.name, $0.light.0, $0.light.1) })
    let dark = colours(
      page: "#0d1117", text: "#e6edf3", faint: "#9da7b3", edge: "#8b97a5", back: "#f0884d", frame: "#3d4754",
      within: "#5f7287", kinds.map { ($0.name, $0.dark.0, $0.dark.1) })
    return (rules + ["@media (prefers-color-scheme:dark){"] + dark + ["}"]).map { $0 + "\n" }.joined()
  }()

  private static func colours(
    page: String, text: String, faint: String, edge: String, back: String, frame: String, within: String,
    _ kinds: [(name: String, edge: String, inside: String)]
  ) -> [String] {
    [
      ".page,.behind{fill:\(page)}.frame-title{stroke:\(page)}",
      ".name,.frame-title{fill:\(text)}.detail,.box,.label{fill:\(faint)}",
      ".edge{stroke:\(edge)}.head{fill:\(edge)}.back{stroke:\(back)}.back-head{fill:\(back)}",
      ".frame{fill:\(within);fill-opacity:.07;stroke:\(frame)}",
    ] + kinds.map { ".\($0.name) .shape{stroke:\($0.edge);fill:\($0.inside)}.\($0.name) .pin{fill:\($0.edge)}" }
  }
}
