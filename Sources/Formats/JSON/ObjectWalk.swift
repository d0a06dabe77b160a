import Model

extension ObjectScan {
  struct Walk: RecordWalk {
    private var items: JSONRecords
    private(set) var paths: JSONPaths
    private let bytes: UnsafeRawBufferPointer
    private let isArray: Bool
    /// Where only the columns of the first rows are known: so many rows may have no others. Nil where all are known.
    var maxRows: Int?
    private var rows = 0

    init(_ bytes: UnsafeRawBufferPointer, _ layout: JSONLayout, _ paths: JSONPaths) {
      self.bytes = bytes
      isArray = layout.form == .array
      self.paths = paths
      items = JSONRecords(bytes, layout: layout)
    }

    mutating func next(
      _ record: inout Record, _ bad: inout BadLines, file: String
    ) throws(FormatError) -> Bool {
      while true {
        let item: JSONRecords.Item
        do throws(JSONCursor.Problem) {
          guard let next = try items.next() else { break }
          item = next
        } catch {
          throw FormatError(
            file, at: "line \(items.lineNumber(of: error.byte))", "\(error.message) (byte \(error.byte))")
        }
        record.begin(at: item.bytes.lowerBound, line: item.line)
        record.bytes = item.bytes
        record.end = item.content.upperBound
        do throws(JSONCursor.Problem) {
          try paths.read(bytes, item.content, into: &record)
        } catch {
          let message = "\(error.message) (byte \(error.byte))"
          // The elements of an array are no lines that could be left out.
          guard !isArray else { throw FormatError(file, at: "line \(item.line)", message) }
          bad.append(line: item.line, message)
          continue
        }
        rows += 1
        try checkColumns(file)
        return true
      }
      try checkColumns(file)
      return false
    }

    /// All of them: a part ends with a line.
    var linesRead: Int? { items.linesRead }

    private func checkColumns(_ file: String) throws(FormatError) {
      guard let maxRows, rows > maxRows || paths.hasOthers else { return }
      throw FormatError(file, "has more columns than the first rows show")
    }
  }
}
