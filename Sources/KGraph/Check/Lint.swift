extension Checker {
  func lint(_ program: Program, _ expander: Expander) {}
}
