import Compression
import Model

/// A mapped .npy file: header checked against the length of the file, elements converted as they are read.
package struct NPYArray: Sendable {
  package let name: String
  package let header: NPYHeader
  let file: MappedFile

  /// - Throws: `FormatError` for anything but a whole array of numbers.
  package static func map(_ path: String, name: String? = nil) throws(FormatError) -> NPYArray {
    let name = name ?? path
    let file = try MappedFile.content(path: path, name: name)
    guard file.bytes.count > 0 else { throw FormatError(name, "file is empty") }
    let header: NPYHeader
    do throws(NPYHeader.Problem) {
      header = try NPYHeader.parse(file.bytes)
    } catch {
      throw FormatError(name, at: error.byte.map { "byte \($0)" }, error.message)
    }
    // No overflow: elementCount * 8 was checked.
    let expected = header.elementCount * header.scalar.size
    let found = file.bytes.count - header.dataOffset
    guard found >= expected else {
      throw FormatError(
        name, "expected \(expected) bytes of data for shape \(header.shape), found \(found)")
    }
    return NPYArray(name: name, header: header, file: file)
  }

  /// How the file is compressed; nil where it is not.
  package func compression() throws(FormatError) -> StreamFormat? {
    try MappedFile.compression(of: file.path, name: name)
  }

  package var shape: [Int] { header.shape }
  /// Bytes behind the array; NumPy ignores them, a reader should say so.
  package var trailingBytes: Int {
    file.bytes.count - header.dataOffset - header.elementCount * header.scalar.size
  }

  /// The elements in place, where they have just this type in this host's order.
  package func column<Element>(of type: Element.Type, _ scalar: NPYHeader.Scalar) -> Column<Element>? {
    guard header.scalar == scalar, !header.isBigEndian || scalar.size == 1 else { return nil }
    return file.column(of: type, at: header.dataOffset, count: header.elementCount)
  }

  /// Element `index` in memory order as Double.
  func double(at index: Int) -> Double {
    let size = header.scalar.size
    let raw = bits(at: header.dataOffset + index * size, size: size)
    switch header.scalar {
    case .float(2): return Double(Float16(bitPattern: UInt16(truncatingIfNeeded: raw)))
    case .float(4): return Double(Float(bitPattern: UInt32(truncatingIfNeeded: raw)))
    case .float: return Double(bitPattern: raw)
    case .signed: return Double(signExtended(raw, size: size))
    case .unsigned, .bool: return Double(raw)
    }
  }

  /// Element `index` in memory order as a whole number; nil for floats that are none and for what exceeds Int64.
  package func integer(at index: Int) -> Int64? {
    let size = header.scalar.size
    let raw = bits(at: header.dataOffset + index * size, size: size)
    switch header.scalar {
    case .float: return Int64(exactly: double(at: index))
    case .signed: return signExtended(raw, size: size)
    case .unsigned, .bool: return Int64(exactly: raw)
    }
  }

  private func signExtended(_ raw: UInt64, size: Int) -> Int64 {
    let shift = UInt64(64 - size * 8)
    return Int64(bitPattern: raw << shift) >> Int64(shift)
  }

  private func bits(at offset: Int, size: Int) -> UInt64 {
    var value: UInt64 = 0
    if header.isBigEndian {
      for index in 0..<size { value = value << 8 | UInt64(file.bytes[offset + index]) }
    } else {
      for index in (0..<size).reversed() { value = value << 8 | UInt64(file.bytes[offset + index]) }
    }
    return value
  }

  /// The bytes of the elements as they lie in the file.
  package var data: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      rebasing: file.bytes[header.dataOffset..<header.dataOffset + header.elementCount * header.scalar.size])
  }
}

/// The rows of a 2-D array, or of a 3-D one with its leading two dimensions merged, whatever its type and order.
struct NPYRows: RowSource {
  let array: NPYArray
  /// Length of the first of three dimensions; 1 where there are two.
  var leading = 1
  let rows: Int
  let columns: Int

  func read(_ range: Range<Int>, into target: UnsafeMutableBufferPointer<Float>) {
    let header = array.header
    let first = range.lowerBound * columns
    if !header.isFortranOrder, !header.isBigEndian {
      switch header.scalar {
      case .float(4): return copy(Float.self, from: first, count: range.count * columns, target) { $0 }
      case .float(2):
        return copy(Float16.self, from: first, count: range.count * columns, target) { Float($0) }
      case .float(8):
        return copy(Double.self, from: first, count: range.count * columns, target) { Float($0) }
      default: break
      }
    }
    for row in range {
      // In Fortran order the first dimension is the one that runs fastest.
      let inner = max(1, rows / max(1, leading))
      let place = row / inner + leading * (row % inner)
      for column in 0..<columns {
        let index = header.isFortranOrder ? column * rows + place : row * columns + column
        target[(row - range.lowerBound) * columns + column] = Float(array.double(at: index))
      }
    }
  }

  @inline(__always)
  private func copy<Element: BitwiseCopyable>(
    _ type: Element.Type, from first: Int, count: Int, _ target: UnsafeMutableBufferPointer<Float>,
    _ convert: (Element) -> Float
  ) {
    let data = array.data
    for index in 0..<count {
      let offset = (first + index) * MemoryLayout<Element>.stride
      target[index] = convert(data.loadUnaligned(fromByteOffset: offset, as: Element.self))
    }
  }
}
