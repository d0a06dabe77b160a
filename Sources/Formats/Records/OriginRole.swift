/// What a column can say of where a sample comes from.
package enum OriginRole: String, Sendable, CaseIterable {
  case source, time

  /// What a column is called that a file lacks: the name that a reader looks for before any other.
  package var columnName: String {
    switch self {
    case .source: "source"
    case .time: "ingested_at"
    }
  }
}
