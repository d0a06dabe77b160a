import Compression
import Formats

/// An array with an entry for each sample, those of changed samples with new elements. Element order and type stay.
struct CopiedArray {
  private let array: NPYArray
  private let axis: Int
  private let role: String
  private let baseCount: Int
  private let labels: LabelSpelling

  /// - Parameters:
  ///   - axis: the one that the samples are counted along.
  ///   - count: samples of the array.
  init(_ array: NPYArray, axis: Int, role: String, count: Int, labels: LabelSpelling) {
    self.array = array
    self.axis = axis
    self.role = role
    baseCount = count
    self.labels = labels
  }

  /// In memory the array is `outer` times one block of `inner` elements for each sample; in Fortran order it is so with
  /// the axes turned round.
  /// - Parameter count: samples of the copy.
  func write(_ pieces: [DatasetCopy.Piece], count: Int, to output: inout FileWriter) throws(CaseFileError) {
    if let compression = try compression() { try output.compress(as: compression) }
    let header = array.header
    var shape = array.shape
    let before = shape[..<axis].reduce(1, *)
    let after = shape[(axis + 1)...].reduce(1, *)
    let (outer, inner) = header.isFortranOrder ? (after, before) : (before, after)
    let changed = try pieces.map { piece throws(CaseFileError) in try elements(of: piece) }
    shape[axis] = count
    try output.append(header.encoded(shape: shape))
    let size = inner * header.scalar.size
    for block in 0..<outer {
      for (index, piece) in pieces.enumerated() {
        if let bytes = changed[index] {
          try output.append(bytes[block * size..<(block + 1) * size])
          continue
        }
        let rows: Range<Int>
        switch piece {
        case .asItIs(let run): rows = run
        case .changed(let base, _): rows = base..<base + 1
        }
        let start = block * baseCount
        let place = (start + rows.lowerBound) * size..<(start + rows.upperBound) * size
        try output.append(UnsafeRawBufferPointer(rebasing: array.data[place]))
      }
    }
  }

  private func compression() throws(CaseFileError) -> StreamFormat? {
    do throws(FormatError) { return try array.compression() } catch {
      throw CaseFileError(.invalid, array.name, error.description)
    }
  }

  /// The bytes of a changed sample in the order of the array's memory; nil where nothing of it is changed here.
  private func elements(of piece: DatasetCopy.Piece) throws(CaseFileError) -> [UInt8]? {
    guard case .changed(_, let change) = piece else { return nil }
    let values: [Double]
    switch role {
    case "labels.npy":
      guard let label = change.label else { return nil }
      values = [Double(try labels.code(of: label, in: array))]
    case "images.npy":
      guard let pixels = change.pixels else { return nil }
      values = pixels.map(Double.init)
    case "features.npy":
      guard let features = change.features else { return nil }
      values = features.map(Double.init)
    default: return nil
    }
    let shape = Array(array.shape.dropFirst())
    guard axis == 0, values.count == shape.reduce(1, *) else { return nil }
    let order = array.header.isFortranOrder ? Self.fortranOrder(shape) : Array(values.indices)
    return order.flatMap { array.header.encoded(values[$0]) }
  }

  /// For each place in Fortran order the place of the same element in C order.
  private static func fortranOrder(_ shape: [Int]) -> [Int] {
    (0..<shape.reduce(1, *)).map { place in
      var rest = place
      var index = 0
      for size in shape {
        index = index * size + rest % size
        rest /= size
      }
      return index
    }
  }
}
