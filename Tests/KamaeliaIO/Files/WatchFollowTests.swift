import Foundation
import Testing

@testable import KamaeliaIO

extension IO {
  /// A path is followed through its links.
  @Suite(.timeLimit(.minutes(1))) struct WatchFollowTests {
    private func make(_ folder: String) throws {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func write(_ path: String, _ text: String = "x") throws {
      try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    /// Makes a link beside the old one and gives it its name, as `ln -sfn` and those who mount configurations do.
    private func link(_ path: String, to target: String) throws {
      try FileManager.default.createSymbolicLink(atPath: path + ".new", withDestinationPath: target)
      #expect(rename(path + ".new", path) == 0)
    }

    private func move(_ path: String, to other: String) { #expect(rename(path, other) == 0) }

    /// What has happened up to now, told by what `path` leads to, and that nothing more is told.
    private func expectRedirection(_ watch: Watch, of path: String, in folder: String) async throws {
      var events: [Watch.Event] = []
      // A change that is told of in any case, so that what comes before it is all there is.
      let marks = "\(folder)/marks"
      try watch.add(marks)
      try await File.makeFolder("\(marks)/mark")
      while let event = try await watch.next(), event.watched != marks { events.append(event) }
      watch.remove(marks)
      try await File.deleteFolder("\(marks)/mark")
      #expect(!events.isEmpty)
      #expect(events.allSatisfy { $0.kind == .redirected && $0.watched == path }, "\(events)")
    }

    private func expectNothing(_ watch: Watch, in folder: String) async throws {
      try watch.add("\(folder)/marks")
      try await File.makeFolder("\(folder)/marks/mark")
      #expect(try await watch.next()?.name.text == "mark")
      watch.remove("\(folder)/marks")
      try await File.deleteFolder("\(folder)/marks/mark")
    }

    private func following(
      _ path: String,
      _ body: (_ folder: String, _ watch: Watch, _ changed: () async throws -> Void) async throws -> Void,
      prepared prepare: (_ folder: String) throws -> Void
    ) async throws {
      try await withTemporaryFolder { folder in
        try make("\(folder)/marks")
        try prepare(folder)
        let watch = try Watch()
        try watch.follow("\(folder)/\(path)")
        try await body(folder, watch) {
          try await expectRedirection(watch, of: "\(folder)/\(path)", in: folder)
        }
      }
    }

    @Test func `A file behind a link is seen to be replaced in its own folder, again and again`() async throws {
      try await following("link.log") { folder, watch, changed in
        for number in 1...3 {
          move("\(folder)/pods/0.log", to: "\(folder)/pods/\(number).log")
          try await changed()
          try write("\(folder)/pods/0.log")
          try await changed()
        }
      } prepared: { folder in
        try make("\(folder)/pods")
        try write("\(folder)/pods/0.log")
        try FileManager.default.createSymbolicLink(
          atPath: "\(folder)/link.log", withDestinationPath: "\(folder)/pods/0.log")
      }
    }

    @Test func `A folder's link that is switched is seen, and the new folder is watched then`() async throws {
      try await following("conf/app.kgraph") { folder, watch, changed in
        for version in ["v2", "v3", "v4"] {
          try make("\(folder)/conf/..\(version)")
          try write("\(folder)/conf/..\(version)/app.kgraph")
          try link("\(folder)/conf/..data", to: "..\(version)")
          try await changed()
          try FileManager.default.removeItem(atPath: "\(folder)/conf/..\(version)/app.kgraph")
          try await changed()
        }
      } prepared: { folder in
        try make("\(folder)/conf/..v1")
        try write("\(folder)/conf/..v1/app.kgraph")
        try link("\(folder)/conf/..data", to: "..v1")
        try link("\(folder)/conf/app.kgraph", to: "..data/app.kgraph")
      }
    }

    @Test func `Links that lead up and on to other links are followed`() async throws {
      try await following("a/b/link") { folder, watch, changed in
        try link("\(folder)/d/third", to: "fifth")
        try await changed()
        try write("\(folder)/d/fifth")
        try await changed()
        try link("\(folder)/c", to: "e")
        try await changed()
        // What is on the way no more.
        try write("\(folder)/d/third")
        try write("\(folder)/d/fourth")
        try await expectNothing(watch, in: folder)
      } prepared: { folder in
        for name in ["a/b", "d", "e"] { try make("\(folder)/\(name)") }
        try link("\(folder)/a/b/link", to: "../.././c/third")
        try link("\(folder)/c", to: "\(folder)/d")
        try link("\(folder)/d/third", to: "fourth")
        try write("\(folder)/d/fourth")
      }
    }

    @Test func `A file is waited for whose folders are not there yet`() async throws {
      try await following("a/b/c") { folder, watch, changed in
        try write("\(folder)/b")
        try await expectNothing(watch, in: folder)
        try make("\(folder)/a")
        try await changed()
        try make("\(folder)/a/b")
        try await changed()
        try write("\(folder)/a/b/c")
        try await changed()
      } prepared: { _ in
      }
    }

    @Test func `A folder on the way is seen to be moved away, and its follower to come`() async throws {
      try await following("a/b/c") { folder, watch, changed in
        move("\(folder)/a", to: "\(folder)/old")
        try await changed()
        try make("\(folder)/a/b")
        try await changed()
        try write("\(folder)/old/b/c")
        try await expectNothing(watch, in: folder)
        try write("\(folder)/a/b/c")
        try await changed()
        try FileManager.default.removeItem(atPath: "\(folder)/a")
        try await changed()
      } prepared: { folder in
        try make("\(folder)/a/b")
        try write("\(folder)/a/b/c")
      }
    }

    @Test func `Writes to the file and to its neighbours are none of its matters`() async throws {
      try await following("a") { folder, watch, changed in
        try write("\(folder)/a", "more")
        try write("\(folder)/b")
        try link("\(folder)/c", to: "a")
        try await expectNothing(watch, in: folder)
        try watch.add("\(folder)/a")
        try write("\(folder)/a", "more again")
        var last: Watch.Event?
        repeat { last = try await watch.next() } while last?.kind == .modified
        #expect(last?.kind == .closedAfterWriting)
        #expect(last?.watched == "\(folder)/a")
      } prepared: { folder in
        try write("\(folder)/a")
      }
    }

    @Test func `A loop of links leads nowhere, until it is broken`() async throws {
      try await following("a") { folder, watch, changed in
        try link("\(folder)/b", to: "c")
        try await changed()
      } prepared: { folder in
        try link("\(folder)/a", to: "b")
        try link("\(folder)/b", to: "a")
      }
    }

    @Test func `What is followed no more is not told, and what is watched for itself stays so`() async throws {
      try await withTemporaryFolder { folder in
        try make("\(folder)/marks")
        let watch = try Watch()
        try watch.follow("\(folder)/a")
        try watch.follow("\(folder)/b")
        try watch.add(folder)
        watch.unfollow("\(folder)/a")
        try write("\(folder)/a")
        for kind in [Watch.Event.Kind.created, .modified, .closedAfterWriting] {
          #expect(try await watch.next()?.kind == kind)
        }
        watch.remove(folder)
        try write("\(folder)/a", "more")
        try write("\(folder)/b")
        #expect(try await watch.next()?.kind == .redirected)
        watch.unfollow("\(folder)/b")
        try FileManager.default.removeItem(atPath: "\(folder)/b")
        try await expectNothing(watch, in: folder)
      }
    }

    @Test func `A file with two paths tells its changes for each`() async throws {
      try await withTemporaryFolder { folder in
        let watch = try Watch()
        try write("\(folder)/a")
        try link("\(folder)/b", to: "a")
        try watch.add("\(folder)/a")
        try watch.add("\(folder)/b")
        try Data([1]).withUnsafeBytes { bytes in
          let file = open("\(folder)/a", O_WRONLY)
          #expect(Foundation.write(file, bytes.baseAddress, 1) == 1)
          close(file)
        }
        var told: [String] = []
        while told.count < 4, let event = try await watch.next() { told.append(event.watched) }
        #expect(told == ["\(folder)/a", "\(folder)/b", "\(folder)/a", "\(folder)/b"])
        watch.remove("\(folder)/a")
        try write("\(folder)/b", "more")
        while let event = try await watch.next(), event.kind != .closedAfterWriting {
          #expect(event.watched == "\(folder)/b")
        }
      }
    }
  }
}
