import Kamaelia

extension Path {
  /// The folder that the path is in, `.` where it names none, and the name there.
  var place: (folder: String, name: String) {
    guard let slash = string.lastIndex(of: "/") else { return (".", string) }
    return (slash == string.startIndex ? "/" : String(string[..<slash]), String(string[string.index(after: slash)...]))
  }
}
