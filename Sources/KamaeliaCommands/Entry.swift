import Foundation
import KGraph
import Kamaelia
import KamaeliaIO

/// Does what the command line asks for, with the components of `library`, and ends the program with its status.
///
/// ```swift
/// import KamaeliaCommands
/// import KamaeliaComponents
///
/// await KamaeliaCommands.main(library: .standard + [MyComponent.self])
/// ```
public func main(library: Library) async -> Never {
  Descriptor.occupyClosedStandardStreams()
  Signals.ignoreBrokenPipes()
  Signals.reapAsProcessOne()
  let terminal = Terminal.standard(environment: ProcessInfo.processInfo.environment)
  let dispatch = Dispatch(verbs: Verbs.table(library: library), terminal: terminal)
  let status = await dispatch.run(Array(CommandLine.arguments.dropFirst()))
  Programs.end()
  exit(status.rawValue)
}
