import Screen

/// However the bytes are split over reads, the same keys come out.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzKeys(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  var whole = KeyDecoder()
  let expected = whole.decode(bytes) + whole.flush()
  var split = KeyDecoder()
  var found: [Input] = []
  for byte in bytes { found += split.decode(CollectionOfOne(byte)) }
  precondition(found + split.flush() == expected)
  return 0
}
