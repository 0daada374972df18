/// The version of the program.
package enum Version {
  /// Major, minor, patch; see https://semver.org.
  package static let current = "0.1.0"
}
