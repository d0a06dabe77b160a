import Model

/// A list of samples in an order: all of them, or those of a finding or a decision.
package struct Queue: Sendable {
  package let id: Int
  package var title: String
  /// Nil for all rows.
  package var base: ContiguousArray<Int32>?
  /// What the base is, in words that a decision records: "finding T1". Nil for all rows.
  package var rule: String?
  /// The group that the base is; nil for all rows and for those of a decision.
  package var group: FoundGroup?
  package var filters: [CompiledFilter] = []
  package var sort: Sort = .bySuspicion
  package var rows: ContiguousArray<Int32> = []
  package var phase: Phase = .waiting
  package var list = ListCursor()
  /// The column under the cursor.
  package var column = RowColumn.suspicion
  /// The sample that all are compared with, and how far each is from it once that is known; nil of other queues.
  package var likeRow: Int?
  package internal(set) var distances: Column<Float>?
  /// Whether it is of samples on which reviewers differ: a verdict on them here is an adjudication.
  package var isOfDisputes = false
  /// Where a range of samples begins that is being selected; nil while none is.
  package var rangeStart: Int?

  package enum Phase: Sendable, Equatable {
    /// The order is being made; the rows of before are still shown.
    case waiting
    case ready
    /// The job was stopped: the rows are those of before.
    case stopped
  }

  package init(
    id: Int, title: String, base: ContiguousArray<Int32>? = nil, rule: String? = nil, group: FoundGroup? = nil
  ) {
    self.id = id
    self.title = title
    self.base = base
    self.rule = rule
    self.group = group
  }

  /// Places of the samples from where a range began to the cursor.
  package var range: ClosedRange<Int>? {
    guard let rangeStart, rows.indices.contains(rangeStart), rows.indices.contains(list.cursor) else {
      return nil
    }
    return min(rangeStart, list.cursor)...max(rangeStart, list.cursor)
  }

  package var currentRow: Int? { rows.indices.contains(list.cursor) ? Int(rows[list.cursor]) : nil }

  /// What decides which rows are shown, as one text; nil for all rows.
  package var description: String? {
    let parts = (rule.map { [$0] } ?? []) + filters.map(\.source)
    return parts.isEmpty ? nil : parts.joined(separator: " & ")
  }
}

/// A cursor in a list and the first line that is shown.
package struct ListCursor: Sendable, Equatable {
  package var cursor = 0
  package var top = 0

  /// Brings the cursor into 0..<count and into the window of `height` lines.
  mutating func settle(count: Int, height: Int) {
    cursor = cursor.clamped(to: 0...max(0, count - 1))
    let height = max(1, height)
    if cursor < top { top = cursor }
    if cursor >= top + height { top = cursor - height + 1 }
    top = top.clamped(to: 0...max(0, count - height))
  }

  /// - Parameter count: typed before the command; nil for none.
  mutating func move(_ command: Command, count: Int?, total: Int, page: Int) {
    let times = count ?? 1
    let limit = max(0, total - 1)
    func step(_ size: Int) -> Int {
      let (distance, overflow) = size.multipliedReportingOverflow(by: times)
      return overflow ? (size < 0 ? -limit : limit) : distance.clamped(to: -limit...limit)
    }
    switch command {
    case .down: cursor += step(1)
    case .up: cursor += step(-1)
    case .halfDown: cursor += step(max(1, page / 2))
    case .halfUp: cursor += step(-max(1, page / 2))
    case .pageDown: cursor += step(max(1, page - 1))
    case .pageUp: cursor += step(-max(1, page - 1))
    case .first: cursor = (count ?? 1) - 1
    case .last: cursor = count.map { $0 - 1 } ?? limit
    default: break
    }
    cursor = cursor.clamped(to: 0...limit)
  }
}
