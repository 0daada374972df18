/// The same bytes in pieces of random sizes, empty ones among them; seed 0 gives single bytes, and seed 1 all in one.
package func pieces(_ bytes: [UInt8], seed: UInt64) -> [ArraySlice<UInt8>] {
  if seed == 0 { return bytes.indices.map { bytes[$0...$0] } }
  if seed == 1 { return [bytes[...]] }
  var random = Seeded(seed)
  var pieces: [ArraySlice<UInt8>] = []
  var rest = bytes[...]
  while !rest.isEmpty {
    let piece = rest.prefix(Int.random(in: 0...max(1, bytes.count / 3), using: &random))
    pieces.append(piece)
    rest = rest.dropFirst(piece.count)
  }
  return pieces
}

/// Random numbers that are the same in every run.
package struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  package init(_ seed: UInt64) { state = seed }

  /// SplitMix64, by Steele, Lea and Flood.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
