import Formats
import Model

/// Tensors by name, as Hugging Face's safetensors has them:
///
///     8 bytes        length of the header (UInt64, little-endian)
///     header         JSON: {"NAME": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ...,
///                    "__metadata__": {...}}, spaces behind it
///     data           values in row-major order, little-endian; offsets count from here
///
/// The tensors fill the data without a gap and without sharing a byte, so that nothing can hide in a file and no byte
/// is read twice. A file that claims anything else is refused as a whole.
package struct SafetensorsFile: Sendable {
  package struct Tensor: Sendable, Equatable {
    package let type: TensorType
    package let shape: [Int]
    /// In the file.
    package let bytes: Range<Int>
  }

  package let tensors: [String: Tensor]
  private let bytes: Column<UInt8>
  private let name: String

  /// Headers of the largest models that are published take some hundred KB.
  private static let maxHeaderBytes = 8 << 20
  private static let maxDimensions = 8

  /// - Parameters:
  ///   - bytes: of the whole file; `owner` keeps them alive and unchanged.
  ///   - name: what errors call it.
  package init(_ bytes: UnsafeRawBufferPointer, owner: AnyObject, name: String) throws(FormatError) {
    guard bytes.count >= 8 else { throw FormatError(name, "too short for a header of safetensors") }
    let claimed = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard claimed <= min(UInt64(Self.maxHeaderBytes), UInt64(bytes.count - 8)) else {
      throw FormatError(
        name, at: "byte 0",
        "a header of \(claimed) bytes does not fit: no safetensors file, or a truncated one")
    }
    let start = 8 + Int(claimed)
    let header: JSONValue
    do throws(JSONParser.Problem) {
      header = try JSONParser.parse(bytes, in: 8..<start)
    } catch {
      throw FormatError(name, at: "byte \(error.byte)", error.message)
    }
    guard case .object(let members) = header else {
      throw FormatError(name, at: "byte 8", "the header is no JSON object")
    }
    var tensors: [String: Tensor] = [:]
    for member in members where member.name != "__metadata__" {
      let settings = Settings(file: name, value: member.value)
      let tensor = try Self.tensor(settings, called: member.name, dataStart: start, end: bytes.count)
      guard tensors.updateValue(tensor, forKey: member.name) == nil else {
        throw FormatError(name, at: member.name, "stands twice in the header")
      }
    }
    try Self.checkPlaces(tensors, from: start, to: bytes.count, name)
    self.tensors = tensors
    self.name = name
    self.bytes = Column(mapping: bytes.bindMemory(to: UInt8.self), owner: owner)
  }

  private static func tensor(
    _ settings: Settings, called name: String, dataStart: Int, end: Int
  ) throws(FormatError) -> Tensor {
    func problem(_ message: String) -> FormatError { FormatError(settings.file, at: name, message) }
    guard case .object = settings.value, case .string(let dtype)? = settings["dtype"],
      case .array(let sides)? = settings["shape"], case .array(let offsets)? = settings["data_offsets"]
    else { throw problem("needs dtype, shape and data_offsets") }
    guard let type = TensorType(rawValue: dtype) else { throw problem("dtype \(dtype) is not supported") }
    guard sides.count <= maxDimensions else { throw problem("more than \(maxDimensions) dimensions") }
    let shape = sides.compactMap(count)
    let places = offsets.compactMap(count)
    guard shape.count == sides.count else { throw problem("shape holds what is no size") }
    guard places.count == 2, offsets.count == 2, places[0] <= places[1], places[1] <= end - dataStart else {
      throw problem("data_offsets lie outside of the file, which has \(end - dataStart) bytes of data")
    }
    var size = type.size
    for side in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: side)
      guard !overflow else { throw problem("shape is too large") }
      size = product
    }
    guard size == places[1] - places[0] else {
      throw problem("shape and dtype need \(size) bytes, data_offsets give \(places[1] - places[0])")
    }
    return Tensor(type: type, shape: shape, bytes: dataStart + places[0]..<dataStart + places[1])
  }

  /// A whole number that is exact in JSON.
  private static func count(_ value: JSONValue) -> Int? {
    guard case .number(let number) = value, number >= 0, number <= 0x1p53 else { return nil }
    return Int(exactly: number)
  }

  private static func checkPlaces(
    _ tensors: [String: Tensor], from start: Int, to end: Int, _ file: String
  ) throws(FormatError) {
    var next = start
    let ordered = tensors.sorted {
      ($0.value.bytes.lowerBound, $0.value.bytes.upperBound)
        < ($1.value.bytes.lowerBound, $1.value.bytes.upperBound)
    }
    for (name, tensor) in ordered {
      guard tensor.bytes.lowerBound == next else {
        throw FormatError(
          file, at: name,
          tensor.bytes.lowerBound < next
            ? "shares bytes with another tensor" : "bytes before it belong to none")
      }
      next = tensor.bytes.upperBound
    }
    guard next == end else { throw FormatError(file, "\(end - next) bytes at its end belong to no tensor") }
  }

  /// The values of a tensor: read in place where they are stored as Float, else on the heap.
  /// - Throws: `FormatError` where there is none of that name and shape, or its values are no real numbers.
  package func floats(_ name: String, shape: [Int]) throws(FormatError) -> Column<Float> {
    guard let tensor = tensors[name] else { throw FormatError(self.name, at: name, "is not there") }
    guard tensor.shape == shape else {
      throw FormatError(self.name, at: name, "has the shape \(tensor.shape); \(shape) is expected")
    }
    return try floats(of: tensor, name)
  }

  package func floats(of tensor: Tensor, _ name: String) throws(FormatError) -> Column<Float> {
    let values = bytes.withUnsafeBufferPointer { all -> Column<Float>? in
      let part = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(all)[tensor.bytes])
      let isAligned = Int(bitPattern: part.baseAddress) % MemoryLayout<Float>.alignment == 0
      guard tensor.type == .float32, isAligned else { return tensor.type.floats(part).map { Column($0) } }
      return Column(mapping: part.bindMemory(to: Float.self), owner: MappedOwner(bytes))
    }
    guard let values else {
      throw FormatError(self.name, at: name, "holds \(tensor.type.rawValue), no real numbers")
    }
    return values
  }

  /// Keeps the file mapped as long as a column of it lives.
  private final class MappedOwner: Sendable {
    let bytes: Column<UInt8>
    init(_ bytes: Column<UInt8>) { self.bytes = bytes }
  }
}
