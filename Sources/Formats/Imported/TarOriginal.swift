import Archives
import Model

/// The archives without the entries of samples that are left out, and with new labels where those stand; what belongs to
/// no sample stays.
struct TarOriginal: ImportedOriginal {
  let shards: [TarShard]

  func write(_ rows: [Int], labels: NewLabels, to output: any ImportedOutput) throws {
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
        if let label = labels.byRow[rows[next]] {
          let (entry, blocks) = try Self.relabelled(sample, of: shard, label, labels.column)
          replaced[entry] = blocks
        }
        next += 1
      }
      first += shard.samples.count
      try output.begin(shard.name)
      try TarWriter.write(
        shard.archive, of: shard.file.bytes, keeping: { !leftOut.contains($0) }, replacing: replaced,
        to: { try output.append($0) })
    }
  }

  /// The entry that holds the label of a sample: the whole of it, as `cls`, or a member of an object, as in `json`.
  private static func relabelled(
    _ sample: TarShard.Sample, of shard: TarShard, _ label: String, _ column: String?
  ) throws -> (entry: Int, blocks: [UInt8]) {
    for part in sample.parts {
      let bytes = UnsafeRawBufferPointer(rebasing: shard.file.bytes[part.content])
      let name = TarFormat.column(of: part)
      guard let column, let content = try content(bytes, name, label, column, of: shard) else { continue }
      do throws(ArchiveError) {
        let entry = shard.archive.entries[part.entry]
        return (part.entry, try TarWriter.blocks(of: entry, in: shard.file.bytes, content: content))
      } catch {
        throw FormatError(displayText(shard.name), "\(displayText(sample.key)): \(error)")
      }
    }
    throw FormatError(
      displayText(shard.name), "\(displayText(sample.key)): has no part with a label that could be changed")
  }

  /// The part called `name` with the label in it; nil where that is another part.
  private static func content(
    _ bytes: UnsafeRawBufferPointer, _ name: String, _ label: String, _ column: String, of shard: TarShard
  ) throws(FormatError) -> [UInt8]? {
    if name == column {
      let spaces = bytes.reversed().prefix { [0x20, 0x09, 0x0A, 0x0D].contains($0) }.reversed()
      return Array(label.utf8) + spaces
    }
    guard column.hasPrefix(name + ".") else { return nil }
    let path = String(column.dropFirst(name.count + 1))
    let file = displayText(shard.name)
    let syntax = ObjectSyntax(columns: [path])
    guard let (_, known) = syntax.parsed(bytes), known.contains(path),
      let edits = try syntax.edits(bytes, [path: label], adding: [], file: file)
    else { return nil }
    return bytes.applying(edits)
  }
}
