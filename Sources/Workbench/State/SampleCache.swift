import Model

/// What is at hand of the samples that the screens show. It came as values, which an `Effect` asked for; what has not
/// been drawn for long gives way.
package struct SampleCache: Sendable {
  private var recent: [Int: Result<Payload, PayloadProblem>] = [:]
  /// What was at hand when `recent` was full.
  private var older: [Int: Result<Payload, PayloadProblem>] = [:]
  private var digests: [Int: Digest] = [:]
  private var awaited = SampleNeeds()
  /// Of `recent`.
  private var bytes = 0

  /// Beside what the screen on top shows, which always stays.
  private static let maxBytes = 16 << 20
  private static let maxDigests = 256

  /// Nil while it is being read.
  package subscript(row: Int) -> Result<Payload, PayloadProblem>? { recent[row] ?? older[row] }
  /// Of a row of a table.
  func cell(_ column: DataColumn, of row: Int) -> String? {
    guard case .success(.row(let fields)) = self[row] else { return nil }
    return fields.first { $0.name == column.name }?.value
  }
  package func digest(of row: Int) -> Digest? { digests[row] }

  /// Keeps what is wanted now.
  /// - Returns: what of it is neither at hand nor asked for.
  mutating func want(_ needs: SampleNeeds) -> SampleNeeds {
    var lacking = SampleNeeds()
    for row in needs.rows where recent[row] == nil {
      if let payload = older.removeValue(forKey: row) {
        keep(payload, of: row)
      } else if !awaited.rows.contains(row) {
        awaited.rows.append(row)
        lacking.rows.append(row)
      }
    }
    for row in needs.digests where digests[row] == nil && !awaited.digests.contains(row) {
      awaited.digests.append(row)
      lacking.digests.append(row)
    }
    return lacking
  }

  mutating func take(_ values: SampleValues) {
    if bytes > Self.maxBytes {
      older = recent
      recent = [:]
      bytes = 0
    }
    for (row, payload) in values.payloads { keep(payload, of: row) }
    if digests.count > Self.maxDigests { digests = [:] }
    digests.merge(values.digests) { $1 }
    awaited.rows.removeAll { values.payloads[$0] != nil }
    awaited.digests.removeAll { values.digests[$0] != nil }
  }

  private mutating func keep(_ payload: Result<Payload, PayloadProblem>, of row: Int) {
    guard recent.updateValue(payload, forKey: row) == nil else { return }
    bytes += Self.bytes(of: payload)
  }

  private static func bytes(of payload: Result<Payload, PayloadProblem>) -> Int {
    let content =
      switch payload {
      case .success(.image(let image)): image.pixels.count
      case .success(.text(let text)): text.utf8.count
      case .success(.row(let fields)): fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 32 }
      case .success(.features(let values)): 4 * values.count
      case .failure(let problem): problem.reason.utf8.count
      }
    return content + 64
  }
}
