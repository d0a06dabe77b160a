import Model
import Parquet

/// Parquet, in one file or several, as Hugging Face stores datasets: classes by the names that its metadata gives to
/// numbers, pictures as they lie in a column of bytes.
struct ParquetFormat: DatasetFormat, ImportedFormat {
  let name = "Parquet"
  let fileExtension = "parquet"
  let otherExtensions = ["parq", "pq"]
  let role = "records"
  var nameInFolder: String { "*." + fileExtension }

  func files(of folder: FolderListing) -> [String] { folder.files(ending: Set(extensions)) }

  func samples(_ files: [SourceFile], name: String) throws(FormatError) -> ImportedSamples {
    let splits = Shards.splits(of: files.map(\.name))
    var rows = try ParquetRows(name: name)
    var counts: [Int] = []
    for (index, file) in files.enumerated() {
      let mapped = try file.open()
      do throws(ParquetError) {
        let opened = try ParquetFile(mapped.bytes, owner: mapped)
        try rows.append(opened, split: splits?[index])
        counts.append(opened.rowCount)
      } catch {
        throw FormatError(displayText(file.name), displayText(error.description))
      }
      if let problem = rows.problem { throw problem }
    }
    let count = rows.count
    let read = try rows.finish()
    return ImportedSamples(
      lines: read.lines, count: count, pictures: read.pictures,
      original: ParquetOriginal(files: files, counts: counts))
  }
}

/// A copy of each file with the kept rows.
private struct ParquetOriginal: ImportedOriginal {
  let files: [SourceFile]
  let counts: [Int]

  func write(_ rows: [Int], labels: NewLabels, to output: any ImportedOutput) throws {
    var first = 0
    var next = 0
    for (file, count) in zip(files, counts) {
      let start = next
      while next < rows.count, rows[next] < first + count { next += 1 }
      let own = rows[start..<next].map { $0 - first }
      let mapped = try file.open()
      do {
        try write(
          own, first: first, labels, of: ParquetFile(mapped.bytes, owner: mapped), file.name, to: output)
      } catch let error as ParquetError {
        throw FormatError(displayText(file.name), displayText(error.description))
      }
      first += count
    }
  }

  private func write(
    _ rows: [Int], first: Int, _ labels: NewLabels, of source: ParquetFile, _ name: String,
    to output: any ImportedOutput
  ) throws {
    var replacements: [Int: Replacement] = [:]
    var field: Int?
    let changed = rows.filter { labels.byRow[first + $0] != nil }
    if !changed.isEmpty {
      guard let place = source.schema.fields.firstIndex(where: { $0.name == labels.column }) else {
        throw FormatError(name, "has no column of labels that could be changed")
      }
      field = place
      let cells = ParquetLabels(source, field: place)
      for row in changed {
        replacements[row] = try cells.replacement(for: labels.byRow[first + row] ?? "", file: name)
      }
    }
    try output.begin(name)
    let copy = try ParquetCopy(source, rows: rows, replacing: field, with: replacements)
    try copy.write { bytes throws(ParquetError) in
      do {
        try bytes.withUnsafeBytes { try output.append($0) }
      } catch {
        throw ParquetError(.output, "\(error)")
      }
    }
  }
}
