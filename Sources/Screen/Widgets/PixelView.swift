/// Draws a picture into cells. With 256 colors or more, a cell is two square pixels, one above the other; with
/// fewer, pixels are glyphs of a brightness ramp, because dithered colors would hide what a trigger is.
package struct PixelView: Sendable {
  package var image: PixelImage
  /// Pixels to draw a frame around: where a trigger was found.
  package var highlight: Rect?
  package var highlightColor: RGB
  /// Canvas points a pixel at most.
  package var scaleLimit: Int
  /// Of pixels that fall on one point one is picked; else their mean is shown.
  package var picksPixels: Bool
  /// Colors that look the same may stand for each other where a pixel is one point: of a larger one all points are the same.
  package var isApproximate: Bool

  package init(
    image: PixelImage, highlight: Rect? = nil, highlightColor: RGB = RGB(255, 64, 160), scaleLimit: Int = 16,
    picksPixels: Bool = false, isApproximate: Bool = false
  ) {
    self.image = image
    self.highlight = highlight
    self.highlightColor = highlightColor
    self.scaleLimit = scaleLimit
    self.picksPixels = picksPixels
    self.isApproximate = isApproximate
  }

  /// Whether several pixels fall on one point of a place of this size.
  package func isReduced(within rect: Rect, capabilities: Capabilities) -> Bool {
    scale(rect, capabilities).down > 1
  }

  /// How many pixels, each a point, a place of this size shows.
  package static func points(within rect: Rect, capabilities: Capabilities) -> (height: Int, width: Int) {
    capabilities.drawsPixels ? (2 * rect.height, rect.width) : (rect.height, rect.width / 2)
  }

  /// The cells that `draw` uses of a place of this size.
  package func size(within rect: Rect, capabilities: Capabilities) -> (height: Int, width: Int) {
    guard image.height > 0, image.width > 0, !rect.isEmpty else { return (0, 0) }
    let scale = scale(rect, capabilities)
    let margin = capabilities.drawsPixels ? 2 * margin(rect, scale) : 0
    let tall = scale.scaled(image.height) + margin
    let wide = scale.scaled(image.width) + margin
    return capabilities.drawsPixels || rampJoinsRows(rect) ? ((tall + 1) / 2, wide) : (tall, 2 * wide)
  }

  /// Draws from the upper left of the rectangle; what is not the picture becomes spaces.
  package func draw(into grid: inout Grid, _ rect: Rect, capabilities: Capabilities) {
    grid.fill(rect)
    guard image.height > 0, image.width > 0, !rect.isEmpty else { return }
    let scale = scale(rect, capabilities)
    let raster = scale.raster(image, picks: picksPixels)
    if capabilities.drawsPixels {
      drawHalfBlocks(raster, scale, into: &grid, rect)
    } else {
      drawRamp(raster, scale, into: &grid, rect, unicode: capabilities.unicode)
    }
  }

  private func scale(_ rect: Rect, _ capabilities: Capabilities) -> PixelScale {
    let halves = capabilities.drawsPixels || rampJoinsRows(rect)
    func fitted(margin: Int) -> PixelScale {
      PixelScale(
        imageHeight: image.height, imageWidth: image.width,
        canvasHeight: (halves ? 2 * rect.height : rect.height) - 2 * margin,
        canvasWidth: (halves ? rect.width : rect.width / 2) - 2 * margin, limit: scaleLimit)
    }
    let whole = fitted(margin: 0)
    // An enlarged picture leaves room for the frame of a trigger at its edge.
    return capabilities.drawsPixels && whole.up > 1 && isHighlightedAtEdge ? fitted(margin: 1) : whole
  }

  private var isHighlightedAtEdge: Bool {
    guard let highlight else { return false }
    return highlight.row <= 0 || highlight.column <= 0 || highlight.row + highlight.height >= image.height
      || highlight.column + highlight.width >= image.width
  }

  /// One point around the picture, where there is room, so that the frame of a trigger in a corner is whole. Thumbnails
  /// have it all, so that those beside each other stand in line.
  private func margin(_ rect: Rect, _ scale: PixelScale) -> Int {
    (highlight != nil || picksPixels && scale.up == 1) && scale.scaled(image.height) + 2 <= 2 * rect.height
      && scale.scaled(image.width) + 2 <= rect.width ? 1 : 0
  }

  /// The highlighted pixels in canvas points, rounded outwards.
  private func highlighted(_ scale: PixelScale) -> Rect? {
    guard
      let area = highlight?.intersection(Rect(row: 0, column: 0, height: image.height, width: image.width)),
      !area.isEmpty
    else { return nil }
    let top = area.row * scale.up / scale.down
    let left = area.column * scale.up / scale.down
    return Rect(
      row: top, column: left, height: scale.scaled(area.row + area.height) - top,
      width: scale.scaled(area.column + area.width) - left)
  }

  private func drawHalfBlocks(_ raster: [[RGB]], _ scale: PixelScale, into grid: inout Grid, _ rect: Rect) {
    let margin = margin(rect, scale)
    let tall = raster.count + 2 * margin
    let wide = (raster.first?.count ?? 0) + 2 * margin
    var canvas = [Color?](repeating: nil, count: tall * wide)
    for (y, line) in raster.enumerated() {
      for (x, color) in line.enumerated() {
        canvas[(y + margin) * wide + x + margin] =
          isApproximate && scale.up == 1 ? color.approximateColor : color.color
      }
    }
    if let area = highlighted(scale) {
      let frame = Rect(
        row: area.row + margin - 1, column: area.column + margin - 1, height: area.height + 2,
        width: area.width + 2)
      for y in max(0, frame.row)..<min(tall, frame.row + frame.height) {
        for x in max(0, frame.column)..<min(wide, frame.column + frame.width)
        where y == frame.row || y == frame.row + frame.height - 1 || x == frame.column
          || x == frame.column + frame.width - 1
        {
          canvas[y * wide + x] = highlightColor.color
        }
      }
    }
    for row in 0..<min(rect.height, (tall + 1) / 2) {
      for column in 0..<min(rect.width, wide) {
        let upper = canvas[2 * row * wide + column]
        let lower = 2 * row + 1 < tall ? canvas[(2 * row + 1) * wide + column] : nil
        let cell = Self.cell(upper: upper, lower: lower)
        grid.put(
          cell.text, columns: 1, row: rect.row + row, column: rect.column + column, style: cell.style)
      }
    }
  }

  private static func cell(upper: Color?, lower: Color?) -> GridCell {
    switch (upper, lower) {
    case (nil, nil): GridCell()
    case (let upper?, nil): GridCell("▀", Style(foreground: upper))
    case (nil, let lower?): GridCell("▄", Style(foreground: lower))
    case (let upper?, let lower?):
      GridCell("▀", Style(foreground: upper, background: lower))
    }
  }

  private static let blocks = Array(" ░▒▓█")
  private static let letters = Array(" .:-=+*#%@")

  /// A canvas point is two columns of one row or, where the picture is too large for that, two points one above
  /// the other are the mean brightness of one cell: a column of pixels stays a column.
  private func drawRamp(
    _ raster: [[RGB]], _ scale: PixelScale, into grid: inout Grid, _ rect: Rect, unicode: Bool
  ) {
    let ramp = unicode ? Self.blocks : Self.letters
    let columns = rampJoinsRows(rect) ? 1 : 2
    let rows = rampJoinsRows(rect) ? 2 : 1
    for row in 0..<min(rect.height, (raster.count + rows - 1) / rows) {
      let lines = raster[(row * rows)..<min(raster.count, (row + 1) * rows)]
      for column in 0..<min(rect.width, columns * (raster.first?.count ?? 0)) {
        let brightness = lines.reduce(0) { $0 + $1[column / columns].luminance } / Double(lines.count)
        let glyph = String(ramp[min(ramp.count - 1, Int(brightness * Double(ramp.count)))])
        grid.put(glyph, columns: 1, row: rect.row + row, column: rect.column + column, style: .plain)
      }
    }
    guard let area = highlighted(scale) else { return }
    let top = area.row / rows
    let place = Rect(
      row: rect.row + top, column: rect.column + columns * area.column,
      height: (area.row + area.height + rows - 1) / rows - top, width: columns * area.width)
    grid.restyle(place.intersection(rect)) { $0.reverse = true }
  }

  private func rampJoinsRows(_ rect: Rect) -> Bool {
    image.height > rect.height || 2 * image.width > rect.width
  }
}

extension Capabilities {
  /// Whether pictures are drawn in color, as half blocks.
  package var drawsPixels: Bool { unicode && colors >= .many }
}
