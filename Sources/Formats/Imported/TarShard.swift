import Archives
import Images
import Model

/// One archive and the samples in it.
struct TarShard: @unchecked Sendable {
  // Unchecked: the bytes are never written.
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
  /// Those of the archive.
  let bytes: UnsafeRawBufferPointer
  let archive: TarArchive
  private(set) var samples: [Sample] = []
  /// Entries that are not opened, and why.
  private(set) var refused: [String] = []

  init(_ source: SourceFile) throws(FormatError) {
    let file = try source.open()
    try self.init(file, 0..<file.bytes.count, name: source.name)
  }

  /// - Parameter range: the bytes that are looked at, which begin with a header.
  init(_ file: MappedFile, _ range: Range<Int>, name: String) throws(FormatError) {
    self.name = name
    self.file = file
    bytes = UnsafeRawBufferPointer(rebasing: file.bytes[range])
    do throws(ArchiveError) {
      archive = try TarArchive.read(bytes)
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

extension TarShard {
  /// Parts that are no text, or longer, are left out.
  private static let maxTextLength = 64 << 20

  /// Where the picture of a sample lies; empty where it has none.
  func picture(of sample: Sample) -> Range<Int> {
    sample.parts.first { ImageFormat(UnsafeRawBufferPointer(rebasing: bytes[$0.content])) != nil }?.content
      ?? 0..<0
  }

  /// The parts of a sample that are texts.
  func append(_ sample: Sample, _ split: String?, to line: inout JSONLine) {
    line.append(["id": sample.key])
    for part in sample.parts {
      let content = UnsafeRawBufferPointer(rebasing: bytes[part.content])
      guard ImageFormat(content) == nil, content.count <= Self.maxTextLength, UTF8Check.isValid(content)
      else { continue }
      let name = JSONText.string(TarFormat.column(of: part))
      if part.ending == "json", let object = Self.line(of: content) {
        line.member(name) { $0 += object }
      } else {
        let text = String(decoding: content, as: UTF8.self)
        let end =
          part.ending == "cls" ? text.lastIndex { !$0.isWhitespace }.map(text.index(after:)) : text.endIndex
        line.member(name) { $0 += JSONText.string(String(text[..<(end ?? text.startIndex)])) }
      }
    }
    line.append(["split": split])
  }

  /// JSON on one line; nil where it is none.
  private static func line(of bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    guard (try? JSONParser.parse(bytes, in: 0..<bytes.count)) != nil else { return nil }
    // Outside of strings, which hold none, line ends are spaces.
    return bytes.map { $0 == 10 || $0 == 13 ? 0x20 : $0 }
  }
}
