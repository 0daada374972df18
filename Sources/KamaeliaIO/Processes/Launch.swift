import Glibc

/// How to start a program: what ``Child/start(_:)`` needs to know. No shell reads any of it.
package struct Launch: Sendable {
  /// Where one of the program's standard streams leads.
  package enum Stream: Sendable {
    /// `/dev/null`.
    case null
    /// Where ours leads.
    case inherited
    /// A pipe, whose other end the ``Child`` has.
    case pipe
    /// An open descriptor, which stays ours as well.
    case descriptor(Descriptor)
    /// Where the program's standard output leads; only for its standard error.
    case output
  }

  /// Which process group the program is in.
  package enum Group: Sendable {
    /// A session of its own: no signal of a terminal reaches it, and it has none.
    case session
    /// A group of its own in our session.
    case own
  }

  /// What happens to processes of the group that are left when the program itself ends.
  package enum Leftovers: Sendable {
    /// They are killed at once.
    case end
    /// They live on until ``Child/terminate(grace:)``, or until the last reference to the ``Child`` goes.
    case keep
  }

  /// The file to run, as ``Program/find(_:path:)`` gives it.
  package var path: String
  /// What the program is told; its own name is not among them.
  package var arguments: [String]
  /// What the program sees as its own name; the path if left out.
  package var name: String?
  package var environment: [String: String]
  /// The folder it starts in; ours if left out.
  package var folder: String?
  package var input = Stream.null
  package var output = Stream.null
  package var error = Stream.inherited
  package var group = Group.session
  package var leftovers = Leftovers.end

  package init(
    _ path: String, _ arguments: [String] = [], environment: [String: String] = Environment.ofPrograms
  ) {
    self.path = path
    self.arguments = arguments
    self.environment = environment ?? Environment.ofPrograms
  }
}
