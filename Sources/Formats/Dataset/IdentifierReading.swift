import Model

/// Sample ids that are distinct, whatever the file says.
enum IdentifierReading {
  /// Doubled ids get "-2", "-3" …, so that a decision never hits two rows.
  /// - Returns: also the ids that stand more than once, in order of their second appearance.
  static func distinct(_ ids: some Sequence<String>) -> (StringColumn, doubled: [String]) {
    var names = DistinctNames { "\($0)-\($1)" }
    var builder = StringColumn.Builder()
    for id in ids { builder.append(names.take(id)) }
    return (builder.finish(), names.doubled)
  }

  /// Ids of a dataset that brings none: the first 16 digits of each sample's content digest, stable however the
  /// rows are ordered.
  static func derived(from contents: any PayloadSource, count: Int) -> StringColumn {
    distinct((0..<count).lazy.map { String(contents.contentDigest(at: $0).hex.prefix(16)) }).0
  }
}

/// Gives every name that was taken already a number.
struct DistinctNames {
  private let numbered: (String, Int) -> String
  private var seen: Set<String> = []
  /// The number that a name which stands more than once gets next, so that a million equal names take no longer than
  /// a million different ones.
  private var next: [String: Int] = [:]
  private(set) var doubled: [String] = []

  /// - Parameter numbered: a name with a number.
  init(numbered: @escaping (String, Int) -> String) { self.numbered = numbered }

  mutating func take(_ name: String) -> String {
    if seen.insert(name).inserted { return name }
    var number = next[name] ?? 2
    if number == 2 { doubled.append(name) }
    while !seen.insert(numbered(name, number)).inserted { number += 1 }
    next[name] = number + 1
    return numbered(name, number)
  }
}
