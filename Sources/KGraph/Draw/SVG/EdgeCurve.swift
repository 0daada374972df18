/// The drawn way of an edge: straight stretches and curves that leave and arrive in the drawing's direction.
struct EdgeCurve {
  typealias Point = (x: Double, y: Double)

  /// A stretch; the controls are nil where it is straight.
  struct Stretch {
    let from: Point
    let controls: (Point, Point)?
    let to: Point

    /// About how long it is.
    var length: Double { abs(to.x - from.x) + abs(to.y - from.y) }

    /// The point at `t` from 0 to 1.
    func point(_ t: Double) -> Point {
      let u = 1 - t
      guard let (a, b) = controls else { return (u * from.x + t * to.x, u * from.y + t * to.y) }
      func mix(_ p: Double, _ q: Double, _ r: Double, _ s: Double) -> Double {
        u * u * u * p + 3 * u * u * t * q + 3 * u * t * t * r + t * t * t * s
      }
      return (mix(from.x, a.x, b.x, to.x), mix(from.y, a.y, b.y, to.y))
    }
  }

  let stretches: [Stretch]
  /// Where the edge arrives.
  let end: Point

  init(_ way: [Placement.Point], _ direction: DrawingDirection) {
    let isRight = direction == .right
    var stretches: [Stretch] = []
    for (a, b) in zip(way, way.dropFirst()) where (a.x, a.y) != (b.x, b.y) {
      let along = isRight ? b.x - a.x : b.y - a.y
      let across = isRight ? b.y - a.y : b.x - a.x
      let from = (a.x, a.y)
      let to = (b.x, b.y)
      if abs(across) < 0.05 {
        if let last = stretches.last, last.controls == nil {
          stretches[stretches.count - 1] = Stretch(from: last.from, controls: nil, to: to)
        } else {
          stretches.append(Stretch(from: from, controls: nil, to: to))
        }
        continue
      }
      // A turn swings out by as much as it is wide, within reason; any other curve uses half of the gap at each end.
      let isTurn = a.isForward != b.isForward
      let reach = isTurn ? min(64, 6 + abs(across).squareRoot() * 1.8) : abs(along) / 2
      let first = (a.isForward ? 1 : -1) * reach
      let second = (b.isForward ? -1 : 1) * reach
      let leaving: Point = isRight ? (a.x + first, a.y) : (a.x, a.y + first)
      let arriving: Point = isRight ? (b.x + second, b.y) : (b.x, b.y + second)
      let controls = (leaving, arriving)
      stretches.append(Stretch(from: from, controls: controls, to: to))
    }
    self.stretches = stretches
    end = way.last.map { ($0.x, $0.y) } ?? (0, 0)
  }

  /// The path in SVG's words.
  var path: String {
    guard let first = stretches.first else { return "" }
    var words = "M" + Self.words(first.from)
    for stretch in stretches {
      if let (a, b) = stretch.controls {
        words += "C\(Self.words(a)) \(Self.words(b)) \(Self.words(stretch.to))"
      } else {
        words += "L" + Self.words(stretch.to)
      }
    }
    return words
  }

  private static func words(_ point: Point) -> String { "\(point.x.brief),\(point.y.brief)" }

  /// Points along the edge, those near its middle first.
  var middles: [Point] {
    let count = stretches.count
    let order = stretches.indices.sorted { abs(2 * $0 - count + 1) < abs(2 * $1 - count + 1) }
    let places = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8]
    return order.flatMap { index in places.map { (place: Double) -> Point in stretches[index].point(place) } }
  }
}

extension Double {
  /// With one digit behind the point at most, and none where it is zero, whatever the locale.
  var brief: String {
    let tenths = Int((self * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let digits = abs(tenths)
    return digits % 10 == 0 ? "\(sign)\(digits / 10)" : "\(sign)\(digits / 10).\(digits % 10)"
  }
}
