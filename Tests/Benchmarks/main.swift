import Glibc

/// `benchmarks WORKLOAD [MESSAGES] [--workers N] [--capacity N]`: one JSON line, as the programs of other systems print it.
struct Request {
  let workload: Workload
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
    guard let workload = Workload.all.first(where: { $0.name == words.first }) else { return nil }
    self.workload = workload
    count = words.count > 1 ? Int(words[1]) ?? workload.count : workload.count
  }

  static let usage =
    "usage: benchmarks WORKLOAD [MESSAGES] [--workers N] [--capacity N]\n"
    + Workload.all.map { "  \($0.name)  \($0.title)\n" }.joined()
}

func complain(_ text: String) { _ = text.withCString { write(STDERR_FILENO, $0, strlen($0)) } }

guard let request = Request(Array(CommandLine.arguments.dropFirst())) else {
  complain(Request.usage)
  exit(2)
}
do {
  try await request.workload.run(request.count, capacity: request.capacity, workers: request.workers)
} catch {
  complain("\(error)\n")
  exit(1)
}
