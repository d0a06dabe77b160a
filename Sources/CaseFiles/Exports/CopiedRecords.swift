import Compression
import Formats
import Model

/// The records of a dataset, those of changed samples with new cells.
struct CopiedRecords {
  private let file: StoredFile
  private let bytes: UnsafeRawBufferPointer
  private let records: RecordFile
  private let editor: RecordEditor?
  private let labels: LabelSpelling
  private let compression: StreamFormat?

  /// - Parameter editor: for samples that are changed.
  init(
    _ file: StoredFile, _ records: StoredRecords, editor: RecordEditor?, labels: LabelSpelling
  ) throws(FormatError) {
    compression = try records.compression()
    self.file = file
    bytes = records.bytes
    self.records = records.places
    self.editor = editor
    self.labels = labels
  }

  func write(_ pieces: [DatasetCopy.Piece], to output: inout FileWriter) throws {
    if let compression { try output.compress(as: compression) }
    let header = content(records.headerBytes)
    try output.append(editor?.header(header) ?? Array(header))
    var isLineOpen = false
    for piece in pieces {
      // The last record of the file may have no line end, and no longer be the last.
      if isLineOpen { try output.append(records.separator) }
      switch piece {
      case .asItIs(let rows):
        for place in records.places(of: rows) { try output.append(content(place)) }
        isLineOpen = !records.isClosed(content(records.bytes(of: rows.upperBound - 1)))
      case .changed(let base, let change):
        let record = try edited(base, change)
        try output.append(record)
        isLineOpen = !records.isClosed(record)
      }
    }
    try output.append(content(records.footerBytes))
  }

  private func edited(_ base: Int, _ change: SampleChange) throws -> [UInt8] {
    let record = content(records.bytes(of: base))
    guard let editor else { return Array(record) }
    return try editor.edited(record, cells(of: change, base, record, editor))
  }

  private func content(_ place: Range<UInt64>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[Int(place.lowerBound)..<Int(place.upperBound)])
  }

  private func cells(
    of change: SampleChange, _ base: Int, _ record: UnsafeRawBufferPointer, _ editor: RecordEditor
  ) throws(CaseFileError) -> [String: String] {
    var cells: [String: String] = [:]
    if let column = editor.id { cells[column] = change.id }
    if let column = editor.source { cells[column] = change.source }
    if let column = editor.time, let time = change.time {
      cells[column] = TimeText.written(time, like: editor.cell(column, in: record) ?? "")
    }
    if let column = editor.label, let label = change.label {
      cells[column] = try labels.cell(
        for: label, at: base, in: file.name, old: editor.cell(column, in: record))
    }
    // What metadata.csv has beyond these is not what the loader takes for the sample.
    guard file.role == "records" else { return cells }
    cells.merge(change.cells) { role, _ in role }
    if change.text != nil, editor.text == nil {
      throw CaseFileError(
        .invalid, file.name, "its texts are made of several parts, and cannot be written back")
    }
    if let column = editor.text { cells[column] = change.text ?? cells[column] }
    return cells
  }
}
