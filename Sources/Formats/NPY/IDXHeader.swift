/// The header of an IDX file (LeCun, Cortes & Burges, "The MNIST database", file formats):
///
///     bytes 0, 1  0
///     byte  2     type: 8 unsigned byte, 9 signed byte, 11 short, 12 int, 13 float, 14 double
///     byte  3     number of dimensions
///     then        their sizes, 4 bytes each, then the elements, all big-endian, the last dimension running fastest
extension NPYHeader {
  private static let idxTypes: [UInt8: String] = [
    8: "|u1", 9: "|i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8",
  ]

  static func isIDX(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count >= 4 && bytes[0] == 0 && bytes[1] == 0 && idxTypes[bytes[2]] != nil
      && (1...8).contains(bytes[3])
  }

  static func parseIDX(_ bytes: UnsafeRawBufferPointer) throws(Problem) -> NPYHeader {
    let count = Int(bytes[3])
    let end = 4 + 4 * count
    guard bytes.count >= end else { throw Problem("cut off in the header", byte: bytes.count) }
    let shape = (0..<count).map { dimension in
      Int(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 4 + 4 * dimension, as: UInt32.self)))
    }
    return try NPYHeader(
      descr: idxTypes[bytes[2]] ?? "", isFortranOrder: false, shape: shape, dataOffset: end, form: .idx)
  }

  /// What stands before the elements of an array of this type and form with another shape.
  package func encoded(shape: [Int]) -> [UInt8] {
    guard form == .idx else {
      return NPY.encodedHeader(descr: descr, shape: shape, isFortranOrder: isFortranOrder)
    }
    let type = Self.idxTypes.first { $0.value == descr }?.key ?? 0
    return [0, 0, type, UInt8(shape.count)]
      + shape.flatMap { size in withUnsafeBytes(of: UInt32(truncatingIfNeeded: size).bigEndian) { Array($0) }
      }
  }
}
