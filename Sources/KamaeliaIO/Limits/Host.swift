import Glibc

/// The machine that we run on.
package enum Host {
  /// Its name as `hostname` says it; `localhost` if it has none.
  package static var name: String {
    // 64 bytes at most on Linux, HOST_NAME_MAX.
    var bytes = [CChar](repeating: 0, count: 256)
    guard gethostname(&bytes, bytes.count - 1) == 0 else { return "localhost" }
    let name = String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return name.isEmpty ? "localhost" : name
  }
}
