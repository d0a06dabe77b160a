import Model
import Values

/// The names that Hugging Face's metadata gives to the numbers of a column (`ClassLabel`), and cells that hold a class.
struct ClassNames: Sendable {
  /// Nil where the column holds the names themselves, or numbers without.
  private let names: [String]?
  private let holdsNumbers: Bool

  /// - Parameters:
  ///   - field: a top-level one.
  ///   - metadata: what the schema holds under "huggingface".
  init(of field: ColumnField, metadata: String?) {
    holdsNumbers = field.holdsWholeNumbers
    names = holdsNumbers ? metadata.flatMap { Self.names(of: field.name, in: $0) } : nil
  }

  /// Where the metadata stands.
  static let metadataName = "huggingface"

  /// Whether its numbers stand for names.
  var areNamed: Bool { names != nil }

  /// The class of a value; nil where it is none of the names, and where there are no names.
  func name(of value: NestedValue) -> String?? {
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

  private static func names(of column: String, in metadata: String) -> [String]? {
    guard
      let value = try? Array(metadata.utf8).withUnsafeBytes({ try JSONParser.parse($0, in: 0..<$0.count) }),
      case .array(let found)? = value["info"]?["features"]?[column]?["names"]
    else { return nil }
    let names = found.compactMap { if case .string(let name) = $0 { name } else { nil } }
    return names.count == found.count && !names.isEmpty ? names : nil
  }
}
