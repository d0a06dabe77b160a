import Model

/// Writes arrays that NumPy maps: version 1.0, little-endian, C order, elements at a multiple of 64 bytes.
package enum NPY {
  package static func map(_ path: String, name: String? = nil) throws(FormatError) -> NPYArray {
    try NPYArray.map(path, name: name)
  }

  /// The bytes before the elements.
  /// - Parameter descr: NumPy's name of the element type, such as "<f4".
  package static func encodedHeader(descr: String, shape: [Int]) -> [UInt8] {
    let dimensions = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let dict = "{'descr': '\(descr)', 'fortran_order': False, 'shape': (\(dimensions)), }"
    let unpadded = 10 + dict.utf8.count + 1
    let padding = (64 - unpadded % 64) % 64
    let length = dict.utf8.count + padding + 1
    var bytes: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0]
    bytes += [UInt8(length & 0xFF), UInt8(length >> 8)]
    bytes += Array(dict.utf8) + [UInt8](repeating: 0x20, count: padding) + [0x0A]
    return bytes
  }

  /// A whole file.
  package static func encode<Element: NPYElement>(shape: [Int], _ elements: some Collection<Element>)
    -> [UInt8]
  {
    precondition(shape.reduce(1, *) == elements.count)
    var bytes = encodedHeader(descr: Element.npyDescr, shape: shape)
    bytes.reserveCapacity(bytes.count + elements.count * MemoryLayout<Element>.stride)
    Array(elements).withUnsafeBytes { bytes.append(contentsOf: $0) }
    return bytes
  }
}

/// Element types that are written, and how NumPy calls them.
package protocol NPYElement: BitwiseCopyable, Sendable {
  static var npyDescr: String { get }
  static var npyScalar: NPYHeader.Scalar { get }
}
extension Float: NPYElement {
  package static var npyDescr: String { "<f4" }
  package static var npyScalar: NPYHeader.Scalar { .float(bytes: 4) }
}
extension UInt8: NPYElement {
  package static var npyDescr: String { "|u1" }
  package static var npyScalar: NPYHeader.Scalar { .unsigned(bytes: 1) }
}
extension Int32: NPYElement {
  package static var npyDescr: String { "<i4" }
  package static var npyScalar: NPYHeader.Scalar { .signed(bytes: 4) }
}
extension Int64: NPYElement {
  package static var npyDescr: String { "<i8" }
  package static var npyScalar: NPYHeader.Scalar { .signed(bytes: 8) }
}
extension UInt64: NPYElement {
  package static var npyDescr: String { "<u8" }
  package static var npyScalar: NPYHeader.Scalar { .unsigned(bytes: 8) }
}

extension NPYArray {
  /// The elements of a one-typed little-endian C-order array in place.
  /// - Throws: `FormatError` when the type is another.
  package func column<Element: NPYElement>(_ type: Element.Type) throws(FormatError) -> Column<Element> {
    guard let column = column(of: type, Element.npyScalar), !header.isFortranOrder || shape.count < 2 else {
      throw FormatError(name, "expected dtype '\(Element.npyDescr)' in C order")
    }
    return column
  }

  /// The array as rows: one dimension gives one column, three and more are merged behind the first.
  package func matrix() throws(FormatError) -> Matrix {
    guard let rows = shape.first else {
      throw FormatError(name, "is a single number; needs rows and columns")
    }
    guard shape.count <= 2 else {
      throw FormatError(name, "has \(shape.count) dimensions \(shape); needs [rows, columns]")
    }
    return Matrix(NPYRows(array: self, rows: rows, columns: shape.count == 2 ? shape[1] : 1))
  }
}
