import Model

/// dataset.json as it stands, and where in it stands what changes with the samples.
package struct StoredDescription {
  /// The names that the loader takes for classes; nil where it names none.
  package let classes: [String]?
  private let file: MappedFile
  private let counts: [Range<Int>]
  private let lists: [Range<Int>]
  /// Objects of names by number, where there are no lists.
  private let numbered: [Range<Int>]

  init(path: String, name: String) throws(FormatError) {
    classes = try DatasetDescription.read(path: path, name: name).classes
    file = try MappedFile(path: path, name: name)
    do throws(JSONParser.Problem) {
      counts = try JSONParser.places(of: "n", in: file.bytes)
      lists = try JSONParser.places(of: "classes", in: file.bytes)
      numbered = lists.isEmpty ? try JSONParser.places(of: "id2label", in: file.bytes) : []
    } catch {
      throw FormatError(name, at: "byte \(error.byte)", error.message)
    }
  }

  /// The file for `count` samples with `added` behind its classes, all else byte for byte.
  package func edited(count: Int, adding added: [String]) -> [UInt8] {
    var edits = counts.map { ByteEdit($0, Array("\(count)".utf8)) }
    if !added.isEmpty {
      edits += lists.map { addition(of: added, to: $0) }
      edits += numbered.map { numberedAddition(of: added, to: $0) }
    }
    return file.bytes.applying(edits)
  }

  private func numberedAddition(of added: [String], to object: Range<Int>) -> ByteEdit {
    let first = (classes ?? []).count
    let members = added.enumerated().map { index, name in
      (first + index > 0 ? ", " : "") + "\"\(first + index)\": "
    }
    let bytes = zip(members, added).flatMap { Array($0.utf8) + JSONText.string($1) }
    return ByteEdit(object.upperBound - 1..<object.upperBound - 1, bytes)
  }

  /// Behind the last name, in its way: a number where that is one.
  private func addition(of added: [String], to list: Range<Int>) -> ByteEdit {
    let bracket = list.upperBound - 1
    let isSpace = { (byte: UInt8) in [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
    let last = file.bytes[list.lowerBound..<bracket].lastIndex { !isSpace($0) } ?? list.lowerBound
    let isEmpty = last == list.lowerBound
    var bytes: [UInt8] = []
    for (index, name) in added.enumerated() {
      if index > 0 || !isEmpty { bytes += Array(", ".utf8) }
      bytes += JSONText.value(name, like: isEmpty ? UInt8(ascii: "\"") : file.bytes[last])
    }
    return ByteEdit(last + 1..<last + 1, bytes)
  }
}
