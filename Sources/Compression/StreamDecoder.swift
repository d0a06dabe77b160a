/// What one call of a decoder did.
struct DecoderStep {
  let consumed: Int
  let produced: Int
  /// Whether a member, frame or stream is complete.
  let isAtEnd: Bool
}

/// One of the three libraries behind the same door. A class, because the libraries keep pointers to their own state.
protocol StreamDecoder: AnyObject {
  /// Reads from `input`, all that is left of the file, and writes to `output`.
  func step(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer)
    throws(CompressionError) -> DecoderStep
  /// Makes ready for the next member or frame.
  func restart() throws(CompressionError)
}
