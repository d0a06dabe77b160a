import Screen

/// However the bytes are split over reads, the same keys come out.
func fuzzKeys(_ bytes: UnsafeRawBufferPointer) {
  let bytes = Array(bytes)
  var whole = KeyDecoder()
  let expected = whole.decode(bytes) + whole.flush()
  var split = KeyDecoder()
  var found: [Input] = []
  for byte in bytes { found += split.decode(CollectionOfOne(byte)) }
  precondition(found + split.flush() == expected)
}
