import Formats
import Model

/// The folder of a model: each file is opened once, and all that were make its digest.
struct EncoderFiles {
  let folder: String
  private var opened: [String: MappedFile] = [:]

  private static let maxJSONBytes = 64 << 20

  init(_ folder: String) { self.folder = folder }

  /// - Parameter name: relative to the folder.
  /// - Throws: `FormatError` where it is not there or no regular file.
  mutating func file(_ name: String) throws(FormatError) -> MappedFile {
    if let file = opened[name] { return file }
    let file = try MappedFile(path: folder + "/" + name, name: name)
    opened[name] = file
    return file
  }

  /// Nil where it is not there.
  mutating func fileIfThere(_ name: String) throws(FormatError) -> MappedFile? {
    do throws(FormatError) {
      return try file(name)
    } catch {
      guard error.kind == .notFound else { throw error }
      return nil
    }
  }

  mutating func json(_ name: String) throws(FormatError) -> JSONValue { try Self.parse(file(name), name) }

  mutating func jsonIfThere(_ name: String) throws(FormatError) -> JSONValue? {
    guard let file = try fileIfThere(name) else { return nil }
    return try Self.parse(file, name)
  }

  private static func parse(_ file: MappedFile, _ name: String) throws(FormatError) -> JSONValue {
    try withExtendedLifetime(file) { () throws(FormatError) in try parse(file.bytes, name) }
  }

  static func parse(_ bytes: UnsafeRawBufferPointer, _ name: String) throws(FormatError) -> JSONValue {
    guard bytes.count <= maxJSONBytes else { throw FormatError(name, "larger than 64 MB") }
    do throws(JSONParser.Problem) {
      return try JSONParser.parse(bytes, in: 0..<bytes.count)
    } catch {
      throw FormatError(name, at: "byte \(error.byte)", error.message)
    }
  }

  mutating func safetensors(_ name: String) throws(FormatError) -> SafetensorsFile {
    do throws(FormatError) {
      let file = try file(name)
      return try SafetensorsFile(file.bytes, owner: file, name: name)
    } catch {
      guard error.kind == .notFound else { throw error }
      throw FormatError(
        name,
        "is not there: weights are read from safetensors (save_pretrained writes them), no pickles or ONNX",
        kind: .notFound)
    }
  }

  /// SHA-256 over the files that were opened, by name: name, zero byte, length, content.
  var digest: Digest {
    var hasher = SHA256()
    for (name, file) in opened.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      hasher.update(Array(name.utf8) + [0])
      withUnsafeBytes(of: UInt64(file.bytes.count).littleEndian) { hasher.update($0) }
      hasher.update(file.bytes)
    }
    return hasher.digest
  }
}
