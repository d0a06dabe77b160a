import Model

/// A pair of bars for each class of an incident: samples with the label, and samples of which it is suggested.
struct SharesPlot {
  private let shares: ClassShares

  private let width = 560.0
  private let row = 27.0
  /// Room for the names on the left and the numbers on the right.
  private let names = 150.0
  private let numbers = 60.0

  init(_ shares: ClassShares) { self.shares = shares }

  var svg: HTMLText {
    let height = Double(shares.rows.items.count) * row
    return """
      <svg class="plot shares" viewBox="0 0 560 \(height, decimals: 0)" role="img" aria-label="\(description)">
      \(shares.rows.items.enumerated().map(pair))</svg>
      """
  }

  /// Samples of the longest bar.
  private var maxCount: Int {
    max(1, shares.rows.items.lazy.flatMap { [$0.given, $0.suggested] }.max() ?? 1)
  }

  private var description: String {
    let parts = shares.rows.items.prefix(4).map {
      "\($0.name.clipped(40)) \(grouped($0.given)) before, \(grouped($0.suggested)) after"
    }
    return "Samples of the incident by class: " + parts.joined(separator: "; ")
  }

  private func pair(_ index: Int, _ part: ClassShares.Row) -> HTMLText {
    let top = Double(index) * row
    return """
      <text class="end" x="\(names - 8, decimals: 0)" y="\(top + 17, decimals: 0)">\(part.name.clipped(22))</text>
      \(bar(part.given, at: top + 2, "given"))\(bar(part.suggested, at: top + 13, "suggested"))
      """
  }

  private func bar(_ count: Int, at top: Double, _ kind: String) -> HTMLText {
    let length = Double(count) / Double(maxCount) * (width - names - numbers)
    return """
      <rect class="\(kind)" x="\(names, decimals: 1)" y="\(top, decimals: 1)" width="\(length, decimals: 1)" height="10"/>\
      <text class="small" x="\(names + length + 5, decimals: 1)" y="\(top + 9, decimals: 1)">\(grouped(count))</text>

      """
  }
}
