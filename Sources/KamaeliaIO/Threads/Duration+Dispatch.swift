import Dispatch

extension Duration {
  /// The same span for Dispatch, to the nanosecond; what is too long for it becomes 292 years.
  package var dispatch: DispatchTimeInterval {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, overflows) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
    return overflow || overflows ? .nanoseconds(.max) : .nanoseconds(Int(sum))
  }
}
