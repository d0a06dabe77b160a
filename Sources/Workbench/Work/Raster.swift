import Model
import Scanning

/// Asks for the layout drawn into cells.
struct RasterRequest: Sendable, Equatable {
  var window: PlotWindow
  var height: Int
  var width: Int

  /// Nil when cancelled.
  func run(_ material: CaseMaterial, isCancelled: () -> Bool) -> Raster? {
    var raster = Raster(window: window, height: height, width: width)
    // Boyer and Moore's vote: the cluster that holds more than half of a cell, in one pass and one word a cell.
    var votes = [Int32](repeating: 0, count: height * width)
    let spanX = max(window.maxX - window.minX, .leastNormalMagnitude)
    let spanY = max(window.maxY - window.minY, .leastNormalMagnitude)
    for row in 0..<material.count {
      if row % 65_536 == 0 && isCancelled() { return nil }
      guard let place = material.layout(of: row) else { continue }
      let x = (Double(place.x) - window.minX) / spanX
      let y = (Double(place.y) - window.minY) / spanY
      guard x >= 0, x <= 1, y >= 0, y <= 1 else { continue }
      let dotX = min(Int(x * Double(2 * width)), 2 * width - 1)
      let dotY = min(Int((1 - y) * Double(4 * height)), 4 * height - 1)
      let cell = dotY / 4 * width + dotX / 2
      raster.counts[cell] += 1
      raster.dots[cell] |= Self.dotBit[dotY % 4][dotX % 2]
      if material.report.suspicion[row] >= Report.flagThreshold { raster.flagged[cell] += 1 }
      let cluster = Int32(material.cluster(of: row) ?? -1)
      if votes[cell] == 0 {
        raster.clusters[cell] = cluster
        votes[cell] = 1
      } else {
        votes[cell] += raster.clusters[cell] == cluster ? 1 : -1
      }
    }
    return raster
  }

  /// Bit of each dot in a Braille pattern (Unicode block U+2800), by row and column of the dot.
  private static let dotBit: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
}

/// The layout in cells, row 0 at the top (largest y).
package struct Raster: Sendable, Equatable {
  package let window: PlotWindow
  package let height: Int
  package let width: Int
  /// Samples in each cell.
  package var counts: [Int32]
  /// Which of the 2 by 4 dots of each cell have a sample: a Braille pattern.
  package var dots: [UInt8]
  /// Flagged samples in each cell.
  package var flagged: [Int32]
  /// Cluster that most of the samples of each cell belong to, -1 for none.
  package var clusters: [Int32]

  init(window: PlotWindow, height: Int, width: Int) {
    self.window = window
    self.height = height
    self.width = width
    counts = [Int32](repeating: 0, count: height * width)
    dots = [UInt8](repeating: 0, count: height * width)
    flagged = counts
    clusters = [Int32](repeating: -1, count: height * width)
  }
}
