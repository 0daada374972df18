import Foundation
import Glibc
import KamaeliaIO
import Testing

/// `--permit` as a user sees it: refused before launch, and refused by the system.
@Suite(.timeLimit(.minutes(1))) struct PermissionTests {
  /// A folder with `data/a.txt` and, beside it, `secret.txt`.
  private static func withFiles<R>(_ body: (String) async throws -> R) async throws -> R {
    try await withFolder { folder in
      try FileManager.default.createDirectory(atPath: "\(folder)/data", withIntermediateDirectories: true)
      for (name, text) in [("data/a.txt", "public\n"), ("secret.txt", "secret\n")] {
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
      }
      return try await body(folder)
    }
  }

  @Test func `What a graph needs is listed with its place`() async throws {
    try await withFolder { folder in
      let graph = """
        server = TCPServer(port: 1500, protocol: Keep)
        server.log -> FileWriter("log.txt")

        graph Keep() {
            inbox heard: Bytes
            self.heard -> ProcessBytes(`cat`) -> FileWriter("kept.bin")
        }

        """
      try Data(graph.utf8).write(to: URL(filePath: "\(folder)/keep.kgraph"))
      let text = try await kamaelia("check", "--capabilities", "keep.kgraph", in: folder)
      #expect(
        text.output == """
          listen tcp 127.0.0.1:1500  keep.kgraph:1:1
          write log.txt              keep.kgraph:2:15
          exec cat                   keep.kgraph:6:19
          write kept.bin             keep.kgraph:6:42

          """)
      #expect(text.status == .exited(0), "\(text.errors)")
      let json = try await kamaelia("check", "--capabilities", "--format", "json", "keep.kgraph", in: folder)
      #expect(
        json.output.split(separator: "\n").first
          == #"{"capability":"listen tcp 127.0.0.1:1500","column":1,"component":"TCPServer","file":"keep.kgraph","line":1}"#
      )
    }
  }

  @Test func `A graph that needs more is refused before it runs, with the words that would permit it`() async throws {
    try await Self.withFiles { folder in
      let graph = "\"begun\" -> ConsoleWriter()\nFileReader(\"secret.txt\").lines -> ConsoleWriter()\n"
      let refused = try await kamaelia("run", "-e", graph, "--permit", "read data/**", in: folder)
      #expect(refused.status == .exited(1))
      #expect(refused.output == "")
      #expect(
        refused.errors == """
          error[K1001]: `FileReader` needs `read secret.txt`, which is not permitted
           --> -e:2:1
            |
          2 | FileReader("secret.txt").lines -> ConsoleWriter()
            | ^^^^^^^^^^^^^^^^^^^^^^^^
            |
            = help: to permit it: `--permit 'read secret.txt'`

          1 error in 1 file

          """)
      let permitted = try await kamaelia(
        "run", "-e", graph, "--permit", "read data/**", "--permit", "read secret.txt", in: folder)
      #expect(Set(permitted.output.split(separator: "\n")) == ["begun", "secret"], "\(permitted.errors)")
      #expect(permitted.status == .exited(0))
    }
  }

  @Test(arguments: [
    (["--permit", "none"], "K1001"), (["--permit", "read **", "--deny", "read secret.txt"], "K1002"),
    (["--deny", "read *.txt", "--permit", "read **"], "K1002"), (["--permit", "read data/../data/*"], "K1001"),
    (["--permit", "write **"], "K1001"),
  ])
  func `A denial wins, and none is nothing`(options: [String], code: String) async throws {
    try await Self.withFiles { folder in
      let graph = "FileReader(\"data/../secret.txt\").lines -> ConsoleWriter()"
      let finished = try await Run(["run", "-e", graph] + options, in: folder).finish()
      #expect(finished.status == .exited(1))
      #expect(finished.output == "")
      #expect(finished.errors.contains("error[\(code)]"), "\(finished.errors)")
    }
  }

  @Test func `A link that leads out is refused before the graph runs`() async throws {
    try await Self.withFiles { folder in
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/data/link", withDestinationPath: "../secret.txt")
      let finished = try await kamaelia(
        "run", "-e", "FileReader(\"data/link\").lines -> ConsoleWriter()", "--permit", "read data/**", in: folder)
      #expect(finished.errors.contains("K1001"), "\(finished.errors)")
      #expect(finished.output == "")
    }
  }

  @Test func `A graph whose arguments a connection gives is refused when it is made`() async throws {
    try await Self.withFiles { folder in
      // The default is permitted; what the server gives in its place is not.
      let graph = """
        server = HTTPServer(port: 0, routes: [Show])
        server.bound -> ConsoleWriter()
        graph Show(query: Text = "data/a.txt") {
            outbox said: Bytes
            FileReader("${query}") -> self.said
        }

        """
      let run = try await Run(
        ["run", "-e", graph, "--permit", "listen tcp 127.0.0.1:*", "--permit", "read data/**"], in: folder)
      let port = try #require(try await run.line())
      for (query, status) in [("data/a.txt", "200"), ("secret.txt", "500")] {
        let answer = try await Self.get(query, port: try #require(UInt16(port)))
        #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(answer)")
        #expect(!answer.contains("secret\n"))
      }
      run.child.signal(SIGTERM)
      let finished = try await run.finish()
      #expect(finished.errors.contains("`FileReader` needs `read secret.txt`, which is not permitted"))
    }
  }

  private static func get(_ query: String, port: UInt16) async throws -> String {
    let connection = try await Connection.open(to: try #require(SocketAddress(digits: "127.0.0.1", port: port)))
    defer { connection.close() }
    try await connection.write(Array("GET /show?\(query) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8))
    var bytes: [UInt8] = []
    while true {
      let more = try await connection.read(upTo: 65_536)
      if more.isEmpty { return String(decoding: bytes, as: UTF8.self) }
      bytes += more
    }
  }

  @Test(arguments: [
    (["--permit", "read"], "`--permit` cannot be `read`"), (["--deny", "exec cat"], "there is no `--permit`"),
    (["--permit", "none", "--permit", "exec cat"], "`--permit none` stands alone"),
  ])
  func `Options that say nothing clear are refused`(options: [String], words: String) async throws {
    let finished = try await Run(["run", "-e", "Ticks(1ms, count: 1) -> Discard()"] + options).finish()
    #expect(finished.status == .exited(2))
    #expect(finished.errors.contains(words), "\(finished.errors)")
  }
}

/// What the system itself refuses, whatever the check before launch has said.
@Suite(
  .timeLimit(.minutes(1)), .enabled(if: Sandbox.rulesAll, "this kernel's Landlock does not rule files and ports"))
struct HeldProcessTests {
  @Test func `A program that was permitted reads no other file`() async throws {
    try await withFolder { folder in
      for name in ["own", "other"] { try Data("\(name)\n".utf8).write(to: URL(filePath: "\(folder)/\(name)")) }
      let options = ["--permit", "exec cat", "--permit", "read own"]
      let own = try await Run(["run", "-e", "`cat own` -> ConsoleWriter()"] + options, in: folder).finish()
      #expect(own.output == "own\n", "\(own.errors)")
      let other = try await Run(["run", "-e", "`cat other` -> ConsoleWriter()"] + options, in: folder).finish()
      #expect(other.output == "")
      #expect(other.errors.contains("other: Permission denied"), "\(other.errors)")
      #expect(other.status == .exited(3))
    }
  }

  @Test func `A path that a message brings is refused to a program`() async throws {
    try await withFolder { folder in
      for name in ["own", "other"] { try Data("\(name)\n".utf8).write(to: URL(filePath: "\(folder)/\(name)")) }
      let finished = try await Run(
        [
          "run", "-e", "ConsoleReader() -> `xargs cat` -> ConsoleWriter()", "--permit", "exec xargs", "--permit",
          "exec cat", "--permit", "read own",
        ], input: "own ../\(URL(filePath: folder).lastPathComponent)/other\n", in: folder
      ).finish()
      #expect(finished.output == "own\n")
      #expect(finished.errors.contains("other: Permission denied"), "\(finished.errors)")
    }
  }

  @Test func `A link that takes a file's place after the check is refused to the graph itself`() async throws {
    try await withFolder { folder in
      let files = FileManager.default
      try files.createDirectory(atPath: "\(folder)/data", withIntermediateDirectories: true)
      for (name, text) in [("data/log", "begun\n"), ("secret", "secret\n")] {
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
      }
      let run = try await Run(
        [
          "run", "-e", "FileTail(\"data/log\", from: start).lines -> ConsoleWriter()", "--permit", "read data/**",
        ], in: folder)
      #expect(try await run.line() == "begun")
      try files.createSymbolicLink(atPath: "\(folder)/link", withDestinationPath: "../secret")
      #expect(rename("\(folder)/link", "\(folder)/data/log") == 0)
      let finished = try await run.finish()
      #expect(finished.output == "")
      #expect(finished.errors.contains("cannot open `data/log` for reading: Permission denied"), "\(finished.errors)")
      #expect(finished.status == .exited(3))
    }
  }

  @Test func `A path that leads out of a root is refused by the component, and a program is refused it by the system`()
    async throws
  {
    try await withFolder { folder in
      try FileManager.default.createDirectory(atPath: "\(folder)/data", withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(atPath: "\(folder)/data/out", withDestinationPath: "/etc/passwd")
      let paths = "out\n../../../../../../etc/passwd\n"
      let graph = """
        files = WholeFile(root: "data")
        ConsoleReader() -> files.texts -> Format("{text}") -> ConsoleWriter()
        files.errors -> ConsoleWriter()
        """
      let finished = try await Run(
        ["run", "-e", graph, "--permit", "read data/**"], input: paths, in: folder
      ).finish()
      #expect(finished.output.split(separator: "\n").count == 2, "\(finished.output)\(finished.errors)")
      #expect(finished.output.matches(of: /leads out of the folder/).count == 2, "\(finished.output)")
      let second = try await Run(
        [
          "run", "-e", "ConsoleReader() -> Process(`xargs cat`, folder: \"data\") -> ConsoleWriter()", "--permit",
          "exec xargs", "--permit", "exec cat", "--permit", "read data/**",
        ], input: paths, in: folder
      ).finish()
      #expect(second.output == "")
      #expect(second.errors.matches(of: /cat: [^\n]*: Permission denied/).count >= 2, "\(second.errors)")
    }
  }

  @Test func `A program starts no other program than those permitted`() async throws {
    let script = "`sh -c 'echo begun; /usr/bin/env true; echo $?'` -> ConsoleWriter()"
    let refused = try await kamaelia("run", "-e", script, "--permit", "exec sh")
    #expect(refused.output == "begun\n126\n", "\(refused.errors)")
    #expect(refused.errors.contains("Permission denied"), "\(refused.errors)")
    let permitted = try await kamaelia(
      "run", "-e", script, "--permit", "exec sh", "--permit", "exec env", "--permit", "exec true")
    #expect(permitted.output == "begun\n0\n", "\(permitted.errors)")
  }

  @Test func `What is denied is refused by the system, also within what is granted`() async throws {
    try await withFolder { folder in
      try FileManager.default.createDirectory(atPath: "\(folder)/keys", withIntermediateDirectories: true)
      for name in ["own", "keys/key"] { try Data("\(name)\n".utf8).write(to: URL(filePath: "\(folder)/\(name)")) }
      let graph = "`sh -c 'cat own; cat keys/key; sort own; echo $?'` -> ConsoleWriter()"
      let options = ["--permit", "exec *", "--deny", "exec sort", "--deny", "read keys"]
      let denied = try await Run(["run", "-e", graph, "--permit", "read **"] + options, in: folder).finish()
      #expect(denied.output == "own\n126\n", "\(denied.errors)")
      #expect(denied.errors.contains("keys/key: Permission denied"), "\(denied.errors)")
      // To start any program is not to read any file.
      let unread = try await Run(["run", "-e", graph] + options, in: folder).finish()
      #expect(unread.output == "126\n", "\(unread.errors)")
      #expect(unread.errors.contains("own: Permission denied"), "\(unread.errors)")
    }
  }

  @Test func `A script is run by the program that its first line names`() async throws {
    try await withFolder { folder in
      let path = "\(folder)/script"
      try Data("#!/bin/sh\necho run\ncat script\n".utf8).write(to: URL(filePath: path))
      #expect(chmod(path, 0o700) == 0)
      let finished = try await kamaelia(
        "run", "-e", "`./script` -> ConsoleWriter()", "--permit", "exec ./script", in: folder)
      #expect(finished.output == "run\n", "\(finished.errors)")
      #expect(finished.errors.contains("cat: Permission denied"), "\(finished.errors)")
    }
  }

  @Test(.enabled(if: Program.find("bash") != nil, "bash is missing"))
  func `A program connects to no other port than those permitted`() async throws {
    let address = try #require(SocketAddress(digits: "127.0.0.1", port: 0))
    let (own, other) = (try Listener(on: address), try Listener(on: address))
    defer {
      own.close()
      other.close()
    }
    for (port, text) in [(own.address.port, "connected\n"), (other.address.port, "")] {
      let finished = try await kamaelia(
        "run", "-e", "`bash -c 'exec 3<>/dev/tcp/127.0.0.1/\(port) && echo connected'` -> ConsoleWriter()", "--permit",
        "exec bash", "--permit", "connect tcp 127.0.0.1:\(own.address.port)")
      #expect(finished.output == text, "\(finished.errors)")
      #expect(finished.errors.contains("Permission denied") == text.isEmpty, "\(finished.errors)")
    }
  }

  @Test func `A graph with permissions does all that it is permitted`() async throws {
    try await withFolder { folder in
      for name in ["data", "out"] {
        try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
      }
      try Data("b\na\n".utf8).write(to: URL(filePath: "\(folder)/data/x"))
      try Data("old\n".utf8).write(to: URL(filePath: "\(folder)/out/log"))
      let graph = """
        FileReader("data/x").lines -> `sort` as sorted -> FileWriter("out/whole")
        sorted -> FileWriter("out/log", mode: append)
        sorted -> ConsoleWriter()
        """
      let finished = try await kamaelia(
        "run", "-e", graph, "--permit-strict", "--permit", "read data/*", "--permit", "exec sort", "--permit",
        "write out/**", "--permit", "read out/log", in: folder)
      #expect(finished.errors == "")
      #expect(finished.output == "a\nb\n")
      #expect(try Place.read("\(folder)/out/whole") == "a\nb\n")
      #expect(try Place.read("\(folder)/out/log") == "old\na\nb\n")
    }
  }

  @Test func `A program gets the variables that are permitted, and no others`() async throws {
    let environment = ["TOKEN": "secret", "HOME": "/nowhere", "LANG": "C.UTF-8", "KEY_A": "a", "KEY_B": "b"]
    func variables(_ more: String...) async throws -> Set<String> {
      let finished = try await kamaelia(
        arguments: ["run", "-e", "`env` -> ConsoleWriter()", "--permit", "exec env"] + more, environment: environment)
      #expect(finished.status == .exited(0), "\(finished.errors)")
      return Set(finished.output.split(separator: "\n").map { String($0.prefix { $0 != "=" }) })
    }
    #expect(try await variables() == ["PATH", "LANG"])
    #expect(
      try await variables("--permit", "env HOME", "--permit", "env KEY_*") == [
        "PATH", "LANG", "HOME", "KEY_A", "KEY_B",
      ])
    #expect(
      try await variables("--permit", "env *", "--deny", "env TOKEN", "--deny", "env LANG").isSuperset(of: [
        "HOME", "KEY_A",
      ]))
    #expect(try await variables("--permit", "env *", "--deny", "env TOKEN").isDisjoint(with: ["TOKEN"]))
    let all = try await kamaelia("run", "-e", "`env` -> ConsoleWriter()", environment: environment)
    #expect(all.output.contains("TOKEN=secret\n"))
  }

  @Test(.enabled(if: Program.find("/usr/bin/python3") != nil, "python3 is missing"))
  func `A program looks neither into the run nor into another program, and types nothing into a terminal`() async throws
  {
    let script = """
      import ctypes, fcntl, os, signal
      libc = ctypes.CDLL(None, use_errno=True)
      def tried(name, do):
          try: do()
          except OSError as error: print(name, "refused")
          else: print(name, "DONE")
      def check(result):
          if result < 0: raise OSError(ctypes.get_errno(), "")
      # The run, and whoever of its processes is our parent.
      for pid in {os.getppid(), int(open(f"/proc/{os.getppid()}/stat").read().rsplit(")", 1)[1].split()[1])}:
          if "kamaelia" not in open(f"/proc/{pid}/comm").read(): continue
          for name in ["environ", "mem", "maps"]: tried(name, lambda: open(f"/proc/{pid}/{name}", "rb").read(1))
          tried("fd", lambda: os.open(f"/proc/{pid}/fd/0", os.O_RDONLY))
          tried("ptrace", lambda: check(libc.ptrace(16, pid, 0, 0)))
      tried("typing", lambda: fcntl.ioctl(0, 0x5412, b"x"))
      """
    try await withFolder { folder in
      try Data(script.utf8).write(to: URL(filePath: "\(folder)/look.py"))
      let finished = try await kamaelia(
        "run", "-e", "`/usr/bin/python3 \(folder)/look.py` -> ConsoleWriter()", "--permit", "exec /usr/bin/python3",
        "--permit", "read \(folder)/**")
      #expect(!finished.output.contains("DONE"), "\(finished.output)")
      #expect(finished.output.contains("environ refused\n"), "\(finished.output) \(finished.errors)")
      #expect(finished.output.contains("typing refused\n"), "\(finished.output)")
    }
  }
}
