import Formats

/// A header that is taken gives sizes that can be computed with, and can be written and read again.
func fuzzNPY(_ bytes: UnsafeRawBufferPointer) {
  guard let header = try? NPYHeader.parse(bytes) else { return }
  precondition(header.dataOffset <= bytes.count && header.elementCount >= 0)
  precondition(header.shape.reduce(1, *) == header.elementCount)
  precondition(!header.elementCount.multipliedReportingOverflow(by: header.scalar.size).overflow)
  let written = NPY.encodedHeader(
    descr: header.descr, shape: header.shape, isFortranOrder: header.isFortranOrder)
  let again = written.withUnsafeBytes { try? NPYHeader.parse($0) }
  precondition(again?.shape == header.shape && again?.scalar == header.scalar)
  precondition(again?.isBigEndian == header.isBigEndian && again?.isFortranOrder == header.isFortranOrder)
}
