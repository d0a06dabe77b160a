import Model
import Parquet

/// The names that Hugging Face's metadata gives to the numbers of a column (`ClassLabel`), and cells that hold a class.
struct ParquetLabels {
  /// Nil where the column holds the names themselves, or numbers without.
  let names: [String]?
  private let holdsNumbers: Bool

  init(_ file: ParquetFile, field: Int) {
    let node = file.schema.fields[field]
    holdsNumbers = node.physical == .int32 || node.physical == .int64
    names = holdsNumbers ? Self.names(of: node.name, in: file) : nil
  }

  /// The class of a value; nil where it is none of the names.
  func name(of value: ParquetValue) -> String?? {
    guard let names else { return nil }
    let code: Int? =
      switch value {
      case .int(let value): Int(exactly: value)
      case .uint(let value): Int(exactly: value)
      default: nil
      }
    guard let code, names.indices.contains(code) else { return .some(nil) }
    return names[code]
  }

  /// - Throws: `FormatError` where the column cannot hold the label.
  func replacement(for label: String, file: String) throws(FormatError) -> Replacement {
    guard holdsNumbers else { return .string(label) }
    if let names {
      guard let code = names.firstIndex(of: label) else {
        throw FormatError(file, "'\(label)' is none of the classes that its metadata names")
      }
      return .int(Int64(code))
    }
    guard let number = Int64(label) else {
      throw FormatError(file, "the column of labels holds numbers, and '\(label)' is none")
    }
    return .int(number)
  }

  private static func names(of column: String, in file: ParquetFile) -> [String]? {
    guard let text = file.keyValues.first(where: { $0.key == "huggingface" })?.value,
      let value = try? Array(text.utf8).withUnsafeBytes({ try JSONParser.parse($0, in: 0..<$0.count) }),
      case .array(let found)? = value["info"]?["features"]?[column]?["names"]
    else { return nil }
    let names = found.compactMap { if case .string(let name) = $0 { name } else { nil } }
    return names.count == found.count && !names.isEmpty ? names : nil
  }
}
