import Archives
import Images
import Model

/// WebDataset: tar archives whose files of one sample stand together under one name up to its first dot, with the part of
/// the sample as their ending: pictures, `cls`, `txt`, `json`.
struct TarFormat: DatasetFormat, ImportedFormat {
  let name = "tar archive"
  let fileExtension = "tar"
  let role = "records"
  var nameInFolder: String { "*." + fileExtension }

  /// Parts that are no text, or longer, are left out.
  private static let maxTextLength = 64 << 20

  func files(of folder: FolderListing) -> [String] { folder.files(ending: Set(extensions)) }

  func samples(_ files: [SourceFile], name: String) throws(FormatError) -> ImportedSamples {
    let splits = Shards.splits(of: files.map(\.name))
    var writer = try JSONLineWriter(name: name)
    var parts: [EncodedPictures.Part] = []
    var shards: [TarShard] = []
    var refused: [String] = []
    for (index, file) in files.enumerated() {
      let shard = try TarShard(file)
      refused += shard.refused
      for sample in shard.samples {
        parts.append(
          EncodedPictures.Part(file: index, bytes: try write(sample, of: shard, splits?[index], to: &writer)))
      }
      shards.append(shard)
    }
    guard !parts.isEmpty else { throw FormatError(name, "holds no samples") }
    let hasPictures = parts.contains { !$0.bytes.isEmpty }
    let count = parts.count
    var samples = ImportedSamples(
      rows: .lines(try writer.finish()), count: count,
      pictures: hasPictures ? EncodedPictures(parts: parts, of: shards.map(\.file)) : nil,
      original: TarOriginal(shards: shards))
    if !refused.isEmpty {
      samples.notes.append(
        "\(refused.count) entries are not read: \(refused.prefix(5).joined(separator: "; "))\(refused.count > 5 ? "; …" : "")"
      )
    }
    return samples
  }

  /// - Returns: where the picture lies.
  private func write(
    _ sample: TarShard.Sample, of shard: TarShard, _ split: String?, to writer: inout JSONLineWriter
  ) throws(FormatError) -> Range<Int> {
    var picture = 0..<0
    writer.member(JSONText.string("id")) { $0 += JSONText.string(sample.key) }
    for part in sample.parts {
      let bytes = UnsafeRawBufferPointer(rebasing: shard.file.bytes[part.content])
      if ImageFormat(bytes) != nil {
        if picture.isEmpty { picture = part.content }
        continue
      }
      guard bytes.count <= Self.maxTextLength, UTF8Check.isValid(bytes) else { continue }
      let name = JSONText.string(Self.column(of: part))
      if part.ending == "json", let line = Self.line(of: bytes) {
        writer.member(name) { $0 += line }
      } else {
        let text = String(decoding: bytes, as: UTF8.self)
        let end =
          part.ending == "cls" ? text.lastIndex { !$0.isWhitespace }.map(text.index(after:)) : text.endIndex
        writer.member(name) { $0 += JSONText.string(String(text[..<(end ?? text.startIndex)])) }
      }
    }
    if let split { writer.member(JSONText.string("split")) { $0 += JSONText.string(split) } }
    try writer.endLine()
    return picture
  }

  /// What parts are called as columns.
  private static let columns = ["cls": "label", "txt": "text"]

  static func column(of part: TarShard.Part) -> String { columns[part.ending] ?? part.ending }

  /// JSON on one line; nil where it is none.
  private static func line(of bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    guard (try? JSONParser.parse(bytes, in: 0..<bytes.count)) != nil else { return nil }
    // Outside of strings, which hold none, line ends are spaces.
    return bytes.map { $0 == 10 || $0 == 13 ? 0x20 : $0 }
  }
}

/// One archive and the samples in it.
struct TarShard: Sendable {
  struct Part: Sendable {
    let ending: String
    let content: Range<Int>
    /// Its number in the archive.
    let entry: Int
  }
  struct Sample: Sendable {
    let key: String
    var parts: [Part]
    var entries: [Int]
  }
  let name: String
  let file: MappedFile
  let archive: TarArchive
  private(set) var samples: [Sample] = []
  /// Entries that are not opened, and why.
  private(set) var refused: [String] = []

  init(_ source: SourceFile) throws(FormatError) {
    name = source.name
    file = try source.open()
    do throws(ArchiveError) {
      archive = try TarArchive.read(file.bytes)
    } catch {
      throw FormatError(name, "\(error)")
    }
    for (index, entry) in archive.entries.enumerated() {
      switch entry.kind {
      case .folder: continue
      case .refused(let reason): refused.append("\(displayText(entry.name)) \(reason)")
      case .file: add(entry, at: index)
      }
    }
  }

  /// Files of one sample stand together.
  private mutating func add(_ entry: TarEntry, at index: Int) {
    let name = entry.name
    let start = name.lastIndex(of: "/").map(name.index(after:)) ?? name.startIndex
    guard let dot = name[start...].firstIndex(of: "."), dot > start else { return }
    let part = Part(
      ending: name[name.index(after: dot)...].lowercased(), content: entry.content, entry: index)
    let key = String(name[..<dot])
    if samples.last?.key == key {
      samples[samples.count - 1].parts.append(part)
      samples[samples.count - 1].entries.append(index)
    } else {
      samples.append(Sample(key: key, parts: [part], entries: [index]))
    }
  }
}
