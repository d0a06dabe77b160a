/// The orientation out of Exif data, which is a TIFF file: TIFF 6.0, section 2 (header, image file directory), and Exif
/// 2.32, 4.6.4. Nothing else of it is looked at.
///
/// Exif is metadata: what is wrong in it says nothing of the pixels, so that damage means "upright" and is no error, as
/// in every viewer.
enum EXIF {
  /// A directory of more entries than this is none that a camera has written.
  private static let maxEntries = 1_000

  /// - Parameter bytes: with or without the "Exif\0\0" that JPEG puts before it.
  static func orientation(_ bytes: UnsafeRawBufferPointer) -> Orientation {
    (try? read(ByteSource(bytes))) ?? .upright
  }

  private static func read(_ source: ByteSource) throws(ImageError) -> Orientation? {
    let start = source.has([0x45, 0x78, 0x69, 0x66, 0, 0]) ? 6 : 0
    let isLittle = source.has("II", at: start)
    guard isLittle || source.has("MM", at: start) else { return nil }
    func number(_ offset: Int, _ size: Int) throws(ImageError) -> Int {
      isLittle ? try source.little(offset, size) : try source.big(offset, size)
    }
    guard try number(start + 2, 2) == 42 else { return nil }
    let directory = start + (try number(start + 4, 4))
    let entries = min(maxEntries, try number(directory, 2))
    for entry in 0..<entries {
      let entryOffset = directory + 2 + 12 * entry
      guard try number(entryOffset, 2) == 274 else { continue }
      // One SHORT, which lies in the entry itself.
      guard try number(entryOffset + 2, 2) == 3, try number(entryOffset + 4, 4) == 1 else { return nil }
      return Orientation(rawValue: UInt8(truncatingIfNeeded: min(255, try number(entryOffset + 8, 2))))
    }
    return nil
  }
}
