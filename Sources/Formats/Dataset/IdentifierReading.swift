import Model

/// Sample ids that are distinct, whatever the file says.
enum IdentifierReading {
  /// Doubled ids get "-2", "-3" …, with a note, so that a decision never hits two rows.
  static func distinct(_ ids: some Sequence<String>) -> (StringColumn, doubled: Int) {
    var seen: Set<String> = []
    var builder = StringColumn.Builder()
    var doubled = 0
    for id in ids {
      var candidate = id
      var number = 2
      while !seen.insert(candidate).inserted {
        candidate = "\(id)-\(number)"
        number += 1
      }
      if candidate != id { doubled += 1 }
      builder.append(candidate)
    }
    return (builder.finish(), doubled)
  }

  /// Ids of a dataset that brings none: the first 16 digits of each sample's content digest, stable however the
  /// rows are ordered.
  static func derived(from contents: any PayloadSource, count: Int) -> StringColumn {
    distinct((0..<count).lazy.map { String(contents.contentDigest(at: $0).hex.prefix(16)) }).0
  }
}
