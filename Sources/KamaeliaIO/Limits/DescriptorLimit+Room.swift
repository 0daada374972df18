extension DescriptorLimit {
  /// Raises the limit in force until `count` more descriptors than a program needs for itself can be open, as far as that
  /// takes no privileges.
  ///
  /// - Returns: for how many there is room then, at most `count`; what is open already is not counted.
  package static func makeRoom(for count: Int) -> Int {
    let needed = count + ownUse
    if current < needed, current < highest {
      do { try set(min(needed, highest)) } catch {
        // It stays as it is, which the result says.
      }
    }
    return max(0, min(count, current - ownUse))
  }

  /// Descriptors of standard streams, of waiting, of files and programs: more than most graphs have.
  private static let ownUse = 64
}
