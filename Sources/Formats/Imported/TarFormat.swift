import Archives
import Model

/// WebDataset: tar archives whose files of one sample stand together under one name up to its first dot, with the part of
/// the sample as their ending: pictures, `cls`, `txt`, `json`.
struct TarFormat: DatasetFormat, ImportedFormat {
  let name = "tar archive"
  let fileExtension = "tar"
  let role = "records"
  var nameInFolder: String { "*." + fileExtension }

  func files(of folder: FolderListing) -> [String] { folder.files(ending: Set(extensions)) }

  func samples(_ files: [SourceFile], name: String) throws(FormatError) -> ImportedSamples {
    let splits = Shards.splits(of: files.map(\.name))
    var writer = try JSONLineWriter(name: name)
    var pictures: [EncodedPictures.Part] = []
    var shards: [TarShard] = []
    var parts: [RecordIndex.Part] = []
    var places: [UInt64] = []
    var base = 0
    for (index, file) in files.enumerated() {
      let shard = try TarShard(file)
      for sample in shard.samples {
        pictures.append(EncodedPictures.Part(file: index, bytes: shard.picture(of: sample)))
        places.append(UInt64(base + shard.archive.entries[sample.entries[0]].blocks.lowerBound))
        try writer.append { shard.append(sample, splits?[index], to: &$0) }
      }
      base += shard.bytes.count
      parts.append(
        RecordIndex.Part(
          split: splits?[index], size: shard.bytes.count,
          holdsPictures: pictures.suffix(shard.samples.count).contains { !$0.bytes.isEmpty }))
      shards.append(shard)
    }
    guard !pictures.isEmpty else { throw FormatError(name, "holds no samples") }
    let count = pictures.count
    var samples = ImportedSamples(
      rows: .lines(try writer.finish()), count: count,
      pictures: parts.contains(where: \.holdsPictures)
        ? EncodedPictures(parts: pictures, of: shards.map(\.file)) : nil,
      places: SamplePlaces(parts, Column(places + [UInt64(base)])), original: TarOriginal(shards: shards))
    let refused = shards.flatMap(\.refused)
    if !refused.isEmpty {
      samples.notes.append(
        "\(counted(refused.count, "entry is", "entries are")) not read: \(refused.prefix(5).joined(separator: "; "))\(refused.count > 5 ? "; …" : "")"
      )
    }
    return samples
  }

  func located(_ files: [SourceFile], _ places: SamplePlaces) -> (any LocatedSamples)? {
    LocatedTar(files, places)
  }

  /// What parts are called as columns.
  private static let columns = ["cls": "label", "txt": "text"]

  static func column(of part: TarShard.Part) -> String { columns[part.ending] ?? part.ending }
}
