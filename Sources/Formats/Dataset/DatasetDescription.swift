import Model

/// dataset.json: what the folder says of itself. Every field is optional; one that is there must make sense.
struct DatasetDescription {
  var name: String?
  var modality: Modality?
  var classes: [String]?
  var count: Int?

  /// - Parameter file: what errors call it.
  static func read(path: String, name file: String = "dataset.json") throws(FormatError) -> DatasetDescription
  {
    let source = try MappedFile(path: path, name: file)
    guard source.bytes.count <= 64 << 20 else { throw FormatError(file, "larger than 64 MB") }
    let value: JSONValue
    do throws(JSONParser.Problem) {
      value = try JSONParser.parse(source.bytes, in: 0..<source.bytes.count)
    } catch {
      throw FormatError(file, at: "byte \(error.byte)", error.message)
    }
    guard case .object = value else { throw FormatError(file, "a JSON object is expected") }
    var description = DatasetDescription()
    if let name = value["name"] {
      guard case .string(let text) = name else {
        throw FormatError(file, at: "name", "is no string")
      }
      description.name = text
    }
    if let modality = value["modality"] {
      guard case .string(let text) = modality else {
        throw FormatError(file, at: "modality", "is no string")
      }
      guard let known = Modality(rawValue: text) else {
        throw FormatError(
          file, at: "modality", "'\(text)' is none of image, text, tabular, embedding")
      }
      description.modality = known
    }
    if let n = value["n"] {
      guard case .number(let number) = n, let count = Int(exactly: number), count >= 0 else {
        throw FormatError(file, at: "n", "is no count of samples")
      }
      description.count = count
    }
    if let classes = value["classes"] { description.classes = try names(classes, file) }
    if description.classes == nil, let names = value["id2label"] {
      description.classes = try Self.names(byNumber: names, file)
    }
    // No names at all say nothing of the labels.
    if description.classes == [] { description.classes = nil }
    return description
  }

  /// Names by their numbers from 0, as model configurations have them: {"0": "cat", "1": "dog"}.
  private static func names(byNumber value: JSONValue, _ file: String) throws(FormatError) -> [String] {
    guard case .object(let members) = value else {
      throw FormatError(file, at: "id2label", "is no object of names by number")
    }
    var names = [String?](repeating: nil, count: members.count)
    for member in members {
      guard let number = Int(member.name), names.indices.contains(number), names[number] == nil,
        case .string(let name) = member.value
      else {
        throw FormatError(
          file, at: "id2label",
          "'\(displayText(member.name))' is no number below \(members.count) with a name")
      }
      names[number] = name
    }
    return try Self.names(.array(names.compactMap { $0.map(JSONValue.string) }), file)
  }

  private static func names(_ value: JSONValue, _ file: String) throws(FormatError) -> [String] {
    guard case .array(let values) = value else {
      throw FormatError(file, at: "classes", "is no list")
    }
    var names: [String] = []
    for value in values {
      switch value {
      case .string(let name): names.append(name)
      case .number(let number):
        names.append(number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : "\(number)")
      default: throw FormatError(file, at: "classes", "holds something that is no name")
      }
    }
    guard Set(names).count == names.count else {
      throw FormatError(file, at: "classes", "holds a name twice")
    }
    return names
  }
}
