import CSystem
import Glibc

/// A thread of the system's.
enum Thread {
  /// Starts a thread that runs `body`, blocks all signals, and belongs to nobody.
  ///
  /// - Parameter name: as the system shows it; 15 bytes at most are used.
  /// - Returns: 0, or the error number.
  static func detach(named name: String, _ body: @escaping @Sendable () -> Void) -> Int32 {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let start = Unmanaged.passRetained(Start(name: name, body: body))

    // A new thread has its maker's mask: blocked before, it never sees a signal.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }

    var thread = pthread_t()
    let error = pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument else { return nil }
        let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        csys_name_thread(start.name)
        start.body()
        return nil
      }, start.toOpaque())
    if error != 0 { start.release() }
    return error
  }

  private final class Start: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }
}
