import Screen

/// Ways to write the beginning of a row, the cheapest of each style that one of them ends with.
struct StylePaths {
  private struct Step {
    var piece: FrugalRow.Piece
    /// Cells that it is repeated for.
    var count: Int
    /// What the terminal writes in after it.
    var hand: Style?
    var bytes: Int
    /// Index of the step before.
    var parent: Int
  }
  private var steps: [Step] = []
  /// Indices of the last steps, of which one is on the cheapest way.
  private var ends: [Int] = []

  /// More than so many are hardly ever needed.
  private static let width = 4
  /// A movement past blanks that stand already.
  private static let movement = 8

  /// A cell that can be written in one way alone: whichever way led to it was the cheapest.
  mutating func extend(by cell: GridCell) {
    let piece = FrugalRow.Piece(cell: cell)
    var best: Step?
    for end in ends.isEmpty ? [-1] : ends {
      let before = end < 0 ? nil : steps[end].hand
      let bytes = (end < 0 ? 0 : steps[end].bytes) + Self.bytes(of: piece, 1, after: before)
      if let known = best, known.bytes <= bytes { continue }
      // The right half of a wide character is written with the left one.
      best = Step(
        piece: piece, count: 1, hand: cell.text.isEmpty ? before : cell.style, bytes: bytes, parent: end)
    }
    guard let best else { return }
    ends = [steps.count]
    steps.append(best)
  }

  /// - Parameter options: how the next cells, all alike, can be written after a style; at least one.
  mutating func extend(by count: Int, _ options: (Style?) -> [FrugalRow.Piece]) {
    var found: [Int] = []
    for end in ends.isEmpty ? [-1] : ends {
      let before = end < 0 ? nil : steps[end].hand
      for piece in options(before) {
        let step = Step(
          piece: piece, count: count,
          hand: piece.isErased ? before : piece.cell.style,
          bytes: (end < 0 ? 0 : steps[end].bytes) + Self.bytes(of: piece, count, after: before), parent: end)
        if let same = found.firstIndex(where: { steps[$0].hand == step.hand }) {
          if steps[found[same]].bytes > step.bytes { steps[found[same]] = step }
        } else {
          found.append(steps.count)
          steps.append(step)
        }
      }
    }
    if found.count > Self.width { found.sort { (steps[$0].bytes, $0) < (steps[$1].bytes, $1) } }
    ends = Array(found.prefix(Self.width))
  }

  var cheapest: [FrugalRow.Piece] {
    guard var at = ends.min(by: { (steps[$0].bytes, $0) < (steps[$1].bytes, $1) }) else { return [] }
    var pieces: [FrugalRow.Piece] = []
    while at >= 0 {
      pieces += repeatElement(steps[at].piece, count: steps[at].count)
      at = steps[at].parent
    }
    return pieces.reversed()
  }

  // MARK: Bytes, as `FrugalStyles` sends them to a terminal of 256 colors

  private static func bytes(of piece: FrugalRow.Piece, _ count: Int, after hand: Style?) -> Int {
    if piece.isErased { return movement }
    return change(from: hand ?? .plain, to: piece.cell.style) + count * piece.cell.text.utf8.count
  }

  private static func change(from a: Style, to b: Style) -> Int {
    var bytes = 0
    if a.bold != b.bold { bytes += b.bold ? 2 : 3 }
    if a.dim != b.dim { bytes += b.dim ? 2 : 3 }
    if a.underline != b.underline { bytes += b.underline ? 2 : 3 }
    if a.reverse != b.reverse { bytes += b.reverse ? 2 : 3 }
    if a.foreground != b.foreground { bytes += Self.bytes(b.foreground) }
    if a.background != b.background { bytes += Self.bytes(b.background) }
    // ESC [, and in the place of a divider at the end the final byte.
    return bytes == 0 ? 0 : 2 + bytes
  }

  /// With the divider.
  private static func bytes(_ color: Color) -> Int {
    switch color {
    case .standard, .palette(0..<16): 3
    case .palette(16..<100): 8
    case .palette: 9
    case .rgb, .approximate: 17
    }
  }
}
