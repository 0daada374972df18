import Kamaelia

/// Random numbers that are the same in every run.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  /// SplitMix64, by Steele, Lea and Flood.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension Bytes {
  /// The same bytes in pieces of random sizes, empty ones among them; seed 0 gives single bytes.
  func pieces(seed: UInt64) -> [Bytes] {
    if seed == 0 { return map { Bytes([$0]) } }
    var random = Seeded(seed)
    var pieces: [Bytes] = []
    var rest = storage
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 0...Swift.max(1, count / 3), using: &random))
      pieces.append(Bytes(Array(piece)))
      rest = rest.dropFirst(piece.count)
    }
    return pieces
  }
}
