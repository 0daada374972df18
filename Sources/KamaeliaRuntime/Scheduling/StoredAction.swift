/// A closure that a lock guards, in a structure of its own.
///
/// A generic type such as `Lock` that held the closure itself would grow it: each access by `inout` wraps the closure in a
/// thunk on the way out and in another one on the way back, and stores it wrapped. After a hundred thousand looks the
/// call no longer fits on the stack. `Tests/Architecture` forbids that form.
struct StoredAction: Sendable {
  var run: (@Sendable () -> Void)?
}
