import Screen

/// The samples of a queue beside and beneath each other.
package struct SheetView: Sendable, Equatable {
  /// Index into `tileWidths`.
  package var zoom = 1
  /// First row of tiles that is shown.
  package var top = 0

  /// Columns of the screen that a picture takes.
  package static let tileWidths = [10, 18, 26, 34, 50]
}

/// Where the tiles of a contact sheet stand: pictures in rows, a text or a row of a table on a line of its own.
package struct SheetLayout: Sendable, Equatable {
  package let columns: Int
  package let rows: Int
  /// Of one tile, its caption included.
  package let height: Int
  package let width: Int
  private let body: Rect

  /// Columns between two tiles.
  private static let gap = 2

  package init(_ layout: Layout, arePictures: Bool, zoom: Int) {
    body = layout.body
    if arePictures {
      let wanted = SheetView.tileWidths[zoom.clamped(to: 0...SheetView.tileWidths.count - 1)]
      width = max(1, min(wanted, body.width - 2))
      height = max(1, min(width / 2 + 1, body.height))
      columns = max(1, (body.width - 1 + Self.gap) / (width + Self.gap))
      rows = max(1, body.height / height)
    } else {
      width = max(1, body.width - 1)
      height = 1
      columns = 1
      rows = max(1, body.height)
    }
  }

  /// Of the tile at a place counted from the first that is shown.
  package func rect(_ place: Int) -> Rect {
    Rect(
      row: body.row + place / columns * height, column: 1 + place % columns * (width + Self.gap),
      height: height,
      width: width)
  }
}
