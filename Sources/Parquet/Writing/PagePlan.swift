/// Which entries and values make one page.
struct PagePlan {
  let entries: Range<Int>
  let values: Range<Int>

  /// Pages of about a megabyte that begin with a record.
  static func pages(_ column: LeafColumn, _ values: RawValues) -> [PagePlan] {
    var pages: [PagePlan] = []
    var entryStart = 0
    var valueStart = 0
    var value = 0
    var size = 0
    let maxDefinition = UInt8(column.leaf.maxDefinition)
    for entry in 0..<column.entryCount {
      let beginsRecord = column.repetition.map { $0[entry] == 0 } ?? true
      if beginsRecord, size >= pageSize || entry - entryStart >= entryLimit {
        pages.append(PagePlan(entries: entryStart..<entry, values: valueStart..<value))
        (entryStart, valueStart, size) = (entry, value, 0)
      }
      if column.definition.map({ $0[entry] == maxDefinition }) ?? true {
        size += values.width > 0 ? values.width : values[value].count + 4
        value += 1
      }
    }
    if column.entryCount > entryStart {
      pages.append(PagePlan(entries: entryStart..<column.entryCount, values: valueStart..<value))
    }
    return pages
  }

  private static let pageSize = 1 << 20
  private static let entryLimit = 1 << 17
}
