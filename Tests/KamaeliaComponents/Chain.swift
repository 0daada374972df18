import KGraph
import Kamaelia

@testable import KamaeliaComponents

/// A graph for parameters that take one: components one behind the other, from its inbox to its outbox. Arguments that
/// are given where it is made are for the first of them.
func chain(
  _ name: String, _ links: [(component: String, arguments: [String: Value])], hasInbox: Bool = true,
  of type: MessageType = .int
) -> Value {
  let place = Place(Source(name: "test", text: ""), 0..<0)
  let template = PlanTemplate(name: name) { given in
    var plan = Plan(name: name)
    for (number, link) in links.enumerated() {
      var instance = PlannedInstance(path: "link\(number)", component: link.component, place: place)
      instance.arguments = number == 0 ? link.arguments.merging(given) { $1 } : link.arguments
      instance.types = ["T": type]
      plan.instances.append(instance)
    }
    let options = LinkageOptions(capacity: 1)
    var last: PlannedEnd?
    if hasInbox {
      last = .exported("inbox")
      plan.inboxes = [PlannedBox(name: "inbox", type: type)]
    }
    for number in links.indices {
      let inbox = PlannedEnd.box(instance: number, name: "inbox", index: nil)
      if let last {
        plan.linkages.append(PlannedLinkage(from: last, to: inbox, type: type, options: options, place: place))
      }
      last = .box(instance: number, name: "outbox", index: nil)
    }
    if let last {
      plan.linkages.append(
        PlannedLinkage(from: last, to: .exported("outbox"), type: type, options: options, place: place))
    }
    plan.outboxes = [PlannedBox(name: "outbox", type: type)]
    return (plan, [])
  }
  return .graph(GraphReference(name: name, template: template))
}
