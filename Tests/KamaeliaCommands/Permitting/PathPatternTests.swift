import Foundation
import Kamaelia
import Testing

@testable import KamaeliaCommands

@Suite struct PathPatternTests {
  static let covering: [(String, String, Capability.Extent, Bool)] = [
    ("/a/b", "/a/b", .itself, true),
    ("/a/b", "/a/c", .itself, false),
    ("/a/b", "/a/b/c", .itself, false),
    ("/a", "/a", .entries, false),
    ("/a/**", "/a", .itself, true),
    ("/a/**", "/a/b/c", .itself, true),
    ("/a/**", "/ab", .itself, false),
    ("/a/**", "/a", .everything, true),
    ("/a/**", "/", .everything, false),
    ("/a/*", "/a", .itself, true),
    ("/a/*", "/a", .entries, true),
    ("/a/*", "/a/b", .itself, true),
    ("/a/*", "/a/b/c", .itself, false),
    ("/a/*", "/a", .everything, false),
    ("/a/*.log", "/a/x.log", .itself, true),
    ("/a/*.log", "/a/x.txt", .itself, false),
    ("/a/*.log", "/a", .entries, false),
    ("/a/*/c", "/a/b/c", .itself, true),
    ("/**/c", "/a/b/c", .itself, true),
    ("/**/c", "/a/b/d", .itself, false),
    ("/**", "/", .everything, true),
    ("/a/**", "/a/../b", .itself, false),
    ("/a/**", "/a/x/../b", .itself, true),
  ]

  @Test(arguments: covering)
  func `A pattern covers what all of it permits`(pattern: String, path: String, extent: Capability.Extent, does: Bool) {
    #expect(PathPattern(pattern).covers(PathPattern(path, extent)) == does)
  }

  static let overlapping: [(String, String, Capability.Extent, Bool)] = [
    ("/a/keys/**", "/a", .everything, true),
    ("/a/keys/**", "/a", .entries, true),
    ("/a/keys/**", "/a/keys", .itself, true),
    ("/a/keys/**", "/a/keys/b/c", .itself, true),
    ("/a/keys/**", "/a/b", .itself, false),
    ("/a/*.key", "/a", .entries, true),
    ("/a/*.key", "/a/b", .itself, false),
    ("/**", "/a", .itself, true),
  ]

  @Test(arguments: overlapping)
  func `A pattern overlaps with what some of it permits`(
    pattern: String, path: String, extent: Capability.Extent, does: Bool
  ) {
    #expect(PathPattern(pattern).overlaps(PathPattern(path, extent)) == does)
    #expect(PathPattern(path, extent).overlaps(PathPattern(pattern)) == does)
  }

  @Test(arguments: [
    ("*", "abc", true), ("a*", "abc", true), ("*c", "abc", true), ("a*c", "abc", true), ("*b*", "abc", true),
    ("ab", "abc", false), ("*b", "abc", false), ("a*b*c", "axxbxxbc", true), ("**", "x", true), ("*", "", true),
  ])
  func `A star stands for any part of a name`(pattern: String, name: String, fits: Bool) {
    #expect(PathPattern.isMatch(pattern, name) == fits)
  }

  @Test func `Links are followed before paths are compared, also where they lead to nothing`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "kamaelia-\(UUID())").path
    let files = FileManager.default
    try files.createDirectory(atPath: "\(folder)/data", withIntermediateDirectories: true)
    defer { try? files.removeItem(atPath: folder) }
    try files.createSymbolicLink(atPath: "\(folder)/data/out", withDestinationPath: "../secret")
    try files.createSymbolicLink(atPath: "\(folder)/data/in", withDestinationPath: "there")
    try files.createSymbolicLink(atPath: "\(folder)/alias", withDestinationPath: "data")
    let pattern = PathPattern("\(folder)/data/**")
    #expect(!pattern.covers(PathPattern("\(folder)/data/out", .itself)))
    #expect(pattern.covers(PathPattern("\(folder)/data/in", .itself)))
    #expect(pattern.covers(PathPattern("\(folder)/alias/x/y", .itself)))
    #expect(PathPattern("\(folder)/alias/*").covers(PathPattern("\(folder)/data/x", .itself)))
    try files.createSymbolicLink(atPath: "\(folder)/data/loop", withDestinationPath: "loop")
    #expect(pattern.covers(PathPattern("\(folder)/data/loop", .itself)))
  }
}
