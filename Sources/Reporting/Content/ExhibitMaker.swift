import Images
import Model
import Scanning

/// Reads the samples that a page shows, and no more of them than it can hold.
struct ExhibitMaker {
  private let report: Report
  private let payloads: any PayloadSource
  private let verdicts: StandingVerdicts
  private var extremes: ClassExtremes
  /// Bytes of PNG that the page may still take: mail programs and trackers refuse large files.
  private var remainingBytes = 6_000_000

  /// Of an incident.
  static let maxPictures = 12
  private static let maxTexts = 6
  private static let maxCells = 12
  /// Pixels of a picture's longer side.
  private static let maxSide = 96
  /// Bytes of UTF-8 of a text in which triggers are looked for.
  private static let maxTextBytes = 20_000

  init(_ material: ReportMaterial, verdicts: StandingVerdicts) {
    report = material.report
    payloads = material.payloads
    self.verdicts = verdicts
    extremes = ClassExtremes(material)
  }

  /// The members of the highest suspicion.
  /// - Parameter findings: those that the incident joins; a sample is marked with the items of those that it is a member of.
  mutating func exhibits(of incident: Incident, findings: [Finding]) -> Bounded<Exhibit> {
    let report = report
    let rows = incident.members.map(Int.init).sorted {
      (report.suspicion[$1], $0) < (report.suspicion[$0], $1)
    }
    let limit = report.facts.modality == .image ? Self.maxPictures : Self.maxTexts
    var shown: [Exhibit] = []
    for row in rows.prefix(limit) {
      let items = findings.filter { $0.members.contains(Int32(row)) }.compactMap(\.item)
      shown.append(exhibit(row, items))
    }
    return Bounded(shown, of: rows.count)
  }

  private mutating func exhibit(_ row: Int, _ items: [TriggerItem]) -> Exhibit {
    let suggested = report.suggestedLabels.indices.contains(row) ? report.suggestedLabels[row] : -1
    return Exhibit(
      id: report.ids[row], label: report.className(report.givenLabel(row)),
      suggested: report.className(suggested), suspicion: Double(report.suspicion[row]),
      verdict: verdicts.mark(row).word, content: content(row, items))
  }

  private mutating func content(_ row: Int, _ items: [TriggerItem]) -> Exhibit.Content {
    switch payloads.payload(at: row) {
    case .failure(let problem): return .unreadable(problem.reason)
    case .success(.image(let image)):
      let size = report.facts.reading.comparedSize
      let frame = items.lazy.compactMap { $0.kind.place(in: image, comparedAt: size) }.first
      return picture(of: image, frame: frame).map(Exhibit.Content.picture) ?? .leftOut
    case .success(.text(let text)):
      // A cut within a character leaves what decodes to a replacement character.
      let head =
        text.utf8.count > Self.maxTextBytes
        ? String(decoding: text.utf8.prefix(Self.maxTextBytes), as: UTF8.self) : text
      return .text(MarkedText(displayText(head, keepNewlines: true), items: items))
    case .success(.row(let fields)): return cells(fields, row, items)
    case .success(.features(let values)): return .features(values.count)
    }
  }

  /// Nil for a shape that is no picture, and where the page has no room left for it.
  mutating func picture(of image: Image, frame: PixelArea? = nil) -> Picture? {
    let shape = image.shape
    let longer = max(shape.height, shape.width)
    guard longer > 0, shape.channels == 1 || shape.channels == 3 else { return nil }
    var (width, height, pixels) = (shape.width, shape.height, image.pixels)
    if longer > Self.maxSide {
      width = max(1, shape.width * Self.maxSide / longer)
      height = max(1, shape.height * Self.maxSide / longer)
      pixels = ResizeFilter.area.resize(
        image.pixels, width: shape.width, height: shape.height, channels: shape.channels,
        to: (width: width, height: height))
    }
    let png = try? PNGWriter.encode(width: width, height: height, channels: shape.channels, pixels: pixels)
    guard let png, png.count <= remainingBytes else { return nil }
    remainingBytes -= png.count
    return Picture(png: png, width: shape.width, height: shape.height, frame: frame)
  }

  /// Marked cells first, then as they stand in the file.
  private mutating func cells(_ fields: [Payload.Field], _ row: Int, _ items: [TriggerItem])
    -> Exhibit.Content
  {
    let wanted = Set(items.flatMap(\.kind.conditions).filter { $0.holds(in: fields) }.map(\.column))
    let extreme = extremes.columns(of: fields, label: report.givenLabel(row))
    let cells = fields.map { field in
      let mark: Exhibit.CellValue.Mark? =
        wanted.contains(field.name) ? .trigger : extreme.contains(field.name) ? .extreme : nil
      return Exhibit.CellValue(column: field.name, value: field.value, mark: mark)
    }
    let shown = (cells.filter { $0.mark != nil } + cells.filter { $0.mark == nil }).prefix(Self.maxCells)
    return .row(cells: Array(shown), more: cells.count - shown.count)
  }
}

extension Bounded {
  /// - Parameter total: how many there are of which `items` are shown.
  init(_ items: [Element], of total: Int) {
    self.items = items
    more = max(0, total - items.count)
  }
}

extension TriggerItem.ColumnCondition {
  fileprivate func holds(in fields: [Payload.Field]) -> Bool {
    fields.contains { field in
      guard field.name == column else { return false }
      switch condition {
      case .category(let value): return field.value == value
      case .range(let range): return Double(field.value).map { (range.low...range.high).contains($0) } ?? true
      }
    }
  }
}
