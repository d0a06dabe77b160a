import Archives
import Compression
import Model

/// Arrays in a ZIP archive, as `numpy.savez` and `savez_compressed` write them.
struct NPZBundle: ArrayBundle {
  private let path: String
  private let name: String
  private let file: MappedFile
  private let entries: [ZipArchive.Entry]

  var files: [String] { [path] }
  var members: [String] { entries.map(\.name) }

  init(path: String, name: String) throws(FormatError) {
    self.path = path
    self.name = name
    let file = try MappedFile(path: path, name: name)
    self.file = file
    do throws(ArchiveError) {
      entries = try ZipArchive.read(file.bytes).entries.filter { $0.name.hasSuffix(".npy") }
    } catch {
      throw FormatError(name, at: "byte \(error.offset)", error.message)
    }
    guard !entries.isEmpty else { throw FormatError(name, "holds no arrays") }
  }

  func content(of member: String) throws(FormatError) -> MappedFile {
    guard let entry = entries.first(where: { $0.name == member }) else {
      throw FormatError(name, "holds no \(displayText(member))")
    }
    let scratch = try ScratchFile(name: "\(name), \(displayText(member))")
    let packed = UnsafeRawBufferPointer(rebasing: file.bytes[entry.data])
    guard entry.size <= scratch.room else {
      throw FormatError(
        name,
        "\(displayText(member)) holds more than the \(scratch.room >> 20) MB that \(scratch.folder) has room for; set TMPDIR"
      )
    }
    switch entry.method {
    case .stored: try scratch.write(packed)
    case .deflated:
      do throws(CompressionError) {
        try Deflate.inflate(packed, size: entry.size, scratch.append)
      } catch {
        let reason = error.kind == .cancelled ? scratch.problem : error.message
        throw FormatError(name, "\(displayText(member)): \(reason)")
      }
    }
    let content = try scratch.mapped(from: MemberPath.path(of: member, in: path))
    let sum = content.withBytes { crc32([$0]) }
    guard sum == entry.crc else {
      throw FormatError(name, "\(displayText(member)) is damaged: its checksum is another")
    }
    return content
  }
}

/// A file of arrays.
struct NPZFormat: BundleFormat {
  let name = "NPZ"
  let fileExtension = "npz"
  let role = "arrays"
  let nameInFolder = ""

  func bundle(at path: String, name: String) throws(FormatError) -> any ArrayBundle {
    try NPZBundle(path: path, name: name)
  }
}
