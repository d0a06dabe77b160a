import Formats
import Model

/// A list of files with their SHA-256: lines as `sha256sum` and BagIt write them, or a Croissant description (JSON-LD,
/// https://docs.mlcommons.org/croissant/docs/croissant-spec.html).
struct ManifestFile {
  struct Entry: Equatable {
    /// What the manifest calls it.
    let name: String
    /// Places below the manifest's folder where it may lie, the likeliest first.
    let places: [String]
    /// Nil where the manifest has none that is one.
    let digest: Digest?
  }

  let folder: String
  let entries: [Entry]

  static let maxBytes = 1 << 28

  static func read(path: String) throws(FormatError) -> ManifestFile {
    let file = try MappedFile(path: path)
    // The mapping ends with the object, which nothing below names.
    defer { withExtendedLifetime(file) {} }
    guard file.bytes.count <= maxBytes else { throw FormatError(path, "is too long for a manifest") }
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let isJSON = file.bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
    return ManifestFile(
      folder: folder.isEmpty ? "/" : folder,
      entries: isJSON
        ? try CroissantReader.entries(file.bytes, file: path) : try lines(file.bytes, file: path))
  }

  /// 64 digits, a space, a space or an asterisk, and a name; a backslash before the digits says that the name is escaped
  /// (GNU coreutils).
  private static func lines(_ bytes: UnsafeRawBufferPointer, file: String) throws(FormatError) -> [Entry] {
    var entries: [Entry] = []
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      var line = String(decoding: line, as: UTF8.self)
      if line.last == "\r" || line.last == "\r\n" { line.removeLast() }
      if line.isEmpty || line.hasPrefix("#") { continue }
      let isEscaped = line.hasPrefix("\\")
      if isEscaped { line.removeFirst() }
      guard let digest = Digest(hex: line.prefix(64).lowercased()) else {
        throw FormatError(file, at: "line \(index + 1)", "64 hexadecimal digits and a name are expected")
      }
      let rest = line.dropFirst(64)
      guard rest.first == " " || rest.first == "\t" else {
        throw FormatError(file, at: "line \(index + 1)", "a space is expected after the digits")
      }
      var name = String(rest.drop { $0 == " " || $0 == "\t" })
      if name.hasPrefix("*") { name.removeFirst() }
      if isEscaped { name = unescaped(name) }
      guard !name.isEmpty else { throw FormatError(file, at: "line \(index + 1)", "the name is missing") }
      entries.append(Entry(name: name, places: [name], digest: digest))
    }
    return entries
  }

  private static func unescaped(_ name: String) -> String {
    var result = ""
    var rest = name[...]
    while let next = rest.popFirst() {
      guard next == "\\", let escaped = rest.popFirst() else {
        result.append(next)
        continue
      }
      result.append(escaped == "n" ? "\n" : escaped == "r" ? "\r" : escaped)
    }
    return result
  }
}
