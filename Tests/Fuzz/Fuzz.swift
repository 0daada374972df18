import FormatChecks

/// What libFuzzer calls with each input, as there is no `main` here.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  ParserChoice.parser.check(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
