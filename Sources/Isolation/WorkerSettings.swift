import Images

/// What a decoder is told once, when it starts.
struct WorkerSettings: Equatable {
  /// Bytes of memory beyond those of the program itself.
  let memory: Int
  let options: DecodeOptions

  private static let signature: UInt32 = 0x3144_5746
  static let byteCount = 68

  var encoded: [UInt8] {
    var writer = WireWriter()
    writer.put(Self.signature)
    writer.put(memory)
    let limits = options.limits
    for value in [limits.maxFileBytes, limits.maxPixels, limits.maxSide, limits.maxScans] {
      writer.put(value)
    }
    writer.put(options.turnsUpright)
    let target = options.target
    writer.put(UInt32(target?.width ?? 0))
    writer.put(UInt32(target?.height ?? 0))
    writer.put(UInt32(target?.channels ?? 0))
    writer.put(UInt32(target?.filter.rawValue ?? 0))
    writer.put(UInt32(options.scaling.rawValue))
    return writer.bytes
  }

  init(memory: Int, options: DecodeOptions) {
    self.memory = memory
    self.options = options
  }

  /// - Returns: nil for what no pool has written: this program was started by hand.
  init?(_ bytes: ArraySlice<UInt8>) {
    var reader = WireReader(bytes)
    guard bytes.count == Self.byteCount, reader.number() == Self.signature else { return nil }
    guard let memory = reader.size(), let file = reader.size(), let pixels = reader.size(),
      let side = reader.size(), let scans = reader.size()
    else { return nil }
    let turnsUpright = reader.flag()
    let (width, height, channels) = (Int(reader.number()), Int(reader.number()), Int(reader.number()))
    guard let filter = ResizeFilter(rawValue: UInt8(truncatingIfNeeded: reader.number())) else { return nil }
    guard let scaling = DecodeOptions.ScalingSizes(rawValue: UInt8(truncatingIfNeeded: reader.number()))
    else { return nil }
    var target: ImageTarget?
    if width > 0 {
      let sides = 1...65_535
      guard sides.contains(width), sides.contains(height), [0, 1, 3].contains(channels) else { return nil }
      target = ImageTarget(
        width: width, height: height, channels: channels == 0 ? nil : channels, filter: filter)
    }
    self.memory = memory
    var options = DecodeOptions(
      limits: ImageLimits(maxFileBytes: file, maxPixels: pixels, maxSide: side, maxScans: scans),
      turnsUpright: turnsUpright, target: target)
    options.scaling = scaling
    self.options = options
  }
}
