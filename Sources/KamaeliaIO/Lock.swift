#if TSAN
  import Glibc

  /// A value that one thread at a time may touch.
  ///
  /// Hold it for a few lines and never across `await`; resume whoever waits after it is released. The thread
  /// sanitizer does not understand `Synchronization.Mutex` on Linux, so with `-D TSAN` this is a pthread mutex.
  package struct Lock<Value: ~Copyable>: ~Copyable, @unchecked Sendable {
    // The mutex may not move, so it lives on the heap; every access to `value` is between lock and unlock.
    @usableFromInline let mutex: UnsafeMutablePointer<pthread_mutex_t>
    @usableFromInline let value: UnsafeMutablePointer<Value>

    @inlinable
    package init(_ value: consuming sending Value) {
      mutex = .allocate(capacity: 1)
      pthread_mutex_init(mutex, nil)
      self.value = .allocate(capacity: 1)
      self.value.initialize(to: value)
    }

    @inlinable
    deinit {
      value.deinitialize(count: 1)
      value.deallocate()
      pthread_mutex_destroy(mutex)
      mutex.deallocate()
    }

    /// Runs `body` with the value, alone.
    @inlinable
    package borrowing func withLock<Result: ~Copyable, Failure: Error>(
      _ body: (inout Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
      pthread_mutex_lock(mutex)
      defer { pthread_mutex_unlock(mutex) }
      return try body(&value.pointee)
    }
  }
#else
  import Synchronization

  /// A value that one thread at a time may touch.
  ///
  /// Hold it for a few lines and never across `await`; resume whoever waits after it is released. The thread
  /// sanitizer does not understand `Synchronization.Mutex` on Linux, so with `-D TSAN` this is a pthread mutex.
  package struct Lock<Value: ~Copyable>: ~Copyable, Sendable {
    @usableFromInline let mutex: Mutex<Value>

    @inlinable
    package init(_ value: consuming sending Value) { mutex = Mutex(value) }

    /// Runs `body` with the value, alone.
    @inlinable
    package borrowing func withLock<Result: ~Copyable, Failure: Error>(
      _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
      try mutex.withLock(body)
    }
  }
#endif
