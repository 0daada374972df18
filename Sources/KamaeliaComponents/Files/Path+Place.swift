import Kamaelia

extension Path {
  /// The folder that the path is in, `.` where it names none, and the name there.
  var place: (folder: String, name: String) {
    // By bytes: a slash and a mark behind it are one character of Swift's.
    guard let slash = string.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", string) }
    return (slash == string.startIndex ? "/" : String(string[..<slash]), String(string[string.index(after: slash)...]))
  }
}
