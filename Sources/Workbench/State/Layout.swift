import Screen

/// Where things stand for a size of the terminal: asked by the views to draw and by `update` to scroll.
///
///     row 0               breadcrumbs
///     rows 1 ... h - 3    the body
///     row h - 2           message or hints, and the running job
///     row h - 1           status line, or the line that is typed
package struct Layout: Sendable {
  package let size: ScreenSize

  package var body: Rect { Rect(row: 1, column: 0, height: size.height - 3, width: size.width) }
  package var messageRow: Int { size.height - 2 }
  package var statusRow: Int { size.height - 1 }

  /// The panes of a screen with a list at the left, as wide as they share the body; one column stands between.
  package func panes(main: Int, side: Int, third: Int) -> [Rect] {
    let body = body
    switch size.panes {
    case 1: return [body]
    case 2:
      let width = (body.width - 1) * main / (main + side)
      return split(body, [width])
    default:
      let whole = main + side + third
      let first = (body.width - 2) * main / whole
      return split(body, [first, (body.width - 2) * side / whole])
    }
  }

  private func split(_ rect: Rect, _ widths: [Int]) -> [Rect] {
    var panes: [Rect] = []
    var column = rect.column
    for width in widths {
      panes.append(Rect(row: rect.row, column: column, height: rect.height, width: width))
      column += width + 1
    }
    let rest = rect.column + rect.width - column
    return panes + [Rect(row: rect.row, column: column, height: rect.height, width: rest)]
  }

  /// Table, sample, and evidence.
  package var queuePanes: [Rect] { panes(main: 10, side: 8, third: 7) }
  /// Payload and evidence in a review; on wide screens also what comes next. Unlike elsewhere even one pane of
  /// 60 columns holds two halves.
  package var reviewPanes: [Rect] {
    let body = Rect(row: 1, column: 0, height: size.height - 3, width: size.width)
    switch size.panes {
    case 1: return split(body, [body.width * 9 / 20])
    case 2: return split(body, [body.width * 11 / 20])
    default: return split(body, [body.width * 2 / 5, body.width * 7 / 20])
    }
  }
  /// The plot and what stands beside it.
  package var plotPanes: [Rect] { split(body, [body.width - (size.width >= 100 ? 45 : 25)]) }

  /// Rows and columns around a plot that its axes take: the title above, the numbers at the left, and below the axis, its
  /// numbers and a line of text.
  static let plotMargin = (top: 1, left: 7, bottom: 3)

  /// The cells of a scatter.
  package var scatterPlot: Rect {
    let pane = plotPanes[0]
    let margin = Self.plotMargin
    return Rect(
      row: pane.row + margin.top, column: pane.column + margin.left,
      height: pane.height - margin.top - margin.bottom, width: pane.width - margin.left)
  }

  /// Columns at the sides of strips of bars, for their names and their counts.
  static let stripMargin = (left: 14, right: 16)

  /// Columns of the bars of a timeline.
  package var timelineWidth: Int { max(1, body.width - Self.stripMargin.left - Self.stripMargin.right) }

  /// The pivot and the columns that it may be by.
  package var pivotPanes: [Rect] { split(body, [body.width - (size.width >= 100 ? 29 : 19)]) }

  /// The detail of a finding stands beneath the list, which takes no more rows than it needs, and half of them at most.
  package func foundHeight(_ count: Int) -> Int { min(max(1, count), body.height / 2 - 1) }

  /// Lines of the groups beside a scatter; below them stands what is under the cursor.
  package var groupsHeight: Int { max(1, min(14, body.height / 2 - 2)) }

  /// Lines of the list on this screen.
  package func listHeight(_ context: Context) -> Int {
    switch context {
    case .queue, .log: body.height - 1
    case .scatter: groupsHeight
    case .pivot: max(1, body.height - 2 - min(3, max(0, body.height - 7)))
    case .sheet, .compare: body.height
    case .review: body.height - 1
    case .help, .histogram, .timeline, .dashboard, .findings: body.height
    }
  }
}
