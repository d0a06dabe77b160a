import Model
import Workbench

/// The order of all rows by a column, by the standard sort on values: missing ones last in either direction, equal
/// ones in the order of the dataset.
struct SortOracle {
  let state: State
  let samples: CaseSamples

  private enum Value: Comparable {
    case number(Double)
    case integer(Int64)
    case text(String)
  }

  func sorted(by column: RowColumn, descending: Bool) -> [Int] {
    let values = (0..<state.material.count).map { value($0, column) }
    return values.indices.sorted { a, b in
      switch (values[a], values[b]) {
      case (nil, nil): a < b
      case (nil, _): false
      case (_, nil): true
      case (let x?, let y?): x == y ? a < b : descending ? x > y : x < y
      }
    }
  }

  private func value(_ row: Int, _ column: RowColumn) -> Value? {
    let material = state.material
    func number(_ value: Float) -> Value? { value.isNaN ? nil : .number(Double(value)) }
    switch column {
    case .rank:
      return number(material.report.suspicion[row]).map { _ in .integer(Int64(state.summary?.rank[row] ?? -1))
      }
    case .diverse:
      let incident = material.report.incidentCodes[row]
      let before =
        incident < 0
        ? 0
        : (state.summary?.order ?? []).prefix { Int($0) != row }.count {
          material.report.incidentCodes[Int($0)] == incident
        }
      let suspicion = min(material.report.suspicion[row], 1 - Float.ulpOfOne)
      return number(suspicion / (1 - suspicion) / Float(1 + before))
    case .verdict:
      return state.marks[row].flatMap { VerdictMark.allCases.firstIndex(of: $0) }.map { .integer(Int64($0)) }
    case .id:
      let ids = material.report.ids
      let word = ids[0].prefix { !$0.isNumber }
      func number(_ id: String) -> Int64? { id.hasPrefix(word) ? Int64(id.dropFirst(word.count)) : nil }
      return ids.allSatisfy { number($0) != nil }
        ? number(ids[row]).map { .integer($0) } : .text(ids[row])
    case .suspicion: return number(material.report.suspicion[row])
    case .label: return material.label(of: row).map { .text($0) }
    case .suggested: return material.suggestedLabel(of: row).map { .text($0) }
    case .hypothesis:
      let name = material.hypothesis(of: row)
      return name == "none" ? nil : .text(name)
    case .source: return material.source(of: row).map { .text($0) }
    case .time: return material.time(of: row).map { .integer($0) }
    case .cluster: return material.cluster(of: row).map { .integer(Int64($0)) }
    case .incident:
      return material.report.incidents.firstIndex { $0.members.contains(Int32(row)) }.map {
        .integer(Int64($0))
      }
    case .finding: return material.findings(of: row).first.map { .integer(Int64($0)) }
    case .detector(let index): return number(material.detectors[index].percentile[row])
    case .raw(let index): return number(material.detectors[index].raw[row])
    case .layout(let axis): return material.layout(of: row).flatMap { number(axis == 0 ? $0.x : $0.y) }
    case .data(let index, let isNumeric):
      guard let cell = samples.columns.cell(index, at: row), !cell.isEmpty else { return nil }
      return isNumeric ? Double(cell).map { number(Float($0)) } ?? nil : .text(cell)
    case .tag: return state.marks.tags.of(row).first.map { .text($0) }
    case .settled, .reviewer: return nil
    case .text, .distance, .shuffled: return nil
    }
  }
}
