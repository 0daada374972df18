/// Whoever runs instances that have jobs.
package protocol Scheduler: AnyObject, Sendable {
  /// Takes an instance that has work, until its `run` says that there is no more. From any thread.
  var handOver: HandOver { get }
}

/// How an instance comes to its scheduler: a function and a pointer, since it is called for each wake, and to count references
/// to the scheduler each time would cost as much as the rest.
package struct HandOver: @unchecked Sendable {
  // Unsafe: whoever calls it holds the scheduler; every instance does.
  private let scheduler: UnsafeRawPointer
  private let function: @convention(c) (_ scheduler: UnsafeRawPointer, _ instance: UnsafeRawPointer) -> Void

  /// - Parameter function: takes over one count of the instance.
  package init(
    to scheduler: any Scheduler,
    function: @escaping @convention(c) (_ scheduler: UnsafeRawPointer, _ instance: UnsafeRawPointer) -> Void
  ) {
    self.scheduler = UnsafeRawPointer(Unmanaged.passUnretained(scheduler as AnyObject).toOpaque())
    self.function = function
  }

  /// - Parameter instance: one count of it, which is the scheduler's from here on.
  func callAsFunction(_ instance: Unmanaged<Instance>) { function(scheduler, UnsafeRawPointer(instance.toOpaque())) }
}
