import Model

/// What a screen shows of samples themselves, and has not been given yet.
package struct SampleNeeds: Sendable, Equatable {
  /// Rows whose payloads are drawn.
  package var rows: [Int] = []
  /// Rows whose content digest is told.
  package var digests: [Int] = []

  package init(rows: [Int] = [], digests: [Int] = []) {
    self.rows = rows
    self.digests = digests
  }

  package var isEmpty: Bool { rows.isEmpty && digests.isEmpty }

  /// Takes the first so many rows out, or what is left when there are none.
  package mutating func removeFirst(_ count: Int) -> SampleNeeds {
    guard !rows.isEmpty else {
      defer { digests = [] }
      return self
    }
    defer { rows.removeFirst(min(count, rows.count)) }
    return SampleNeeds(rows: Array(rows.prefix(count)))
  }
}

/// The same as values, by row.
package struct SampleValues: Sendable {
  package var payloads: [Int: Result<Payload, PayloadProblem>] = [:]
  package var digests: [Int: Digest] = [:]

  package init() {}

  package mutating func add(_ other: SampleValues) {
    payloads.merge(other.payloads) { $1 }
    digests.merge(other.digests) { $1 }
  }
}
