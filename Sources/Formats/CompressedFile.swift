import Compression
import Model

extension MappedFile {
  /// How a file is compressed; nil where it is not.
  static func compression(of path: String, name: String) throws(FormatError) -> StreamFormat? {
    if MemberPath.parts(of: path) != nil { return nil }
    let file = try MappedFile(path: path, name: name)
    return file.withBytes { StreamFormat(beginningOf: $0) }
  }

  /// What a file, or an array of a bundle, holds: decompressed where it begins as a compressed file does, whatever it is called.
  ///
  /// What comes out goes to a file without a name in the folder for temporary files, and is mapped from there: memory
  /// stays small, and nothing is left behind.
  /// - Throws: `FormatError` as `init`, and for what is cut off, damaged, or larger than the room there.
  package static func content(path: String, name: String) throws(FormatError) -> MappedFile {
    if let (bundle, member) = MemberPath.parts(of: path) {
      return try DatasetFormats.bundle(at: bundle, name: DatasetParts.shortName(bundle)).content(of: member)
    }
    let file = try MappedFile(path: path, name: name)
    defer { withExtendedLifetime(file) {} }
    guard let format = StreamFormat(beginningOf: file.bytes) else { return file }
    let scratch = try ScratchFile(name: name)
    do throws(CompressionError) {
      try Decompressor(format, outputLimit: scratch.room).run(file.bytes, scratch.append)
    } catch  where error.kind == .outputLimit {
      throw FormatError(
        name, "holds more than the \(scratch.room >> 20) MB that \(scratch.folder) has room for; set TMPDIR")
    } catch  where error.kind == .cancelled {
      throw FormatError(name, "cannot be decompressed into \(scratch.folder): \(scratch.problem)")
    } catch {
      throw FormatError(name, error.message)
    }
    return try MappedFile(descriptor: scratch.descriptor, size: scratch.count, path: path, name: name)
  }
}
