import KGraph
import Kamaelia
import KamaeliaIO

/// What all networks of one run share: who runs components, the clock, and what is said to the user.
package final class Surroundings: Sendable {
  package let library: Library
  package let scheduler: any Scheduler
  package let timekeeper: any Timekeeper
  package let outside: Outside
  package let journal: Journal
  /// What the boxes of all graphs of the run may hold together; nil where there is no such limit.
  package let memory: MemoryBudget?
  /// What speaks against a graph that a component is about to make; nil where nothing does.
  let objection: @Sendable (Plan) -> String?
  private let recipes = TemplateRecipes()
  private let shapes = ComponentShapes()
  private let stillness: Stillness?
  private let pool: WorkerPool?

  /// For graphs that do real work: as many workers as cores and the system's clock.
  package init(
    library: Library, workers: Int? = nil, journal: Journal = Journal(), memory: MemoryBudget? = nil,
    objection: @escaping @Sendable (Plan) -> String? = { _ in nil }
  ) {
    self.memory = memory
    self.objection = objection
    self.library = library + Library.builtIn
    self.journal = journal
    let pool = workers.map { WorkerPool(size: $0) } ?? WorkerPool()
    outside = Outside { pool.askIfIdle() }
    timekeeper = SystemClock(outside: outside)
    self.pool = pool
    scheduler = pool
    let stillness = Stillness(pool, outside)
    self.stillness = stillness
    pool.whenIdle { stillness.begin() }
    pool.whenHeldUp { instance, time in
      journal.write(
        .warning,
        "has computed for \(Value.duration(time)) without a pause, or waits in a call that blocks; others go on meanwhile",
        from: instance.name)
    }
  }

  /// For tests: one component at a time in an order that a seed decides, under virtual time.
  package init(library: Library, seeded: SeededScheduler, journal: Journal = Journal(), memory: MemoryBudget? = nil) {
    self.memory = memory
    objection = { _ in nil }
    self.library = library + Library.builtIn
    self.journal = journal
    stillness = nil
    outside = seeded.outside
    timekeeper = seeded.clock
    scheduler = seeded
    pool = nil
  }

  deinit { pool?.end() }

  /// The recipe of the graph that a template makes with these arguments; for those used last it is there already.
  func recipe(of template: PlanTemplate, _ arguments: [String: Value]) throws(BuildError) -> Recipe {
    let kept = recipes.recipe(of: template, arguments)
    let recipe = if let kept { kept } else { try newRecipe(of: template, arguments) }
    // Asked anew each time: what a path leads to may be another thing by now.
    if let objection = objection(recipe.plan) { throw .objection(objection) }
    return recipe
  }

  private func newRecipe(of template: PlanTemplate, _ arguments: [String: Value]) throws(BuildError) -> Recipe {
    let (plan, diagnostics) = template.plan(arguments)
    guard let plan else { throw .mistakes(diagnostics) }
    let recipe = try recipe(of: plan)
    recipes.keep(recipe, of: template, arguments)
    return recipe
  }

  func recipe(of plan: Plan) throws(BuildError) -> Recipe { try Recipe(plan, library, shapes) }

  /// How many times a component has been given a worker.
  package var activations: Int { (pool?.activity ?? 0) / 2 }

  /// What to do now and then while something waits outside of the graph and the rest sleeps; see ``Stillness``.
  func whenPartlyStill(_ action: @escaping @Sendable (PartlyStuck?) -> PartlyStuck?) {
    stillness?.whenPartlyReached(action)
  }

  /// What to do when nothing can move any more; see ``Stillness``. Under virtual time the driver of the clock knows.
  func whenStill(_ action: @escaping @Sendable () -> Void) { stillness?.whenReached(action) }
}
