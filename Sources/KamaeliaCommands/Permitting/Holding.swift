import KGraph
import Kamaelia
import KamaeliaIO

extension Permissions {
  /// Has the system hold this process to the permissions, as far as it can, and says so where it cannot.
  ///
  /// - Throws: what stands against that: threads that run already, or under `--permit-strict` a system that lacks something.
  func holdProcess(to checked: Checked, _ invocation: Invocation) throws(CommandError) {
    if invocation.arguments.has("watch") { try checkReading(ofFolders: checked.sources) }
    var sandbox = Sandbox(self, for: checked.needs)
    // SIGHUP has them read again.
    for source in checked.sources { sandbox.places.append((RealPath.of(source.name), .readFiles)) }
    guard Sandbox.isPossible else {
      throw .failure(
        "the process cannot be held to `--permit`: threads run in it already",
        help: ["call `KamaeliaCommands.main` first, and from the top level of `main.swift`"])
    }
    Environment.limitForPrograms(to: givesPrograms)
    let lacks: [String]
    do throws(SystemError) {
      lacks = try sandbox.enter()
    } catch {
      throw .failure("the process cannot be held to `--permit`: \(error)")
    }
    guard let last = lacks.last else { return }
    let others = lacks.dropLast().joined(separator: ", ")
    let words =
      "this system cannot hold the process to `--permit` for its \(others.isEmpty ? last : "\(others) and \(last)")"
    if invocation.arguments.has("permit-strict") { throw .failure(words) }
    invocation.terminal.say("warning: \(words); only the graph was checked\n")
  }

  /// Whether programs get a variable: where they and words are found and how words are written is no secret.
  private func givesPrograms(_ name: String) -> Bool {
    func isMeant(_ grant: Grant) -> Bool {
      if case .environment(let pattern) = grant.subject { PathPattern.isMatch(pattern, name) } else { false }
    }
    if denials.contains(where: isMeant) { return false }
    return ["PATH", "LANG", "LANGUAGE", "TZ", "TERM"].contains(name) || name.hasPrefix("LC_")
      || grants.contains(where: isMeant)
  }

  /// What speaks against a graph that a component is about to make, now that its arguments are known.
  func objection(to plan: Plan, _ library: Library) -> String? {
    objections(to: plan.needs(library)).first.map { ([$0.message] + $0.helps).joined(separator: "; ") }
  }

  /// A file that an editor saves is often a new one, which only who may read the folder can read.
  private func checkReading(ofFolders sources: [Source]) throws(CommandError) {
    for source in sources {
      let folder = source.name.lastIndex(of: "/").map { $0 == source.name.startIndex ? "/" : source.name[..<$0] } ?? "."
      let reading = Capability.read(path: String(folder), .entries)
      guard !grants.contains(where: { $0.covers(reading) }) else { continue }
      throw .usage(
        "`--watch` reads `\(source.name)` again whenever it is saved, which is not permitted",
        help: ["to permit it: `\(Self.option(for: reading))`"])
    }
  }
}
