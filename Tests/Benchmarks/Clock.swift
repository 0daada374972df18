import Glibc
import Synchronization

/// Seconds on the monotonic clock.
func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// When the first message was made and the last one taken, and what came of them.
struct Measurement {
  var began = 0.0
  var ended = 0.0
  var sum = 0
  var count = 0
  /// Seconds of single messages, where these are asked for.
  var latencies: [Double] = []

  var seconds: Double { ended - began }

  /// What lies above that part of all latencies: 0.5 for the median.
  func latency(at part: Double) -> Double? {
    latencies.isEmpty ? nil : latencies.sorted()[min(latencies.count - 1, Int(part * Double(latencies.count)))]
  }

  /// The one of this process: components write it, the workload reads it when the graph has ended.
  static let current = Mutex(Measurement())

  static func begin() { current.withLock { $0.began = benchmarks.seconds() } }

  /// The first of several sources begins.
  static func beginFirst() { current.withLock { if $0.began == 0 { $0.began = benchmarks.seconds() } } }

  static func note(_ latencies: [Double]) { current.withLock { $0.latencies = latencies } }

  /// One of several sinks has ended, so long after the beginning.
  static func finish(sum: Int, count: Int) {
    current.withLock { measurement in
      measurement.ended = benchmarks.seconds()
      measurement.latencies.append(measurement.ended - measurement.began)
      measurement.sum &+= sum
      measurement.count += count
    }
  }

  /// Something has moved; what moves last counts as the end.
  static func move() { current.withLock { $0.ended = benchmarks.seconds() } }

  static func end(sum: Int, count: Int) {
    current.withLock { measurement in
      measurement.ended = benchmarks.seconds()
      measurement.sum = sum
      measurement.count = count
    }
  }
}

/// A field of `/proc/self/status`, or of that file of a thread; in kB or as it is.
func status(_ field: String, of process: String = "self") -> Int {
  guard let file = fopen("/proc/\(process)/status", "r") else { return 0 }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 256)
  while fgets(&line, 256, file) != nil {
    let text = line.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    if text.hasPrefix(field + ":") {
      return Int(text.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\n" })[1]) ?? 0
    }
  }
  return 0
}
