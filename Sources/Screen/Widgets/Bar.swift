/// A horizontal bar whose filled part is a share of its width: eighth blocks, or `=` where there are none.
package enum Bar {
  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// - Parameter fraction: below 0 and NaN are an empty bar, above 1 a full one. A share above zero shows at
  ///   least the thinnest mark.
  /// - Returns: text of exactly `width` columns.
  package static func text(
    _ fraction: Double, width: Int, capabilities: Capabilities, track: String = " "
  ) -> String {
    guard width > 0 else { return "" }
    let share = fraction.isNaN ? 0 : min(1, max(0, fraction))
    let steps = capabilities.unicode ? 8 : 1
    var filled = Int((share * Double(width * steps)).rounded())
    if filled == 0, share > 0 { filled = 1 }
    let whole = filled / steps
    var result = String(repeating: capabilities.unicode ? "█" : "=", count: whole)
    if filled % steps > 0 { result += eighths[filled % steps] }
    return result + String(repeating: track, count: width - whole - (filled % steps > 0 ? 1 : 0))
  }

  /// A line whose heavy part is a share of its width, to half a column: many of them above each other stay readable
  /// where blocks would become a wall.
  /// - Returns: the heavy part and the rest, `width` columns together.
  package static func meter(
    _ fraction: Double, width: Int, capabilities: Capabilities
  ) -> (filled: String, rest: String) {
    guard width > 0 else { return ("", "") }
    let share = fraction.isNaN ? 0 : min(1, max(0, fraction))
    let halves = max(share > 0 ? 1 : 0, Int((share * Double(2 * width)).rounded()))
    guard capabilities.unicode else {
      let whole = (halves + 1) / 2
      return (String(repeating: "=", count: whole), String(repeating: ".", count: width - whole))
    }
    let half = halves % 2 == 1 ? "╸" : ""
    let rest = width - halves / 2 - half.count
    return (String(repeating: "━", count: halves / 2) + half, String(repeating: "─", count: rest))
  }

  /// A progress bar in brackets, `[=====.....]`, that reads the same on every terminal.
  package static func progress(_ fraction: Double, width: Int) -> String {
    guard width > 2 else { return "" }
    let share = fraction.isNaN ? 0 : min(1, max(0, fraction))
    let filled = Int((share * Double(width - 2)).rounded(.down))
    return "[" + String(repeating: "=", count: filled) + String(repeating: ".", count: width - 2 - filled)
      + "]"
  }

  /// One character a value, its height the share of the greatest; NaN is a gap.
  package static func sparkline(_ values: [Double], capabilities: Capabilities) -> String {
    let levels = capabilities.unicode ? Array("▁▂▃▄▅▆▇█") : Array("_.-=+*#@")
    let top = values.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
    return String(
      values.map { value -> Character in
        guard value.isFinite, value >= 0 else { return " " }
        guard top > 0 else { return levels[0] }
        return levels[min(levels.count - 1, Int(value / top * Double(levels.count)))]
      })
  }
}
