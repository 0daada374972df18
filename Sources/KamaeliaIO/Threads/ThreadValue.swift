import CSystem

/// What a thread keeps for itself while it runs one call.
package enum ThreadValue {
  /// Where the boxes and parameters that this thread makes tell of themselves; nil where nobody asks.
  package static var rollCall: UnsafeMutableRawPointer? {
    get { csys_thread_value() }
    set { csys_set_thread_value(newValue) }
  }
}
