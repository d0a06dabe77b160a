/// An object of JSON: its members under their names, those of nested ones under paths.
package struct ObjectSyntax: RecordSyntax {
  private let columns: [String]
  package let needsHeader = false

  /// - Parameter columns: in the order in which those that an object lacks are put at its end.
  package init(columns: [String]) { self.columns = columns }

  package func parsed(_ bytes: UnsafeRawBufferPointer) -> (record: Record, columns: [String])? {
    var record = Record()
    var paths = JSONPaths()
    var cursor = JSONCursor(bytes, in: 0..<bytes.count, allowsNonFinite: true)
    guard (try? cursor.skipValue()) != nil,
      (try? paths.read(bytes, 0..<cursor.position, into: &record)) != nil
    else { return nil }
    return (record, paths.columns)
  }

  package func edits(
    _ bytes: UnsafeRawBufferPointer, _ cells: [String: String], adding added: [String], file: String
  ) throws(FormatError) -> [ByteEdit]? {
    guard let (record, names) = parsed(bytes) else { return nil }
    var edits: [ByteEdit] = []
    var missing: [UInt8] = []
    for column in columns + added {
      guard let text = cells[column] else { continue }
      if let index = names.firstIndex(of: column) {
        let place = record.place(index)
        edits.append(ByteEdit(place, JSONText.value(text, like: bytes[place.lowerBound])))
      } else {
        let separator = names.isEmpty && missing.isEmpty && !bytes.contains(UInt8(ascii: ":")) ? "" : ", "
        missing += Array(separator.utf8) + JSONText.string(column) + Array(": ".utf8)
        missing += JSONText.value(text, like: nil)
      }
    }
    if !missing.isEmpty, let end = bytes.lastIndex(of: UInt8(ascii: "}")) {
      edits.append(ByteEdit(end..<end, missing))
    }
    return edits
  }

  package func isPart(_ column: String, of added: String) -> Bool { column.hasPrefix(added + ".") }
}
