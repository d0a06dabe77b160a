import Model

/// A column and a direction.
package struct Sort: Sendable, Equatable {
  package var column: RowColumn
  package var descending: Bool
  package static let bySuspicion = Sort(column: .suspicion, descending: true)
  package init(column: RowColumn, descending: Bool) {
    self.column = column
    self.descending = descending
  }
}

/// A key for every row of a column, for `radixSorted`. Missing values come last in either direction. Names are in
/// the order of their bytes, ids that are a number behind what all have in common in that of the numbers.
struct SortKeys {
  private let material: CaseMaterial
  private let sort: Sort
  private let marks: Marks
  private let firstFinding: ContiguousArray<Int32>
  private let nameOrder: [UInt64]
  private let commonPrefix: Int
  private let idsAreNumbers: Bool
  let bits: Int

  init(_ sort: Sort, material: CaseMaterial, marks: Marks, survey: CaseSummary) {
    self.material = material
    self.sort = sort
    self.marks = marks
    firstFinding = survey.firstFinding
    switch sort.column {
    case .label, .suggested, .source, .hypothesis:
      let names = CompiledFilter.nameValues(sort.column, material)
      var order = [UInt64](repeating: 0, count: names.count)
      for (place, code) in names.indices.sorted(by: { names[$0] < names[$1] }).enumerated() {
        order[code] = UInt64(place)
      }
      nameOrder = order
    default: nameOrder = []
    }
    bits = sort.column == .time || sort.column == .id ? 64 : 33
    let ids = material.report.ids
    commonPrefix = sort.column == .id ? Self.commonPrefix(ids) : 0
    let prefix = commonPrefix
    idsAreNumbers =
      sort.column == .id
      && ids.indices.allSatisfy { ids.withUTF8(at: $0) { Self.number(behind: prefix, $0) != nil } }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Nil where what follows is no number of at most 18 digits.
  private static func number(behind prefix: Int, _ id: UnsafeBufferPointer<UInt8>) -> UInt64? {
    let digits = id[min(prefix, id.count)...]
    guard (1...18).contains(digits.count), digits.allSatisfy(isDigit) else { return nil }
    return digits.reduce(0) { 10 * $0 + UInt64($1 - 0x30) }
  }

  /// Bytes that all ids begin with, digits at their end left out.
  private static func commonPrefix(_ ids: StringColumn) -> Int {
    guard let first = ids.first.map({ Array($0.utf8) }) else { return 0 }
    var length = first.count
    for row in ids.indices where length > 0 {
      ids.withUTF8(at: row) { id in
        length = min(length, id.count)
        if let other = (0..<length).first(where: { id[$0] != first[$0] }) { length = other }
      }
    }
    while length > 0, isDigit(first[length - 1]) { length -= 1 }
    return length
  }

  /// Rows whose ids differ only behind the bytes of their key.
  func refined(_ rows: ContiguousArray<Int32>) -> ContiguousArray<Int32> {
    guard sort.column == .id else { return rows }
    var rows = rows
    var start = 0
    while start < rows.count {
      let first = key(Int(rows[start]))
      var end = start + 1
      while end < rows.count, key(Int(rows[end])) == first { end += 1 }
      if end - start > 1 {
        let ids = material.report.ids
        rows[start..<end].sort { a, b in
          let (a, b) = sort.descending ? (b, a) : (a, b)
          return ids.withUTF8(at: Int(a)) { a in
            ids.withUTF8(at: Int(b)) { b in a.lexicographicallyPrecedes(b) }
          }
        }
      }
      start = end
    }
    return rows
  }

  private var missing: UInt64 { bits == 64 ? .max : (1 << 33) - 1 }

  func key(_ row: Int) -> UInt64 {
    guard let key = ascending(row) else { return missing }
    return sort.descending ? missing - 1 - key : key
  }

  /// Below `missing`, nil where the row has no value.
  private func ascending(_ row: Int) -> UInt64? {
    let report = material.report
    switch sort.column {
    case .suspicion: return number(report.suspicion[row])
    case .detector(let index): return number(material.detectors[index].percentile[row])
    case .raw(let index): return number(material.detectors[index].raw[row])
    case .cluster: return material.cluster(of: row).map(UInt64.init)
    // The least time stands for a missing one and never comes here, so that all are below `missing`.
    case .time: return material.time(of: row).map { (UInt64(bitPattern: $0) ^ 1 << 63) - 1 }
    case .id:
      // Eight bytes behind what all have in common; no UTF-8 is all ones, which is what `missing` is.
      return report.ids.withUTF8(at: row) { id in
        if idsAreNumbers { return Self.number(behind: commonPrefix, id) }
        return (0..<8).reduce(0) { key, index in
          key << 8 | (commonPrefix + index < id.count ? UInt64(id[commonPrefix + index]) : 0)
        }
      }
    case .text: return nil
    case .verdict: return marks[row].flatMap { VerdictMark.allCases.firstIndex(of: $0) }.map(UInt64.init)
    case .incident:
      let code = row < report.incidentCodes.count ? report.incidentCodes[row] : -1
      return code < 0 ? nil : UInt64(code)
    case .finding: return firstFinding[row] < 0 ? nil : UInt64(firstFinding[row])
    case .label: return name(row < report.labels.count ? report.labels[row] : -1)
    case .suggested: return name(row < report.suggestedLabels.count ? report.suggestedLabels[row] : -1)
    case .source: return name(report.sources?.codes[row] ?? -1)
    case .hypothesis:
      let code = row < report.hypothesis.count ? Int32(report.hypothesis[row]) : 0
      return code == 0 ? nil : name(code)
    }
  }

  private func number(_ value: Float) -> UInt64? { value.isNaN ? nil : UInt64(orderedBits(value)) }
  private func name(_ code: Int32) -> UInt64? {
    code >= 0 && Int(code) < nameOrder.count ? nameOrder[Int(code)] : nil
  }
}
