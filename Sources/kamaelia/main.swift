import KamaeliaCommands
import KamaeliaComponents

await KamaeliaCommands.main(library: .standard)
