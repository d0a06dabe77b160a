/// Whether the numbers of a column only count its rows: from anywhere, by any step, anew for each part of a table that was
/// put together.
struct RunningNumbers {
  private var first: Int?
  private var last: Int?
  private var step: Int?
  private var count = 0
  private var isBroken = false

  /// As many rows tell that numbers run by a step that is not 1, or from elsewhere than 0 or 1.
  private static let minRows = 8

  /// A cell that is no number ends all running.
  mutating func end() { isBroken = true }

  mutating func append(_ number: Int?) {
    guard !isBroken else { return }
    guard let number else { return end() }
    count += 1
    defer { last = number }
    guard let first, let last else { return first = number }
    let (change, overflow) = number.subtractingReportingOverflow(last)
    guard !overflow, change != 0 else { return end() }
    if let step {
      isBroken = change != step && number != first
    } else {
      step = change
    }
  }

  var isIndex: Bool {
    guard !isBroken, count > 1 else { return false }
    return count >= Self.minRows || (step == 1 && (first == 0 || first == 1))
  }
}
