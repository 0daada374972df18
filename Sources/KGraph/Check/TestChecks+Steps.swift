import Kamaelia

/// Checks the steps of tests.
extension TestChecks {
  func check(_ step: TestStep, _ bench: inout TestBench) -> CheckedStep? {
    switch step {
    // What is replaced is so from the beginning.
    case .broken, .replace, .cases: return nil
    case .send(let box, let values, let place):
      guard let found = self.box(box, .inbox, &bench) else { return nil }
      if let first = bench.closed[found.name] {
        findings.report(.afterClose(box.place, found.name, first: first))
        return nil
      }
      return self.values(values, found.junction, &bench).map {
        CheckedStep(action: .send(found.name, $0), within: nil, place: place)
      }
    case .close(let box, let place):
      guard let found = self.box(box, .inbox, &bench) else { return nil }
      if let first = bench.closed.updateValue(box.place, forKey: found.name) {
        findings.report(.afterClose(box.place, found.name, first: first))
      }
      return CheckedStep(action: .close(found.name), within: nil, place: place)
    case .advance(let expression, let place):
      return duration(expression).map { CheckedStep(action: .advance($0), within: nil, place: place) }
    case .expect(let expectation): return check(expectation, &bench)
    }
  }

  private func check(_ expectation: Expectation, _ bench: inout TestBench) -> CheckedStep? {
    var within: Duration?
    if let expression = expectation.within {
      guard let time = duration(expression) else { return nil }
      within = time
    }
    let action: CheckedStep.Action
    switch expectation.subject {
    case .values(let box, let values, let inAnyOrder):
      guard let found = self.box(box, .outbox, &bench),
        let messages = self.values(values, found.junction, &bench)
      else { return nil }
      action = .expect(found.name, messages, inAnyOrder: inAnyOrder)
    case .matching(let box, let patterns, let inAnyOrder):
      guard let found = self.box(box, .outbox, &bench) else { return nil }
      let read = patterns.map { pattern($0) }
      if read.contains(where: { $0 == nil }) { return nil }
      action = .expectMatching(found.name, read.compactMap { $0 }, inAnyOrder: inAnyOrder)
    case .recorded(let box, let recording, let inAnyOrder):
      guard let found = self.box(box, .outbox, &bench) else { return nil }
      guard let expressions = recording.values else {
        action = .expectRecorded(found.name, nil, inAnyOrder: inAnyOrder)
        break
      }
      guard let messages = self.values(expressions, found.junction, &bench) else { return nil }
      action = .expectRecorded(found.name, messages, inAnyOrder: inAnyOrder)
    case .closed(let box):
      guard let found = self.box(box, .outbox, &bench) else { return nil }
      action = .expectClosed(found.name)
    case .nothing(let box):
      guard let box else {
        action = .expectNothing(nil)
        break
      }
      guard let found = self.box(box, .outbox, &bench) else { return nil }
      action = .expectNothing(found.name)
    }
    return CheckedStep(action: action, within: within, place: expectation.place)
  }

  private func duration(_ expression: Expression) -> Duration? {
    switch evaluator.evaluate(expression, scope) {
    case .value(.duration(let time)) where time > .zero: return time
    case .unknown: return nil
    case let other: findings.report(.badTestTime(expression.place, other.sketch))
    }
    return nil
  }

  private func pattern(_ expression: Expression) -> Pattern? {
    switch evaluator.evaluate(expression, scope) {
    case .value(let value):
      do {
        return try Pattern(value)
      } catch {
        findings.report(.badTestPattern(place(of: expression), error.description))
      }
    case .graph, .graphs: findings.report(.badTestPattern(place(of: expression), "is a text"))
    case .unknown: break
    }
    return nil
  }

  private func values(_ expressions: [Expression], _ junction: Int, _ bench: inout TestBench) -> [Value]? {
    var values: [Value] = []
    for expression in expressions {
      let value = evaluator.evaluate(expression, scope)
      bench.expect(value, at: junction, place(of: expression))
      guard case .value(let known) = value else { continue }
      values.append((bench.flat.junctions[junction].type ?? .any).adopting(known))
    }
    return values.count == expressions.count ? values : nil
  }

  /// Where a value is written: in the case, if that has given it.
  private func place(of expression: Expression) -> Place {
    if case .parameter(let name, _) = expression, let cell = cells[name.text] { return cell }
    return expression.place
  }

  // MARK: Boxes

  /// A box of a test, exported.
  private func box(
    _ box: TestBox, _ direction: BoxDeclaration.Direction, _ bench: inout TestBench
  ) -> (name: String, junction: Int)? {
    if box.box.name?.isMissing == true { return nil }
    var index: BoxIndex?
    if let expression = box.box.index {
      guard let read = self.index(expression) else { return nil }
      index = read
    }
    let element = index.map { "\($0)" } ?? ""
    if let instance = box.instance {
      if instance.isMissing { return nil }
      return inner(box, instance, index, direction, &bench)
    }
    let written = box.box.name?.text
    if let kind = bench.component {
      guard let face = face(written, of: kind, direction, box.box, kind.name) else { return nil }
      guard check(face, index, box.box, kind.name) else { return nil }
      let name = face.name + element
      return (name, bench.export(face, 0, index, direction, as: name))
    }
    let name = written ?? direction.rawValue
    if let found = bench.junction(name, direction) {
      guard index == nil else {
        findings.report(.noArray(box.box.place, name))
        return nil
      }
      return (name, found)
    }
    if bench.junction(name, direction == .inbox ? .outbox : .inbox) != nil {
      findings.report(.wrongTestDirection(box.place, name, isInbox: direction == .outbox))
    } else {
      let own = (direction == .inbox ? bench.flat.inboxes : bench.flat.outboxes).map { bench.flat.junctions[$0].name }
      findings.report(
        .unknownTestBox(
          box.box.name?.place ?? box.place, name, of: bench.title, candidates: own.filter { !$0.contains(".") }))
    }
    return nil
  }

  /// A box of an instance inside what is tested.
  private func inner(
    _ box: TestBox, _ instance: Name, _ index: BoxIndex?, _ direction: BoxDeclaration.Direction,
    _ bench: inout TestBench
  ) -> (name: String, junction: Int)? {
    let owner = instance.text
    let element = index.map { "\($0)" } ?? ""
    if let number = bench.flat.instances.firstIndex(where: { $0.path == owner && $0.role == .component }) {
      let kind = bench.flat.instances[number].kind
      guard let face = face(box.box.name?.text, of: kind, direction, box.box, owner),
        check(face, index, box.box, owner)
      else { return nil }
      let name = "\(owner).\(face.name)\(element)"
      return (name, bench.export(face, number, index, direction, as: name))
    }
    let boxes = bench.flat.junctions.indices.filter { bench.flat.junctions[$0].owner == owner && !owner.isEmpty }
    guard !boxes.isEmpty else {
      let paths = bench.flat.instances.map(\.path) + bench.flat.junctions.map(\.owner)
      let candidates = paths.filter { !$0.contains("/") && !$0.contains("#") && !$0.isEmpty }
      if !bench.flat.instances.contains(where: \.isSpoiled) {
        findings.report(.unknownTestInstance(instance, of: bench.title, candidates: Array(Set(candidates))))
      }
      return nil
    }
    let wanted = box.box.name?.text ?? direction.rawValue
    guard
      let inner = boxes.first(where: {
        bench.flat.junctions[$0].name == wanted && bench.flat.junctions[$0].direction == direction
      })
    else {
      let isOther = boxes.contains { bench.flat.junctions[$0].name == wanted }
      findings.report(
        isOther
          ? .wrongTestDirection(box.place, "\(owner).\(wanted)", isInbox: direction == .outbox)
          : .unknownTestBox(
            box.box.place, wanted, of: owner,
            candidates: boxes.map { bench.flat.junctions[$0] }.filter { $0.direction == direction }.map(\.name)))
      return nil
    }
    return ("\(owner).\(wanted)", bench.export(inner, as: "\(owner).\(wanted)"))
  }

  private func face(
    _ name: String?, of kind: Kind, _ direction: BoxDeclaration.Direction, _ reference: BoxReference, _ owner: String
  ) -> Kind.Face? {
    let isInbox = direction == .inbox
    guard let name else { return isInbox ? kind.defaultInbox : kind.defaultOutbox }
    if let face = isInbox ? kind.inbox(name) : kind.outbox(name) { return face }
    if (isInbox ? kind.outbox(name) : kind.inbox(name)) != nil {
      findings.report(.wrongTestDirection(reference.place, name, isInbox: !isInbox))
    } else {
      findings.report(
        .unknownTestBox(
          reference.name?.place ?? reference.place, name, of: owner,
          candidates: (isInbox ? kind.inboxes : kind.outboxes).map(\.name)))
    }
    return nil
  }

  /// Whether an index is there where it must be, and nowhere else.
  private func check(_ face: Kind.Face, _ index: BoxIndex?, _ reference: BoxReference, _ owner: String) -> Bool {
    switch (face.isArray, index) {
    case (true, nil): findings.report(.indexMissing(reference.place, face.name, of: owner))
    case (false, _?): findings.report(.noArray(reference.place, face.name))
    default: return true
    }
    return false
  }

  private func index(_ expression: Expression) -> BoxIndex? {
    switch evaluator.evaluate(expression, scope) {
    case .value(.int(let number)) where number >= 0: return .number(number)
    case .value(.text(let text)): return .text(text)
    case .unknown: return nil
    case let other: findings.report(.badIndex(expression.place, .name(other.sketch)))
    }
    return nil
  }
}
