import Model

/// A scatter plot as SVG. Each sample is a line of no length with round ends, which takes a dozen bytes of the path.
struct PlanePlot {
  private let plane: SamplePlane

  private let width = 560.0
  private let height = 260.0
  private let margin = 8.0

  init(_ plane: SamplePlane) { self.plane = plane }

  var svg: HTMLText {
    let description =
      "Scatter plot of \(counted(plane.otherCount + plane.flaggedCount, "sample")); "
      + "\(counted(plane.flaggedCount, "is flagged and lies", "are flagged and lie")) on top."
    return """
      <svg class="plot" viewBox="0 0 560 260" role="img" aria-label="\(description)">
      <rect class="frame" x="0.5" y="0.5" width="559" height="259"/>
      <path class="dots others" d="\(dots(plane.others))"/>
      <path class="dots flagged" d="\(dots(plane.flagged))"/>
      </svg>
      """
  }

  private func dots(_ points: [SamplePlane.Point]) -> HTMLText {
    let marks = points.map { point -> HTMLText in
      let x = margin + point.x * (width - 2 * margin)
      let y = height - margin - point.y * (height - 2 * margin)
      return "M\(x, decimals: 1) \(y, decimals: 1)h0"
    }
    return "\(marks)"
  }
}
