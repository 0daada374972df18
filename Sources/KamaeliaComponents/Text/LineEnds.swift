import Kamaelia

/// What ends a line.
enum LineEnds: String, ChoiceParameter {
  /// A line feed, alone or behind a carriage return.
  case lf
  /// A carriage return alone as well, as programs write it that draw their progress, and old files have it.
  case any
}
