import Fixtures
import Foundation

/// Where things are.
enum Place {
  /// The root of the repository.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  static let tests = URL(filePath: #filePath).deletingLastPathComponent().path

  /// The program, built beside the tests.
  static let kamaelia = BuiltProgram.path(of: "kamaelia")

  static func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path.hasPrefix("/") ? path : "\(root)/\(path)")), as: UTF8.self)
  }

  /// The names of the files in a folder of the repository that end so.
  static func files(in folder: String, _ suffix: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").filter { $0.hasSuffix(suffix) }.sorted()
  }
}

/// A folder that is there while a test runs.
func withFolder<R>(_ body: (String) async throws -> R) async throws -> R {
  let folder = FileManager.default.temporaryDirectory.appending(path: "kamaelia-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try await body(folder)
}
