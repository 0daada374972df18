import Glibc
import Kamaelia
import KamaeliaIO
import KamaeliaLanguageServer

extension Verb {
  /// `lsp`.
  static func lsp(_ library: Library) -> Verb {
    Verb(
      "lsp", "help an editor while graphs are written in it",
      discussion: """
        Speaks the Language Server Protocol 3.17 on standard input and output, until the editor says `exit`. The exit \
        status is 0 if it has said `shutdown` before, and 1 if it has not. It also ends when the editor's process does. \
        What `explain` says of the codes that are shown is written to `kamaelia/explain` in the user's cache folder, for \
        editors that open it from there.
        """,
      examples: [
        Example("kamaelia lsp", "What an editor is told to run for files that end with `.kgraph`.")
      ]
    ) { invocation throws(CommandError) in
      let pages = ExplanationPages.standard()
      let machine = Machine(
        hasEnded: { process in
          do {
            try await OtherProcess.end(of: process)
            return true
          } catch { return false }
        }, page: { pages.uri(of: $0) })
      let server = LanguageServer(library: library, machine: machine, version: Version.current)
      let input: Descriptor
      let output: Descriptor
      do {
        input = try Descriptor.standard(.input)
        output = try Descriptor.standard(.output)
      } catch {
        throw .failure("standard input or output cannot be used: \(error)")
      }
      // Graphs that are tested in this process must neither hear nor say anything here.
      let silence = open("/dev/null", O_RDONLY | O_CLOEXEC)
      if silence >= 0 {
        dup2(silence, STDIN_FILENO)
        close(silence)
      }
      dup2(STDERR_FILENO, STDOUT_FILENO)
      let status = await server.serve(
        read: { try await input.read(upTo: 1 << 16) }, write: { try await output.write($0) })
      return ExitStatus(rawValue: status)
    }
  }
}
