/// What a progress bar says, as one line of fixed width: "[=====...] 42% neighbors  1,000,000 rows, 40 s left".
struct ProgressLine {
  static let width = 78
  private static let barWidth = 20
  /// Before so much has gone by, in seconds and as a share, nobody knows what is left.
  private static let (minSeconds, minFraction) = (3.0, 0.05)

  /// - Parameters:
  ///   - fraction: 0...1 of the work that began `seconds` ago.
  ///   - amount: what is worked on, "161 MB"; may be empty.
  static func text(stage: String, fraction: Double, amount: String, seconds: Double) -> String {
    let fraction = min(1, max(0, fraction))
    let filled = Int(Double(barWidth) * fraction)
    let bar = String(repeating: "=", count: filled) + String(repeating: ".", count: barWidth - filled)
    let known = seconds >= minSeconds && fraction >= minFraction
    let left = known ? "\(duration(seconds / fraction * (1 - fraction))) left" : ""
    let details = [amount, left].filter { !$0.isEmpty }.joined(separator: ", ")
    let line = "[\(bar)] \(Int(fraction * 100).formatted(width: 3))% \(stage.leftAligned(24)) \(details)"
    return String(line.prefix(width)).leftAligned(width)
  }

  private static func duration(_ seconds: Double) -> String {
    seconds < 100 ? "\(Int(seconds.rounded(.up))) s" : "\(Int((seconds / 60).rounded(.up))) min"
  }
}
