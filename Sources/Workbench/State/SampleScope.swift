import Model

/// The samples that a plot or a pivot is of: all of them, or those of the queue from which it was opened, with its
/// conditions and those that were given on the screen itself.
package struct SampleScope: Sendable {
  /// Nil for all rows.
  package var base: ContiguousArray<Int32>?
  /// What the base is, in words that a decision records; nil for all rows.
  package var rule: String?
  package var group: FoundGroup?
  package var filters: [CompiledFilter] = []

  package init() {}

  /// Those of a queue.
  init(_ queue: Queue) {
    base = queue.base
    rule = queue.rule
    group = queue.group
    filters = queue.filters
  }

  /// What decides which samples these are, as one text; nil for all.
  package var description: String? {
    let parts = (rule.map { [$0] } ?? []) + filters.map(\.source)
    return parts.isEmpty ? nil : parts.joined(separator: " & ")
  }
}
