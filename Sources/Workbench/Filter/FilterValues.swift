/// First and last millisecond (excluded) of a time written as 2024, 2024-07, 2024-07-31, 2024-07-31T09,
/// 2024-07-31T09:05 or 2024-07-31T09:05:30; nil for anything else, a day that its month does not have included.
package func momentRange(_ text: String) -> Range<Int64>? {
  let halves = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
  var parts = halves[0].split(separator: "-", omittingEmptySubsequences: false)
  guard (1...3).contains(parts.count) else { return nil }
  if halves.count == 2 {
    let clock = halves[1].split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, (1...3).contains(clock.count) else { return nil }
    parts += clock
  }
  let limits = [1...9999, 1...12, 1...31, 0...23, 0...59, 0...59]
  var numbers: [Int] = []
  for (part, limit) in zip(parts, limits) {
    guard !part.isEmpty, part.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), let number = Int(part),
      limit.contains(number)
    else { return nil }
    numbers.append(number)
  }
  func number(_ index: Int, _ standard: Int) -> Int { index < numbers.count ? numbers[index] : standard }
  let first = CalendarTime(
    year: number(0, 1970), month: number(1, 1), day: number(2, 1), hour: number(3, 0), minute: number(4, 0),
    second: number(5, 0))
  let start = first.milliseconds
  guard CalendarTime(milliseconds: start).day == first.day else { return nil }
  let end: Int64 =
    switch numbers.count {
    case 1: CalendarTime(year: first.year + 1).milliseconds
    case 2: CalendarTime(year: first.year, month: first.month + 1).milliseconds
    case 3: start + 86_400_000
    case 4: start + 3_600_000
    case 5: start + 60_000
    default: start + 1000
    }
  return start..<end
}

/// The candidate with the fewest edits from `word`, if it is near enough to be meant.
package func nearest(_ word: String, _ candidates: [String]) -> String? {
  // A case may have a hundred thousand sources: a hint is not worth a long wait.
  let scored = candidates.prefix(2000).map { (editDistance(word, $0), $0) }
  guard let best = scored.min(by: { $0.0 < $1.0 }), best.0 <= max(1, word.count / 3) else { return nil }
  return best.1
}

/// Characters put in, taken out, changed, or two neighbors in the wrong order, which counts once.
private func editDistance(_ a: String, _ b: String) -> Int {
  let a = Array(a.lowercased().prefix(40))
  let b = Array(b.lowercased().prefix(40))
  var beforePrevious: [Int] = []
  var previous = Array(0...b.count)
  for (i, x) in a.enumerated() {
    var current = [i + 1]
    for (j, y) in b.enumerated() {
      var distance = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (x == y ? 0 : 1))
      if i > 0, j > 0, x == b[j - 1], y == a[i - 1] { distance = min(distance, beforePrevious[j - 1] + 1) }
      current.append(distance)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[b.count]
}
