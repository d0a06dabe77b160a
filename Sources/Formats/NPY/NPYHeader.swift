/// The header of a .npy file, NumPy Enhancement Proposal 1:
///
///     bytes 0–5   \x93NUMPY
///     byte  6, 7  major and minor version: 1.0, 2.0 or 3.0
///     version 1   2 bytes, little-endian: length of the header; 2 and 3: 4 bytes
///     header      a Python dict literal with 'descr', 'fortran_order' and 'shape', padded with spaces, then \n
///     then        the elements
///
/// Only literals are read; nothing is evaluated. Object arrays, which hold pickles, are refused by name.
package struct NPYHeader: Sendable, Equatable {
  package enum Scalar: Sendable, Equatable {
    case float(bytes: Int)
    case signed(bytes: Int)
    case unsigned(bytes: Int)
    case bool
    package var size: Int {
      switch self {
      case .float(let bytes), .signed(let bytes), .unsigned(let bytes): bytes
      case .bool: 1
      }
    }
  }

  /// How a file says it.
  enum Form: Sendable, Equatable { case npy, idx }
  let form: Form
  /// NumPy's name of the element type, such as "<f4".
  package let descr: String
  package let scalar: Scalar
  package let isBigEndian: Bool
  package let isFortranOrder: Bool
  package let shape: [Int]
  /// Where the elements begin.
  package let dataOffset: Int
  /// Number of elements; checked against overflow.
  package let elementCount: Int

  /// The longest header that is read; NumPy's own limit for untrusted files.
  static let headerLimit = 10_000

  package struct Problem: Error, Equatable {
    package let byte: Int?
    package let message: String
    init(_ message: String, byte: Int? = nil) {
      self.byte = byte
      self.message = message
    }
  }

  /// Reads the header at the beginning of `bytes`.
  package static func parse(_ bytes: UnsafeRawBufferPointer) throws(Problem) -> NPYHeader {
    let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]
    if isIDX(bytes) { return try parseIDX(bytes) }
    guard bytes.count >= 6, bytes.prefix(6).elementsEqual(magic) else { throw Problem("not a .npy file") }
    guard bytes.count >= 10 else { throw Problem("cut off in the header", byte: bytes.count) }
    let version = bytes[6]
    guard (1...3).contains(version) else { throw Problem("version \(version) is not known", byte: 6) }
    let lengthSize = version == 1 ? 2 : 4
    guard bytes.count >= 8 + lengthSize else { throw Problem("cut off in the header", byte: bytes.count) }
    var length = 0
    for index in (0..<lengthSize).reversed() { length = length << 8 | Int(bytes[8 + index]) }
    guard length <= headerLimit else {
      throw Problem("the header claims \(length) bytes, more than \(headerLimit)", byte: 8)
    }
    let start = 8 + lengthSize
    guard bytes.count - start >= length else { throw Problem("cut off in the header", byte: bytes.count) }
    var literal = NPYLiteral(bytes: [UInt8](bytes[start..<start + length]), offset: start)
    let fields = try literal.parseDictionary()
    return try NPYHeader(fields, dataOffset: start + length)
  }

  private init(_ fields: [String: NPYLiteral.Value], dataOffset: Int) throws(Problem) {
    guard let descr = fields["descr"], let order = fields["fortran_order"], let shape = fields["shape"] else {
      throw Problem("the header lacks descr, fortran_order or shape")
    }
    guard case .string(let type) = descr else { throw Problem("structured arrays are not supported") }
    guard case .bool(let isFortran) = order else { throw Problem("fortran_order is neither True nor False") }
    guard case .tuple(let dimensions) = shape else { throw Problem("shape is not a tuple") }
    try self.init(
      descr: type, isFortranOrder: isFortran, shape: dimensions, dataOffset: dataOffset, form: .npy)
  }

  init(
    descr: String, isFortranOrder: Bool, shape dimensions: [Int], dataOffset: Int, form: Form
  ) throws(Problem) {
    self.descr = descr
    (scalar, isBigEndian) = try Self.scalar(descr)
    self.isFortranOrder = isFortranOrder
    self.form = form
    shape = dimensions
    self.dataOffset = dataOffset
    var count = 1
    for dimension in dimensions {
      guard dimension >= 0 else { throw Problem("shape has the negative dimension \(dimension)") }
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      guard !overflow else { throw Problem("shape \(dimensions) overflows") }
      count = product
    }
    guard !count.multipliedReportingOverflow(by: 8).overflow else {
      throw Problem("shape \(dimensions) overflows")
    }
    elementCount = count
  }

  private static func scalar(_ type: String) throws(Problem) -> (Scalar, Bool) {
    let order = type.first ?? " "
    let code = type.dropFirst()
    guard "<>|=".contains(order) else { throw Problem("dtype '\(type)' is not supported") }
    let scalar: Scalar? =
      switch code {
      case "f2": .float(bytes: 2)
      case "f4": .float(bytes: 4)
      case "f8": .float(bytes: 8)
      case "i1": .signed(bytes: 1)
      case "i2": .signed(bytes: 2)
      case "i4": .signed(bytes: 4)
      case "i8": .signed(bytes: 8)
      case "u1": .unsigned(bytes: 1)
      case "u2": .unsigned(bytes: 2)
      case "u4": .unsigned(bytes: 4)
      case "u8": .unsigned(bytes: 8)
      case "b1": .bool
      default: nil
      }
    if let scalar { return (scalar, order == ">") }
    if code.first == "O" {
      throw Problem("dtype '\(type)' holds Python objects (pickles), which are never loaded")
    }
    throw Problem("dtype '\(type)' is not supported; numbers are (f2 f4 f8, i1 to i8, u1 to u8, b1)")
  }
}
