import Glibc

/// `benchmarks WORKLOAD [MESSAGES] [--workers N] [--capacity N]`: one JSON line, as the programs of other systems print it.
struct Request {
  /// Nil for `check`.
  let workload: Workload?
  let count: Int
  let capacity: Int
  let workers: Int?

  /// Nil where the words are none of ours.
  init?(_ arguments: [String]) {
    var words = arguments
    func option(_ name: String) -> Int? {
      guard let index = words.firstIndex(of: "--\(name)"), index + 1 < words.count else { return nil }
      defer { words.removeSubrange(index...index + 1) }
      return Int(words[index + 1])
    }
    workers = option("workers")
    capacity = option("capacity") ?? 256
    workload = Workload.all.first { $0.name == words.first }
    if workload == nil, words.first != "check" { return nil }
    count = (words.count > 1 ? Int(words[1]) : nil) ?? workload?.count ?? 10_000
  }

  static let usage =
    "usage: benchmarks WORKLOAD [MESSAGES] [--workers N] [--capacity N]\n"
    + Workload.all.map { "  \($0.name)  \($0.title)\n" }.joined()
    + "  check  read, check and start a graph of so many instances and twice as many linkages\n"
}

func complain(_ text: String) { _ = text.withCString { write(STDERR_FILENO, $0, strlen($0)) } }

guard let request = Request(Array(CommandLine.arguments.dropFirst())) else {
  complain(Request.usage)
  exit(2)
}
do {
  if let workload = request.workload {
    try await workload.run(request.count, capacity: request.capacity, workers: request.workers)
  } else {
    try await CheckTime(instances: request.count).run(workers: request.workers)
  }
} catch {
  complain("\(error)\n")
  exit(1)
}
