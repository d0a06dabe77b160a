import Model
import Scanning
import Screen

/// Which samples the screen on top shows more of than the scan knows: what `update` asks for before it is drawn. Rather a
/// few too many than one too few.
extension State {
  var neededSamples: SampleNeeds {
    var needs = SampleNeeds()
    guard !size.isTooSmall else { return needs }
    switch place {
    case .queue(let id): if let queue = views.queues[id] { needs = neededSamples(of: queue) }
    case .review(let id):
      if let row = views.queues[id]?.currentRow { needs = neededSamples(inReviewOf: row) }
    case .sheet(let id): if let queue = views.queues[id] { needs.rows = sheetRows(queue) }
    case .compare(let rows): needs.rows = rows
    case .scatter: needs.rows = [previewedCell.row].compactMap(\.self)
    case .findings: needs.rows = previewedFound.flatMap(material.entry).map { examples(of: $0.members) } ?? []
    case .dashboard, .histogram, .timeline, .pivot, .log, .help: break
    }
    needs.rows = needs.rows.filter { (0..<material.count).contains($0) }
    return needs
  }

  private func neededSamples(of queue: Queue) -> SampleNeeds {
    let layout = Layout(size: size)
    var needs = SampleNeeds()
    if listShowsSamples(queue) {
      let top = queue.list.top.clamped(to: 0...queue.rows.count)
      let end = min(queue.rows.count, top + layout.listHeight(.queue))
      needs.rows = queue.rows[top..<end].map(Int.init)
    } else if case .data = queue.column, let row = queue.currentRow {
      // To be filtered by.
      needs.rows = [row]
    }
    let panes = layout.queuePanes
    if panes.count > 1, queue.currentRow != nil, let row = previewedRow {
      needs.rows.append(row)
      if panes.count > 2 { needs.rows += shownNeighbors(of: row, width: panes[2].width) }
    }
    return needs
  }

  /// Whether the list of a queue itself shows something of the samples.
  private func listShowsSamples(_ queue: Queue) -> Bool {
    queueColumns(queue, size).contains { column in
      switch column.content {
      case .preview, .column(.data), .column(.text): true
      case .column, .suspicionBar: false
      }
    }
  }

  private func neededSamples(inReviewOf row: Int) -> SampleNeeds {
    let panes = Layout(size: size).reviewPanes
    let shown = views.review.pane
    var needs = SampleNeeds(rows: [row])
    // A short text or row leaves room for them beneath it.
    let hasRoom = size.panes > 1 && material.samplesHoldText
    if panes.count > 2 || hasRoom || shown == .neighbors {
      needs.rows += shownNeighbors(of: row, width: panes[1].width)
    }
    if panes.count > 2 || shown == .record { needs.digests = [row] }
    return needs
  }

  /// Thumbnails beside each other, or lines beneath each other.
  private func shownNeighbors(of row: Int, width: Int) -> [Int] {
    guard let table = material.report.neighbors, row < material.count else { return [] }
    switch material.report.facts.modality {
    case .image: return Array(table.neighbors(of: row).prefix((width + 2) / Self.minThumbnailWidth))
    case .text, .tabular: return Array(table.neighbors(of: row).prefix(Layout(size: size).body.height))
    case .embedding: return []
    }
  }

  /// Columns of the narrowest thumbnail of a neighbor, and between two.
  private static var minThumbnailWidth: Int { 16 }

  // MARK: Examples of a finding

  package static var maxExamples: Int { 200 }
  /// Rows and columns of the screen that the picture of an example takes at most.
  package static func exampleRoom(_ rect: Rect) -> Rect {
    Rect(row: 0, column: 0, height: min(rect.height - 1, 12), width: min(rect.width, 26))
  }
  /// Pictures are shown where there are so many rows for them, else lines.
  package static var minExampleHeight: Int { 6 }

  /// The first members: lines, or as many pictures as fit. How many these are, the first tells that can be read.
  private func examples(of members: Column<Int32>) -> [Int] {
    let all = members.prefix(Self.maxExamples).map(Int.init)
    let body = Layout(size: size).body
    guard material.report.facts.modality == .image else { return Array(all.prefix(body.height)) }
    var needed: [Int] = []
    var (pictures, capacity) = (0, Self.minExampleHeight - 1)
    var isMeasured = false
    for row in all {
      guard pictures < capacity else { break }
      needed.append(row)
      switch samples[row] {
      case .success(.image(let image)):
        pictures += 1
        guard !isMeasured else { continue }
        isMeasured = true
        capacity = max(capacity, exampleCapacity(PixelImage(image), in: body))
      case .success, .failure: continue
      case nil: pictures += 1
      }
    }
    return needed
  }

  /// The most pictures that any part of the body holds.
  private func exampleCapacity(_ image: PixelImage, in body: Rect) -> Int {
    guard body.height >= Self.minExampleHeight else { return 0 }
    return (Self.minExampleHeight...body.height).map { height in
      let room = Self.exampleRoom(Rect(row: 0, column: 0, height: height, width: body.width))
      let size = PixelView(image: image, scaleLimit: 1).size(within: room, capabilities: capabilities)
      guard size.width > 0 else { return 0 }
      return (body.width + 2) / (size.width + 2) * ((height + 1) / (size.height + 2))
    }.max() ?? 0
  }
}
