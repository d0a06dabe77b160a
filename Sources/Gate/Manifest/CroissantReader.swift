import Formats
import Model

/// The FileObjects of a Croissant description that lie in files of their own.
enum CroissantReader {
  static func entries(_ bytes: UnsafeRawBufferPointer, file: String) throws(FormatError) -> [ManifestFile
    .Entry]
  {
    let value: JSONValue
    do {
      value = try JSONParser.parse(bytes, in: 0..<bytes.count)
    } catch {
      throw FormatError(file, at: "byte \(error.byte)", error.message)
    }
    let distribution: [JSONValue] =
      switch value["distribution"] ?? value["sc:distribution"] {
      case .array(let values): values
      case .some(let one): [one]
      case nil: throw FormatError(file, "has no distribution: a Croissant description is expected")
      }
    return distribution.filter(isFile).map(entry)
  }

  /// Not a FileSet, and nothing that lies in an archive which is hashed itself.
  private static func isFile(_ value: JSONValue) -> Bool {
    guard isFileObject(value["@type"]) else { return false }
    return value["containedIn"] == nil && value["sc:containedIn"] == nil
  }

  private static func isFileObject(_ type: JSONValue?) -> Bool {
    switch type {
    case .string(let name): name.split(whereSeparator: { ":/".contains($0) }).last == "FileObject"
    case .array(let types): types.contains { isFileObject($0) }
    default: false
    }
  }

  private static func entry(_ value: JSONValue) -> ManifestFile.Entry {
    let url = text(value, "contentUrl")
    let names = [text(value, "name"), text(value, "@id")].compactMap(\.self)
    // A URL ends in the name of the file that it was saved as; a path stands for itself.
    let places = (url.map { $0.contains("://") ? [lastName(of: $0)] : [$0] } ?? []) + names
    return ManifestFile.Entry(
      name: names.first ?? url ?? "a FileObject without a name", places: places,
      digest: text(value, "sha256").flatMap { Digest(hex: $0.lowercased()) })
  }

  private static func text(_ value: JSONValue, _ key: String) -> String? {
    guard case .string(let text)? = value[key] ?? value["sc:" + key], !text.isEmpty else { return nil }
    return text
  }

  private static func lastName(of url: String) -> String {
    let path = url.prefix { $0 != "?" && $0 != "#" }
    return path.split(separator: "/").last.map(String.init) ?? ""
  }
}
