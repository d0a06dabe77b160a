import Glibc
import Model

/// The arrays of a dataset, mapped and with their headers checked, before any element is read.
struct ArrayFiles {
  private(set) var arrays: [String: NPYArray] = [:]
  private(set) var parts: [Reading.ArrayPart] = []
  private(set) var notes: [String] = []
  private let problem: FormatError?

  private static let roles = [
    "features.npy", "images.npy", "labels.npy", "pred_probs.npy", "training_dynamics.npy",
  ]
  /// More features than this are no embedding.
  private static let columnLimit = 1 << 20

  init(_ files: DatasetFiles) {
    do throws(FormatError) {
      for role in Self.roles {
        guard let path = files.path(role) else { continue }
        arrays[role] = try NPYArray.map(path, name: role)
      }
      problem = nil
    } catch {
      problem = error
    }
  }

  /// - Throws: `FormatError` for an array that cannot be mapped or claims more rows or columns than can be held. A file
  ///   may be sparse: its length says nothing of what it takes.
  func check() throws(FormatError) {
    if let problem { throw problem }
    for role in Self.roles {
      guard let array = arrays[role] else { continue }
      guard let first = array.shape.first else {
        throw FormatError(role, "is a single number; needs rows and columns")
      }
      let isDynamics = role == "training_dynamics.npy"
      let rows = isDynamics && array.shape.count > 1 ? array.shape[1] : first
      guard rows <= Int(Int32.max) else { throw FormatError(role, "more than \(Int32.max) samples") }
      let width = array.shape.dropFirst(isDynamics ? 2 : 1).reduce(1, *)
      guard role == "images.npy" || width <= Self.columnLimit else {
        throw FormatError(role, "\(width) columns, more than \(Self.columnLimit)")
      }
      try RowCounts.checkMemory(rows: rows, file: role)
    }
  }

  /// The array of a role, if there is one.
  mutating func take(_ name: String, _ role: String) throws(FormatError) -> NPYArray? {
    guard let array = arrays[name] else { return nil }
    parts.append(
      .init(file: name, shape: array.shape, dtype: array.header.descr, role: role))
    if array.trailingBytes > 0 {
      notes.append("\(name): \(counted(array.trailingBytes, "byte follows", "bytes follow")) the array")
    }
    return array
  }
}

extension NPYArray {
  func features() throws(FormatError) -> Matrix {
    let matrix = try matrix()
    guard matrix.columns > 0 else { throw FormatError(name, "0 features") }
    return matrix
  }

  func dynamics() throws(FormatError) -> TrainingDynamics {
    guard shape.count == 3 else {
      throw FormatError(name, "has the shape \(shape); needs [epochs, N, K]")
    }
    let rows = NPYRows(array: self, leading: shape[0], rows: shape[0] * shape[1], columns: shape[2])
    return TrainingDynamics(epochs: shape[0], values: Matrix(rows))
  }
}

/// The number of samples, on which all files must agree.
enum RowCounts {
  /// What a sample takes at least in a scan: its id, label and digest, 25 neighbors, a score and a rank of each detector.
  private static let bytesPerRow = 512

  /// - Throws: `FormatError` where so many samples cannot be held in this machine's memory.
  static func checkMemory(rows: Int, file: String) throws(FormatError) {
    let memory = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    let (needed, overflow) = rows.multipliedReportingOverflow(by: bytesPerRow)
    guard memory <= 0 || (!overflow && needed < memory) else {
      throw FormatError(
        file, "\(rows) samples need more than the \(memory >> 30) GB of memory that this machine has")
    }
  }

  static func agreed(
    files: DatasetFiles, arrays: ArrayFiles, table: RecordTable?, metadata: RecordTable?, described: Int?
  ) throws(FormatError) -> Int {
    func rows(_ name: String) -> (String, Int)? { arrays.arrays[name]?.shape.first.map { (name, $0) } }
    let dynamics = arrays.arrays["training_dynamics.npy"]?.shape
    let counts: [(String, Int)?] = [
      table.map { ($0.scan.name, $0.count) }, rows("features.npy"), rows("images.npy"), rows("labels.npy"),
      rows("pred_probs.npy"), metadata.map { ("metadata.csv", $0.count) },
      dynamics.flatMap { $0.count > 1 ? ("training_dynamics.npy", $0[0] > 0 ? $0[1] : 0) : nil },
      described.map { ("dataset.json (n)", $0) },
    ]
    let there = counts.compactMap { $0 }
    guard let (first, count) = there.first(where: { $0.0 != "dataset.json (n)" }) else {
      throw FormatError(files.name, "holds no samples")
    }
    for (name, other) in there where other != count {
      throw FormatError(name, "has \(counted(other, "row")), but \(first) has \(count)")
    }
    guard count > 0 else { throw FormatError(first, "0 samples") }
    guard count <= Int(Int32.max) else { throw FormatError(first, "more than \(Int32.max) samples") }
    try checkMemory(rows: count, file: first)
    return count
  }
}
