import Model
import Scanning
import Screen

/// The nearest samples.
extension Frame {
  /// The nearest samples with their labels; of images also thumbnails where there is room.
  mutating func paintNeighbors(_ row: Int, in rect: Rect) {
    guard !rect.isEmpty else { return }
    guard let table = material.report.neighbors, row < material.count else {
      return draw([Line("No neighbors are known.", theme[.dim])], in: rect)
    }
    let neighbors = Array(table.neighbors(of: row).prefix(max(1, rect.height - 1)))
    guard !neighbors.isEmpty else { return draw([Line("No neighbors.", theme[.dim])], in: rect) }
    var list = rect
    if material.report.facts.modality == .image, rect.height >= 14, rect.width >= 36 {
      let thumbs = Rect(
        row: rect.row, column: rect.column, height: min(10, rect.height - 6), width: rect.width)
      paintThumbnails(neighbors, in: thumbs, of: row)
      list = Rect(
        row: rect.row + thumbs.height + 1, column: rect.column, height: rect.height - thumbs.height - 1,
        width: rect.width)
    }
    let shown = neighbors.prefix(max(0, list.height - 1))
    let distances = shown.indices.map { index -> Double in
      let place = row * table.k + index
      return place < table.distances.count ? Double(table.distances[place]) : .nan
    }
    let rows = zip(shown, distanceTexts(distances)).map { neighbor, distance -> Table.Row in
      let label = material.label(of: neighbor)
      let letter = verdictLetter(neighbor)
      return Table.Row([
        TableCell(letter.text, style: letter.style), TableCell(sampleName(neighbor)),
        TableCell(
          label.map { displayText($0) } ?? "-",
          style: label == material.label(of: row) ? .plain : theme[.high]),
        TableCell(distance),
        state.isHidden(neighbor)
          ? TableCell("")
          : TableCell(
            fixed(Double(material.report.suspicion[neighbor]), 3),
            style: theme.score(Double(material.report.suspicion[neighbor]))),
        TableCell(preview(neighbor)),
      ])
    }
    var columns = [
      Screen.TableColumn("v", width: 1),
      Screen.TableColumn("id", width: 8, maximum: material.longestId.clamped(to: 8...20)),
      Screen.TableColumn("label", width: min(state.labelWidth, 8), maximum: state.labelWidth),
      Screen.TableColumn("distance", width: 8, alignment: .right, priority: 1),
      Screen.TableColumn("susp.", width: 5, alignment: .right, priority: 2),
    ]
    if state.hasPreviews {
      columns.append(Screen.TableColumn("sample", width: 16, maximum: 200, priority: 3))
    }
    Table(
      columns: columns, rows: rows, headerStyle: theme[.header]
    ).draw(into: &grid, list, capabilities: capabilities)
  }

  /// With the same decimals each, so that points stand beneath each other; small ones by what is significant of them.
  private func distanceTexts(_ distances: [Double]) -> [String] {
    let largest = distances.filter(\.isFinite).max() ?? 0
    guard largest >= 0.1 else { return distances.map(scoreText) }
    let decimals = largest < 10 ? 3 : largest < 1000 ? 1 : 0
    return distances.map { $0.isFinite ? fixed($0, decimals) : scoreText($0) }
  }

  private mutating func paintThumbnails(_ neighbors: [Int], in rect: Rect, of row: Int) {
    let width = min(2 * (rect.height - 1), 18)
    var column = rect.column
    for neighbor in neighbors {
      guard column + width <= rect.column + rect.width else { return }
      if case .success(.image(let image)) = state.samples[neighbor] {
        let place = Rect(row: rect.row, column: column, height: rect.height - 1, width: width)
        thumbnail(image, items(of: neighbor), in: place).draw(into: &grid, place, capabilities: capabilities)
        let label = material.label(of: neighbor)
        grid.draw(
          cell(label ?? "-", width), row: rect.row + rect.height - 1, column: column,
          style: label == material.label(of: row) ? theme[.dim] : theme[.high])
      }
      column += width + 2
    }
  }
}
