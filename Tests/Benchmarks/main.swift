import Glibc

/// `benchmarks WORKLOAD [MESSAGES] [--workers N] [--capacity N]`: one JSON line, as the programs of other systems print it.
struct Request {
  /// What is measured.
  enum Subject {
    case workload(Workload)
    case check
    case stuck
    case lsp
    case many
    case idle
    case naps
  }

  let subject: Subject
  let count: Int
  let capacity: Int?
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
    capacity = option("capacity")
    let usual: Int
    switch words.first {
    case "check": (subject, usual) = (.check, 10_000)
    case "stuck": (subject, usual) = (.stuck, 20)
    case "lsp": (subject, usual) = (.lsp, 160)
    case "w5": (subject, usual) = (.many, 100_000)
    case "idle": (subject, usual) = (.idle, 1000)
    case "naps": (subject, usual) = (.naps, 1_000_000)
    default:
      guard let workload = Workload.all.first(where: { $0.name == words.first }) else { return nil }
      (subject, usual) = (.workload(workload), workload.count)
    }
    count = (words.count > 1 ? Int(words[1]) : nil) ?? usual
  }

  static let usage =
    "usage: benchmarks WORKLOAD [MESSAGES] [--workers N] [--capacity N]\n"
    + Workload.all.map { "  \($0.name)  \($0.title)\n" }.joined()
    + "  w5     so many components that wait: time to make and to end them, memory of each\n"
    + "  idle   wake-ups a second in a graph of so many components that wait\n"
    + "  naps   wake a pool whose workers all sleep; so many times\n"
    + "  check  read, check and start a graph of so many instances and twice as many linkages\n"
    + "  stuck  from the last message in a circle that stalls to the report; so many times\n"
    + "  lsp    what an editor waits for, in a file of two thousand lines; so many keys\n"
}

func complain(_ text: String) { _ = text.withCString { write(STDERR_FILENO, $0, strlen($0)) } }

guard let request = Request(Array(CommandLine.arguments.dropFirst())) else {
  complain(Request.usage)
  exit(2)
}
do {
  switch request.subject {
  case .workload(let workload):
    try await workload.run(request.count, capacity: request.capacity, workers: request.workers)
  case .check: try await CheckTime(instances: request.count).run(workers: request.workers)
  case .many:
    var many = Many(count: request.count)
    try await many.run(workers: request.workers)
  case .idle:
    var many = Many(count: request.count)
    try await many.watchIdling(workers: request.workers)
  case .naps: Naps(count: request.count).run(workers: request.workers)
  case .lsp: try await EditorTime(keys: request.count).run()
  case .stuck: try await StuckTime(rounds: request.count).run(workers: request.workers)
  }
} catch {
  complain("\(error)\n")
  exit(1)
}
