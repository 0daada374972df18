import Kamaelia
import KamaeliaFormats
import KamaeliaIO

/// A folder that is served, and nothing outside of it.
struct HTTPFolder: Sendable {
  /// What is at a path.
  enum Finding: Sendable {
    case missing
    /// A folder whose path lacks the `/` at its end.
    case folder
    case file(Found)
  }

  /// A file that is there.
  struct Found: Sendable {
    /// All of it, where it is small; else it is read from `descriptor`.
    let bytes: [UInt8]?
    let descriptor: Descriptor?
    let size: Int
    let type: String
    let validators: HTTPValidators
    /// What each answer says of the file.
    let fields: HTTPFields
    /// What an answer with all of it says.
    let fieldsOfWhole: HTTPFields
  }

  private let root: Root
  private let small = SmallFiles<Found>()

  init(_ root: Root) { self.root = root }

  /// Looks for what is at a path.
  ///
  /// - Throws: ``SystemError`` that has nothing to do with the path, such as one for a lack of descriptors.
  func find(_ target: HTTPTarget) async throws -> Finding {
    // A second is what a visitor does not notice, and it saves a busy server all calls to the system but the two for the
    // request and the answer.
    let now = Time.now.nanoseconds
    if let kept = small.file(target.path, since: now - 1_000_000_000) { return .file(kept) }
    // The last name is empty if the path ends with `/`.
    guard let names = target.names, names.allSatisfy({ !$0.hasPrefix(".") || $0 == ".well-known" }) else {
      return .missing
    }
    let isFolder = names.last?.isEmpty ?? true
    let path = (isFolder ? names.dropLast() + ["index.html"] : names).joined(separator: "/")
    do {
      let descriptor = try await outside { try await root.open(path, for: .reading) }
      let facts = try descriptor.facts()
      // A pipe would keep us waiting, and a device has no end.
      guard facts.kind == .file else { return .missing }
      guard facts.size <= small.largest else {
        return .file(try found(path, facts, bytes: nil, descriptor: descriptor))
      }
      let bytes = try await outside { try await descriptor.readToEnd(limit: small.largest) }
      descriptor.close()
      let found = try found(path, facts, bytes: bytes, descriptor: nil)
      small.keep(found, of: bytes.count, at: now, as: target.path)
      return .file(found)
    } catch let error as SystemError {
      switch error.visibility {
      case .folder: return isFolder ? .missing : .folder
      case .hidden: return .missing
      case .broken: throw error
      }
    }
  }

  private func found(
    _ path: String, _ facts: FileFacts, bytes: [UInt8]?, descriptor: Descriptor?
  ) throws(HTTPFieldError) -> Found {
    let size = bytes?.count ?? Int(facts.size)
    let modified = facts.modified.nanoseconds
    let tag = "\"\(String(modified, radix: 36))-\(String(size, radix: 36))\""
    // Rounded down also before 1970, as the field has whole seconds.
    let seconds = Int((modified - ((modified % 1_000_000_000) + 1_000_000_000) % 1_000_000_000) / 1_000_000_000)
    let validators = HTTPValidators(tag: tag, modified: HTTPDate(seconds: seconds))
    let type = MediaType.ofFile(path)
    var fields = HTTPFields()
    try fields.add("ETag", tag)
    try fields.add("Last-Modified", validators.modified.text)
    try fields.add("Accept-Ranges", "bytes")
    var fieldsOfWhole = fields
    try fieldsOfWhole.add("X-Content-Type-Options", "nosniff")
    try fieldsOfWhole.add("Content-Type", type)
    return Found(
      bytes: bytes, descriptor: descriptor, size: size, type: type, validators: validators, fields: fields,
      fieldsOfWhole: fieldsOfWhole)
  }
}
