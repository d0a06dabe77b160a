/// How many samples have each code; -1 for none.
package struct CodeTally: Sendable {
  /// By the code and one.
  private var counts: [Int] = []

  mutating func add(_ code: Int32) {
    let place = Int(max(code, -1)) + 1
    if place >= counts.count { counts += repeatElement(0, count: place + 1 - counts.count) }
    counts[place] += 1
  }

  /// The three most frequent names; a code without a name is "none".
  package func top(_ names: [String]) -> [(name: String, count: Int)] {
    counts.indices.filter { counts[$0] > 0 }.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(3).map {
      (name: names.indices.contains($0 - 1) ? names[$0 - 1] : "none", count: counts[$0])
    }
  }
}

extension Confirmation {
  package struct LabelChange: Sendable, Hashable {
    package let given: Int32
    package let suggested: Int32
  }

  /// How many samples get another label, by both.
  package struct ChangeTally: Sendable {
    private var counts: [LabelChange: Int] = [:]

    mutating func add(_ change: LabelChange) { counts[change, default: 0] += 1 }

    /// The most frequent first.
    package var ranked: [(value: LabelChange, count: Int)] {
      counts.sorted { a, b in
        (b.value, a.key.given, a.key.suggested) < (a.value, b.key.given, b.key.suggested)
      }.map { ($0.key, $0.value) }
    }
  }
}
