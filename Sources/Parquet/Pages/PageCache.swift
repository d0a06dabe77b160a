/// What was decoded of some pages, by the rows that it holds: the last ones, as much as may be kept. Who looks at samples of a
/// column of some megabytes decodes each page once.
struct PageCache<Content: Sendable>: Sendable {
  private var parts: [(rows: Range<Int>, content: Content, bytes: Int)] = []
  private var bytes = 0

  /// Together, but for the last one.
  private static var limit: Int { 64 << 20 }

  func part(with row: Int) -> (rows: Range<Int>, content: Content)? {
    parts.first { $0.rows.contains(row) }.map { ($0.rows, $0.content) }
  }

  /// - Parameter bytes: about what the content takes.
  mutating func add(_ content: Content, rows: Range<Int>, bytes added: Int) {
    parts.append((rows, content, added))
    bytes += added
    while bytes > Self.limit, parts.count > 1 { bytes -= parts.removeFirst().bytes }
  }
}
