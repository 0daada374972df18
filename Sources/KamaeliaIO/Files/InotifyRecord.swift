import CSystem
import Glibc

/// One record as inotify gives it: watch, mask, cookie and length, 32 bits each in the machine's order, and a name
/// filled up with NUL to that length. See inotify(7).
struct InotifyRecord {
  let watch: Int32
  let mask: UInt32
  let cookie: UInt32
  let name: FileName

  /// Takes the record at the front of `bytes`; `nil` if there is no whole one.
  init?(_ bytes: inout ArraySlice<UInt8>) {
    guard bytes.count >= 16 else { return nil }
    let words = bytes.withUnsafeBytes { buffer in
      (0..<4).map { buffer.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self) }
    }
    let length = Int(words[3])
    guard bytes.count - 16 >= length else { return nil }
    watch = Int32(bitPattern: words[0])
    mask = words[1]
    cookie = words[2]
    name = FileName(bytes.dropFirst(16).prefix(length).prefix { $0 != 0 })
    bytes = bytes.dropFirst(16 + length)
  }

  /// `nil` for what nobody is told of.
  var kind: Watch.Event.Kind? {
    func has(_ bit: Int) -> Bool { mask & UInt32(bit) != 0 }
    if has(Int(IN_Q_OVERFLOW)) { return .overflow }
    if has(Int(IN_CREATE)) { return .created }
    if has(Int(IN_MODIFY)) { return .modified }
    if has(Int(IN_CLOSE_WRITE)) { return .closedAfterWriting }
    if has(Int(IN_MOVED_FROM)) { return .movedFrom }
    if has(Int(IN_MOVED_TO)) { return .movedTo }
    if has(Int(IN_DELETE)) { return .deleted }
    if has(Int(IN_DELETE_SELF)) || has(Int(IN_MOVE_SELF)) || has(Int(IN_UNMOUNT)) { return .gone }
    return nil
  }
}
