import Glibc
import Testing

@testable import KamaeliaIO

struct ProcessRow {
  let pid: Int32
  let state: Character
  let parent: Int32
  let group: Int32
}

/// What `/proc` says of process `pid`; `nil` if there is none.
func processRow(_ pid: Int32) -> ProcessRow? {
  guard let file = fopen("/proc/\(pid)/stat", "r") else { return nil }
  defer { fclose(file) }
  var buffer = [UInt8](repeating: 0, count: 1024)
  let size = fread(&buffer, 1, buffer.count, file)
  let text = String(decoding: buffer[..<size], as: UTF8.self)
  guard let end = text.lastIndex(of: ")") else { return nil }
  let fields = text[text.index(after: end)...].split(separator: " ")
  guard fields.count > 2, let parent = Int32(fields[1]), let group = Int32(fields[2]) else { return nil }
  return ProcessRow(pid: pid, state: fields[0].first ?? "?", parent: parent, group: group)
}

func children(of parent: Int32) throws -> [ProcessRow] {
  let folder = try #require(opendir("/proc"))
  defer { closedir(folder) }
  var rows: [ProcessRow] = []
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    if let pid = Int32(name), let row = processRow(pid), row.parent == parent { rows.append(row) }
  }
  return rows
}
