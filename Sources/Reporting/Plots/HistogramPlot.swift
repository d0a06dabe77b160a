import Foundation
import Model

/// A stacked histogram of the suspicion with a logarithmic axis of counts, as SVG.
struct HistogramPlot {
  private let histogram: SuspicionHistogram

  // The plot's own coordinates.
  private let width = 560.0
  private let height = 260.0
  private let left = 52.0
  private let right = 12.0
  private let top = 12.0
  private let bottom = 40.0

  init(_ histogram: SuspicionHistogram) { self.histogram = histogram }

  /// Verdicts that the bars are stacked from, from below.
  static func names(in histogram: SuspicionHistogram) -> [String] {
    let seen = Set(histogram.bins.flatMap(\.counts).map(\.name))
    return StandingVerdicts.Mark.allCases.map(\.word).filter(seen.contains)
  }

  var svg: HTMLText {
    """
    <svg class="plot" viewBox="0 0 560 260" role="img" aria-label="\(description)">
    \(ticks)\(bars)\(axis)</svg>
    """
  }

  private var description: String {
    let all = histogram.bins.reduce(0) { $0 + $1.total }
    let above = histogram.bins.filter { $0.low >= histogram.threshold - 1e-9 }.reduce(0) { $0 + $1.total }
    return
      "Histogram of the suspicion of \(counted(all, "sample")); \(counted(above, "has", "have")) 0.5 and above."
  }

  /// Powers of ten that the axis reaches to hold the highest bar, 1...12.
  private var decades: Int {
    var (decades, reach) = (1, 10)
    let maxTotal = histogram.bins.map(\.total).max() ?? 0
    while reach < maxTotal, decades < 12 {
      reach *= 10
      decades += 1
    }
    return decades
  }

  private func x(_ value: Double) -> Double { left + value * (width - left - right) }

  /// The coordinate of a share, 0...1, of the plot's height from below.
  private func y(_ share: Double) -> Double { height - bottom - share * (height - top - bottom) }

  /// Height of a bar of `count` samples as a share of the plot's, on the logarithmic axis; one sample is 0.2 decades high.
  private func share(_ count: Int) -> Double {
    count > 0 ? (log10(Double(count)) + 0.2) / (Double(decades) + 0.2) : 0
  }

  private var bars: HTMLText {
    let bars = histogram.bins.map { bin -> HTMLText in
      guard bin.total > 0 else { return .nothing }
      let whole = share(bin.total) * (height - top - bottom)
      var below = height - bottom
      let parts = bin.counts.map { count -> HTMLText in
        let size = whole * Double(count.count) / Double(bin.total)
        below -= size
        return """
          <rect class="\(count.name)" x="\(x(bin.low) + 1, decimals: 1)" y="\(below, decimals: 1)" \
          width="\(x(bin.high) - x(bin.low) - 2, decimals: 1)" height="\(size, decimals: 1)"/>
          """
      }
      let told = bin.counts.map { "\(grouped($0.count)) \($0.name)" }.joined(separator: ", ")
      return "<g><title>\(fixed(bin.low, 2)) to \(fixed(bin.high, 2)): \(told)</title>\(parts)</g>\n"
    }
    return "\(bars)"
  }

  private var ticks: HTMLText {
    let lines = (0...decades).map { decade -> HTMLText in
      let place = y((Double(decade) + 0.2) / (Double(decades) + 0.2))
      let number = (0..<decade).reduce(1) { number, _ in number * 10 }
      return """
        <line class="grid" x1="\(left, decimals: 1)" x2="\(width - right, decimals: 1)" y1="\(place, decimals: 1)" \
        y2="\(place, decimals: 1)"/><text class="end" x="\(left - 6, decimals: 1)" y="\(place + 4, decimals: 1)">\(grouped(number))</text>

        """
    }
    return "\(lines)"
  }

  private var axis: HTMLText {
    let numbers = (0...5).map { tick -> HTMLText in
      let value = Double(tick) / 5
      return """
        <text class="middle" x="\(x(value), decimals: 1)" y="\(height - bottom + 17, decimals: 1)">\(fixed(value, 1))</text>

        """
    }
    let threshold = x(histogram.threshold)
    return """
      <line class="axis" x1="\(left, decimals: 1)" x2="\(width - right, decimals: 1)" y1="\(y(0), decimals: 1)" y2="\(y(0), decimals: 1)"/>
      <line class="cut" x1="\(threshold, decimals: 1)" x2="\(threshold, decimals: 1)" y1="\(top, decimals: 1)" y2="\(y(0), decimals: 1)"/>
      \(numbers)<text class="middle" x="\(x(0.5), decimals: 1)" y="\(height - 6, decimals: 1)">suspicion</text>

      """
  }
}
