import Glibc
import Model

/// The binary version of CIFAR-10 and CIFAR-100 (A. Krizhevsky, "Learning multiple layers of features from tiny images",
/// 2009; cs.toronto.edu/~kriz/cifar.html): a row is a byte for the label, of CIFAR-100 one for the superclass before it,
/// and 3,072 for the picture, all of red first, then green, then blue.
struct CIFARBatches: ArrayBundle {
  let files: [String]
  private let path: String
  /// Class names in order; empty where the folder does not tell them.
  let classes: [String]
  /// Bytes before a picture.
  private let labelBytes: Int

  private static let side = 32
  private static let pictureBytes = 3 * side * side
  private static let bufferSize = 1 << 20

  var members: [String] { ["images.npy", "labels.npy"] }

  /// - Parameter path: of a batch, or of a folder of batches.
  init(_ path: String) throws(FormatError) {
    var status = stat()
    let isFolder = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    let folder = isFolder ? path : path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let names = isFolder ? Self.batches(in: FolderListing.names(in: path)) : []
    var files: [String] = isFolder ? [] : [path]
    for name in names { files.append(try DatasetFiles.beneath(folder, name)) }
    self.files = files
    self.path = path
    guard let first = files.first else { throw FormatError(path, "holds no batches of pictures") }
    let sizes = try files.map { path throws(FormatError) in try MappedFile(path: path).bytes.count }
    guard
      let labelBytes = [1, 2].first(where: { bytes in
        sizes.allSatisfy { $0 > 0 && $0 % (bytes + Self.pictureBytes) == 0 }
      })
    else {
      throw FormatError(
        DatasetParts.shortName(first),
        "its size is no multiple of 3,073 or 3,074 bytes, as batches of CIFAR-10 and CIFAR-100 have it")
    }
    self.labelBytes = labelBytes
    classes = Self.classes(in: folder, labelBytes == 1 ? "batches.meta.txt" : "fine_label_names.txt")
  }

  /// Those for training, in order; those for testing where there are no others.
  static func batches(in names: [String]) -> [String] {
    let training = names.filter { $0.hasPrefix("data_batch_") && $0.hasSuffix(".bin") || $0 == "train.bin" }
    let sorted = training.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
    return sorted.isEmpty ? names.filter { $0 == "test_batch.bin" || $0 == "test.bin" } : sorted
  }

  private static func classes(in folder: String, _ name: String) -> [String] {
    guard let path = try? DatasetFiles.beneath(folder, name), let file = try? MappedFile(path: path) else {
      return []
    }
    let text = file.withBytes { String(decoding: $0, as: UTF8.self) }
    return text.split { $0.isNewline }.map(String.init)
  }

  func content(of member: String) throws(FormatError) -> MappedFile {
    let arePictures = member == "images.npy"
    let rowBytes = labelBytes + Self.pictureBytes
    var mapped: [MappedFile] = []
    for file in files { mapped.append(try MappedFile(path: file, name: DatasetParts.shortName(file))) }
    let count = mapped.reduce(0) { $0 + $1.bytes.count / rowBytes }
    let scratch = try ScratchFile(name: member)
    let shape = arePictures ? [count, 3, Self.side, Self.side] : [count]
    try scratch.write(NPY.encodedHeader(descr: "|u1", shape: shape))
    var part: [UInt8] = []
    for file in mapped {
      for start in stride(from: 0, to: file.bytes.count - rowBytes + 1, by: rowBytes) {
        let row = file.bytes[start..<start + rowBytes]
        // The label that classes are told by stands last.
        part += arePictures ? row.dropFirst(labelBytes) : row.prefix(labelBytes).suffix(1)
        guard part.count >= Self.bufferSize else { continue }
        try scratch.write(part)
        part.removeAll(keepingCapacity: true)
      }
    }
    try scratch.write(part)
    return try scratch.mapped(from: MemberPath.path(of: member, in: path))
  }
}

/// A batch by itself.
struct CIFARFormat: BundleFormat {
  let name = "CIFAR batch"
  let fileExtension = "bin"
  let role = "arrays"
  let nameInFolder = "data_batch_1.bin, …"

  func bundle(at path: String, name: String) throws(FormatError) -> any ArrayBundle {
    try CIFARBatches(path)
  }
}
