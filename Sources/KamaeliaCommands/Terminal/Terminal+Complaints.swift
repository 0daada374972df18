import KGraph
import Kamaelia

extension Terminal {
  /// Says `error: …`, with help below, in the form of the diagnostics.
  func complain(_ message: String, _ help: [String] = []) {
    let isColoured = saysColoured
    let lines = message.lines
    var text = Paint.error("error", isColoured: isColoured)
    text += Paint.bold(": " + DisplayWidth.printable(lines.first ?? ""), isColoured: isColoured) + "\n"
    for line in lines.dropFirst() { text += "  " + DisplayWidth.printable(line) + "\n" }
    for line in help {
      let sign = Paint.place("=", isColoured: isColoured) + " " + Paint.bold("help", isColoured: isColoured)
      text += "  \(sign): \(DisplayWidth.printable(line))\n"
    }
    say(text)
  }
}
