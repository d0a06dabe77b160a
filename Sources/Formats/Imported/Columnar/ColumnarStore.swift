import Model
import Synchronization
import Values

/// The rows of one or several files of columns, whose chunks are read when a row of them is asked for; the last few are kept.
final class ColumnarStore: Sendable {
  /// Where a column of the rows lies in a file.
  struct Column: Sendable {
    let path: FieldPath
    /// The way to it in the maps that lie there.
    let names: [String]
    /// What its numbers stand for; nil of members of structures.
    let classes: ClassNames?
  }
  struct Part: Sendable {
    let file: any ColumnarFile
    /// What errors call it.
    let name: String
    /// By the columns of the rows; nil where the file lacks one.
    let columns: [Column?]
    /// What those that it lacks hold in all of its rows.
    let fixed: [Int: String]
    /// The column that holds pictures, which is none of the rows.
    let picture: FieldPath?
    /// The folder that names of pictures are relative to, and the column that they stand in.
    let folder: String
    let listed: Int?

    /// What stands in a column for a value of the file.
    func cell(_ column: Int, _ value: NestedValue) -> ColumnarCell {
      let cell = ColumnarCell(value.value(at: columns[column]?.names ?? []), columns[column]?.classes)
      return column == listed ? cell.name(in: folder) : cell
    }

    /// What stands in a column that the file lacks.
    func fixedCell(_ column: Int) -> ColumnarCell { ColumnarCell(text: fixed[column]) }
  }
  struct Chunk: Sendable {
    let part: Int
    /// Within its part.
    let index: Int
    let rows: Range<Int>
  }
  let parts: [Part]
  let chunks: [Chunk]
  let count: Int
  private let kept = Mutex<[(index: Int, chunk: any ColumnarChunk)]>([])
  private static let keptChunks = 2

  init(_ parts: [Part]) {
    var chunks: [Chunk] = []
    var count = 0
    for (part, content) in parts.enumerated() {
      for (index, size) in content.file.chunkSizes.enumerated() where size > 0 {
        chunks.append(Chunk(part: part, index: index, rows: count..<count + size))
        count += size
      }
    }
    (self.parts, self.chunks, self.count) = (parts, chunks, count)
  }

  func part(of chunk: Int) -> Part { parts[chunks[chunk].part] }

  func chunk(_ index: Int) throws(FormatError) -> any ColumnarChunk {
    if let known = kept.withLock({ $0.first { $0.index == index }?.chunk }) { return known }
    let read = try read(index)
    kept.withLock { kept in
      if kept.count >= Self.keptChunks { kept.removeFirst() }
      kept.append((index, read))
    }
    return read
  }

  /// A chunk for those who go over all of them, with its columns decoded: no longer kept, if it was.
  func take(_ index: Int, threads: Int) throws(FormatError) -> any ColumnarChunk {
    let known = kept.withLock { kept in
      kept.firstIndex { $0.index == index }.map { kept.remove(at: $0).chunk }
    }
    let chunk: any ColumnarChunk
    if let known { chunk = known } else { chunk = try read(index) }
    chunk.prepare(part(of: index).columns.compactMap { $0?.path }, threads: threads)
    return chunk
  }

  private func read(_ index: Int) throws(FormatError) -> any ColumnarChunk {
    let place = chunks[index]
    return try told(index) { () throws(ColumnarError) in try parts[place.part].file.chunk(place.index) }
  }

  /// Gives the memory of what is kept back.
  func forgetChunks() { kept.withLock { $0 = [] } }

  /// The chunk that a row lies in; nil where there is no such row.
  func place(of row: Int) -> Int? {
    guard row >= 0, row < count else { return nil }
    return chunks.partitioningIndex { $0.rows.upperBound > row }
  }

  /// What `body` gives, with its error as one of the file that a chunk lies in.
  func told<Result>(_ chunk: Int, _ body: () throws(ColumnarError) -> Result) throws(FormatError) -> Result {
    do throws(ColumnarError) {
      return try body()
    } catch {
      throw FormatError(part(of: chunk).name, displayText(error.description))
    }
  }
}
