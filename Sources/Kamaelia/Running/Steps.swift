import Glibc

/// How a component goes on without a task: the scheduler calls it, and it does as much as it can.
///
/// Waking a task costs a few hundred nanoseconds in Swift's runtime, a step a fraction of that. So what turns each message into
/// another one runs by steps while nothing is unusual; for all else its task takes over.
final class Steps {
  private let take: () -> Pause
  /// The component's task, which waits meanwhile.
  let task: UnsafeContinuation<Void, Never>

  init(task: UnsafeContinuation<Void, Never>, take: @escaping () -> Pause) {
    self.task = task
    self.take = take
  }

  /// Takes a step as the code of that instance.
  func run(for instance: Instance) -> Pause {
    pthread_setspecific(Self.key, Unmanaged.passUnretained(instance).toOpaque())
    defer { pthread_setspecific(Self.key, nil) }
    return take()
  }

  /// The instance whose step this thread takes.
  static var current: Instance? {
    pthread_getspecific(key).map { Unmanaged<Instance>.fromOpaque($0).takeUnretainedValue() }
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    return key
  }()
}
