import Testing

@testable import Kamaelia

/// Quantities as a graph would write them.
@Suite struct QuantitiesTests {
  @Test(
    arguments: [
      (1, "1B"), (1000, "1kB"), (1024, "1KiB"), (1_000_000_000_000, "1TB"), (1 << 40, "1TiB"), (16 << 20, "16MiB"),
      (1_500_000, "1500kB"), (0, "0B"), (-2048, "-2KiB"), (1_234_567, "1234567B"),
    ] as [(Int, String)])
  func `a size is written in the unit that makes it shortest`(_ bytes: Int, _ text: String) {
    #expect(Size(bytes: bytes).text == text)
  }

  @Test(
    arguments: [
      (30, false, "30/s"), (2.5, false, "2.5/s"), (0.01, false, "0.01/s"), (1 / 60.0, false, "1/min"),
      (2 / 3600.0, false, "2/h"), (1 / 86_400.0, false, "1/d"), (10_485_760, true, "10MiB/s"),
      (1000 / 86_400.0, true, "1kB/d"), (0, false, "0/s"),
    ] as [(Double, Bool, String)])
  func `a rate is written for a time in which there is a whole number`(
    _ perSecond: Double, _ isBytes: Bool, _ text: String
  ) {
    #expect(Rate(perSecond: perSecond, isBytes: isBytes).text == text)
  }
}
