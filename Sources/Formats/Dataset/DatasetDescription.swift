/// dataset.json: what the folder says of itself. Every field is optional; one that is there must make sense.
struct DatasetDescription {
  var name: String?
  var modality: String?
  var classes: [String]?
  var count: Int?

  static func read(path: String) throws(FormatError) -> DatasetDescription {
    let file = try MappedFile(path: path, name: "dataset.json")
    guard file.bytes.count <= 64 << 20 else { throw FormatError("dataset.json", "larger than 64 MB") }
    let value: JSONValue
    do throws(JSONParser.Problem) {
      value = try JSONParser.parse(file.bytes, in: 0..<file.bytes.count)
    } catch {
      throw FormatError("dataset.json", at: "byte \(error.byte)", error.message)
    }
    guard case .object = value else { throw FormatError("dataset.json", "a JSON object is expected") }
    var description = DatasetDescription()
    if let name = value["name"] {
      guard case .string(let text) = name else {
        throw FormatError("dataset.json", at: "name", "is no string")
      }
      description.name = text
    }
    if let modality = value["modality"] {
      guard case .string(let text) = modality else {
        throw FormatError("dataset.json", at: "modality", "is no string")
      }
      description.modality = text
    }
    if let n = value["n"] {
      guard case .number(let number) = n, let count = Int(exactly: number), count >= 0 else {
        throw FormatError("dataset.json", at: "n", "is no count of samples")
      }
      description.count = count
    }
    if let classes = value["classes"] { description.classes = try names(classes) }
    return description
  }

  private static func names(_ value: JSONValue) throws(FormatError) -> [String] {
    guard case .array(let values) = value else {
      throw FormatError("dataset.json", at: "classes", "is no list")
    }
    var names: [String] = []
    for value in values {
      switch value {
      case .string(let name): names.append(name)
      case .number: names.append(value.cell.map { String(decoding: $0, as: UTF8.self) } ?? "")
      default: throw FormatError("dataset.json", at: "classes", "holds something that is no name")
      }
    }
    guard Set(names).count == names.count else {
      throw FormatError("dataset.json", at: "classes", "holds a name twice")
    }
    return names
  }
}
