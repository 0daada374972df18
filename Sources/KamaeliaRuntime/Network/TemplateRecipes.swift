import KGraph
import Kamaelia
import KamaeliaIO

/// The recipes of the graphs that components make, one for each template: that for the arguments used last.
final class TemplateRecipes: Sendable {
  private struct Entry {
    // Held, so that no other template gets its identity.
    let template: PlanTemplate
    let arguments: [String: Value]
    let recipe: Recipe
  }

  private let entries = Lock<[ObjectIdentifier: Entry]>([:])

  /// A graph that is read anew again and again has new templates each time; beyond so many, all are forgotten.
  static let most = 256

  func recipe(of template: PlanTemplate, _ arguments: [String: Value]) -> Recipe? {
    entries.withLock { entries in
      guard let entry = entries[ObjectIdentifier(template)], entry.arguments == arguments else { return nil }
      return entry.recipe
    }
  }

  func keep(_ recipe: Recipe, of template: PlanTemplate, _ arguments: [String: Value]) {
    entries.withLock { entries in
      if entries.count >= Self.most { entries = [:] }
      entries[ObjectIdentifier(template)] = Entry(template: template, arguments: arguments, recipe: recipe)
    }
  }
}
