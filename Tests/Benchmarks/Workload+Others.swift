extension Workload {
  static let all = byMessages + others

  /// What there is besides single messages in chains and circles.
  static let others = [
    // Linkages of 64 KiB, as large as GNU Radio's buffers.
    Workload(
      name: "w1blocks", title: "source, 8 stages, sink; integers in blocks", count: 100_000_000,
      text: { count, capacity in
        chain(
          ["BlockSource(\(count))"] + [String](repeating: "BlockStep()", count: 8) + ["BlockSink()"], capacity)
      },
      sum: { $0 * ($0 - 1) / 2 + 8 * $0 }, hops: 9, capacity: 8192),
    Workload(
      name: "w6", title: "a tree that grows while it runs, down to so many leaves", count: 100_000,
      text: { count, _ in Tree.text(count) }, sum: { $0 * ($0 - 1) / 2 }),
    Workload(
      name: "latency", title: "a single message into an idle chain of 10; the rate says little", count: 2000,
      text: { count, capacity in
        chain(["Pulse(\(count))"] + [String](repeating: "Pong()", count: 8) + ["Stopwatch()"], capacity)
      },
      sum: { $0 },
      latencies: { measured in
        [("p50_us", 0.5), ("p99_us", 0.99), ("max_us", 1)]
          .map { name, part in ",\"\(name)\":\((measured.latency(at: part) ?? 0) * 1e6)" }.joined()
      }),
    Workload(
      name: "fairness", title: "100 equal chains; the slowest over the fastest", count: 50_000_000,
      text: { count, capacity in
        (0..<100).map { _ in chain(["Racer(\(count / 100))", "Step()", "Step()", "Finish()"], capacity) }
          .joined(separator: "\n")
      },
      sum: { 100 * (($0 / 100) * ($0 / 100 - 1) / 2 + 2 * ($0 / 100)) }, hops: 3,
      latencies: { measured in
        let (least, most) = (measured.latency(at: 0) ?? 1, measured.latency(at: 1) ?? 1)
        return ",\"slowest_over_fastest\":\(most / least)"
      }),
    Workload(
      name: "tap", title: "w1, with a second reader in the middle that may lose what it has no time for",
      count: 3_000_000,
      text: { count, capacity in
        let first = ["Source(\(count))"] + [String](repeating: "Step()", count: 3) + ["Step() as tapped"]
        let rest = ["tapped"] + [String](repeating: "Step()", count: 4) + ["Sink()"]
        return chain(first, capacity) + "\n" + chain(rest, capacity) + "\ntapped -[64, dropOldest]-> Swallow()"
      },
      sum: { $0 * ($0 - 1) / 2 + 8 * $0 }, hops: 9),
  ]
}
