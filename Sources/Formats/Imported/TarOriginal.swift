import Archives
import Model

/// The archives without the entries of samples that are left out, and with new labels and texts where those stand; what
/// belongs to no sample stays.
struct TarOriginal: ImportedOriginal, ImportedSources {
  let shards: [TarShard]

  func write(_ rows: [Int], cells: NewCells, to output: any ImportedOutput) throws {
    var first = 0
    var next = 0
    for shard in shards {
      var leftOut: Set<Int> = []
      var replaced: [Int: [UInt8]] = [:]
      for (index, sample) in shard.samples.enumerated() {
        guard next < rows.count, rows[next] == first + index else {
          leftOut.formUnion(sample.entries)
          continue
        }
        for new in [cells.labels, cells.texts] {
          guard let text = new.byRow[rows[next]] else { continue }
          try Self.put(text, new.name, in: sample, of: shard, into: &replaced)
        }
        next += 1
      }
      first += shard.samples.count
      try output.begin(shard.name)
      try TarWriter.write(
        shard.archive, of: shard.file.bytes, keeping: { !leftOut.contains($0) },
        replacing: try Self.blocks(replaced, of: shard),
        to: { try output.append($0) })
    }
  }

  /// Changes the part of a sample that holds a column: the whole of it, as `cls`, or a member of an object, as in `json`.
  /// - Parameter contents: new ones by the number of the entry.
  private static func put(
    _ text: String, _ column: String?, in sample: TarShard.Sample, of shard: TarShard,
    into contents: inout [Int: [UInt8]]
  ) throws(FormatError) {
    for part in sample.parts {
      let own = UnsafeRawBufferPointer(rebasing: shard.file.bytes[part.content])
      // It may have been changed before.
      let known = HeapBytes(contents[part.entry] ?? [])
      defer { withExtendedLifetime(known) {} }
      let bytes = contents[part.entry] == nil ? own : known.bytes
      guard let column,
        let content = try content(bytes, TarFormat.column(of: part), text, column, of: shard)
      else { continue }
      contents[part.entry] = content
      return
    }
    throw FormatError(
      displayText(shard.name), "\(displayText(sample.key)): has no part whose label or text could be changed")
  }

  private static func blocks(_ contents: [Int: [UInt8]], of shard: TarShard) throws(FormatError) -> [Int:
    [UInt8]]
  {
    var blocks: [Int: [UInt8]] = [:]
    for (number, content) in contents {
      let entry = shard.archive.entries[number]
      do throws(ArchiveError) {
        blocks[number] = try TarWriter.blocks(of: entry, in: shard.file.bytes, content: content)
      } catch {
        throw FormatError(displayText(shard.name), "\(displayText(entry.name)): \(error)")
      }
    }
    return blocks
  }

  /// The part called `name` with the text in it; nil where that is another part.
  private static func content(
    _ bytes: UnsafeRawBufferPointer, _ name: String, _ text: String, _ column: String, of shard: TarShard
  ) throws(FormatError) -> [UInt8]? {
    if name == column {
      let spaces = bytes.reversed().prefix { [0x20, 0x09, 0x0A, 0x0D].contains($0) }.reversed()
      return Array(text.utf8) + spaces
    }
    guard column.hasPrefix(name + ".") else { return nil }
    let path = String(column.dropFirst(name.count + 1))
    let file = displayText(shard.name)
    let syntax = ObjectSyntax(columns: [path])
    guard let (_, known) = syntax.parsed(bytes), known.contains(path),
      let edits = try syntax.edits(bytes, [path: text], adding: [], file: file)
    else { return nil }
    return bytes.applying(edits)
  }
}
