import Model
import Synchronization

/// The columns of the rows of a table themselves. A column is read when it is first asked for, for which all rows are
/// parsed, and kept.
package final class DataColumns: Sendable {
  package enum Values: Sendable {
    /// By row; NaN where a cell holds no number.
    case numbers([Double])
    /// Index into the names by row, -1 of an empty cell.
    case names(codes: [Int32], [String])
  }

  let all: [DataColumn]
  private let payloads: any PayloadSource
  private let count: Int
  private let loaded = Mutex<[Int: Values]>([:])
  /// Rows of the column that is being read; -1 while none is.
  private let rowsRead = Atomic<Int>(-1)

  /// What a column holds is told from so many rows, spread evenly.
  private static let sampled = 64
  /// A table that is wider is looked at by its first columns.
  private static let maxColumns = 500
  /// Share of the filled cells that must be numbers for a column of numbers.
  private static let numericShare = 0.9

  init(_ payloads: any PayloadSource, count: Int, modality: Modality) {
    self.payloads = payloads
    self.count = count
    guard modality == .tabular else {
      all = []
      return
    }
    var order: [String] = []
    var cells: [String: [String]] = [:]
    for place in 0..<min(count, Self.sampled) {
      guard case .success(.row(let fields)) = payloads.payload(at: place * count / min(count, Self.sampled))
      else { continue }
      for field in fields {
        if cells[field.name] == nil { order.append(field.name) }
        cells[field.name, default: []].append(field.value)
      }
    }
    all = order.prefix(Self.maxColumns).map { name in
      let filled = cells[name, default: []].filter { !$0.isEmpty }
      let numbers = filled.count { DataColumn.number($0) != nil }
      return DataColumn(
        name: name, isNumeric: numbers > 0 && Double(numbers) >= Self.numericShare * Double(filled.count))
    }
  }

  /// The cell of one row; nil where it has none.
  package func cell(_ column: Int, at row: Int) -> String? {
    if let values = loaded.withLock({ $0[column] }), case .names(let codes, let names) = values {
      return codes[row] < 0 ? nil : names[Int(codes[row])]
    }
    return readCell(column, at: row)
  }

  /// NaN where the cell holds no number.
  package func number(_ column: Int, at row: Int) -> Double {
    if let values = loaded.withLock({ $0[column] }), case .numbers(let numbers) = values {
      return numbers[row]
    }
    return cell(column, at: row).flatMap(DataColumn.number) ?? .nan
  }

  /// All values of a column. Takes as long as parsing all rows does the first time.
  /// - Returns: nil when cancelled.
  func values(_ column: Int, isCancelled: () -> Bool) -> Values? {
    if let known = loadedValues(column) { return known }
    rowsRead.store(0, ordering: .relaxed)
    defer { rowsRead.store(-1, ordering: .relaxed) }
    let read = all[column].isNumeric ? numbers(column, isCancelled) : names(column, isCancelled)
    guard let values = read else { return nil }
    loaded.withLock { $0[column] = values }
    return values
  }

  /// How much of a column has been read, from 0 to 1; nil while none is being read.
  package var progress: Double? {
    let rows = rowsRead.load(ordering: .relaxed)
    return rows < 0 || count == 0 ? nil : Double(rows) / Double(count)
  }

  /// Nil of a column that nobody has asked for yet.
  func loadedValues(_ column: Int) -> Values? { loaded.withLock { $0[column] } }

  private func numbers(_ column: Int, _ isCancelled: () -> Bool) -> Values? {
    var values: [Double] = []
    values.reserveCapacity(count)
    let isDone = Blocks.fold(count: count, isCancelled: isCancelled) { [self] block in
      block.map { readCell(column, at: $0).flatMap(DataColumn.number) ?? .nan }
    } merge: {
      values += $0
      rowsRead.store(values.count, ordering: .relaxed)
    }
    return isDone ? .numbers(values) : nil
  }

  private func names(_ column: Int, _ isCancelled: () -> Bool) -> Values? {
    var codes: [Int32] = []
    codes.reserveCapacity(count)
    var names: [String] = []
    var places: [String: Int32] = [:]
    let isDone = Blocks.fold(count: count, isCancelled: isCancelled) { [self] block in
      block.map { readCell(column, at: $0) }
    } merge: { cells in
      for cell in cells {
        guard let cell, !cell.isEmpty else {
          codes.append(-1)
          continue
        }
        let code = places[cell] ?? Int32(names.count)
        if Int(code) == names.count {
          places[cell] = code
          names.append(cell)
        }
        codes.append(code)
      }
      rowsRead.store(codes.count, ordering: .relaxed)
    }
    return isDone ? .names(codes: codes, names) : nil
  }

  private func readCell(_ column: Int, at row: Int) -> String? {
    guard case .success(.row(let fields)) = payloads.payload(at: row) else { return nil }
    return fields.first { $0.name == all[column].name }?.value
  }
}
