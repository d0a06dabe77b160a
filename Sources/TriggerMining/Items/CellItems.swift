import Glibc
import Model
import Numerics
import Scanning

/// Values of table columns, and of pairs and triples of columns, in three views: exact values, and bins of equal counts,
/// coarse and fine, the fine ones also shifted by half a bin, so that a narrow range lies whole in one of them.
///
/// Places are all columns and all pairs. What stands out there is refined: pairs to triples, as the number of all triples
/// grows with the cube; and ranges to ranges three times as wide, as a bin cuts off a part of a planted range, which
/// would then speak for its neighborhood.
///
/// Columns may say the same of a few rows: a rare category that never comes without a rare category of another column.
/// They are one item, whichever of them it was found in (`columns(of:at:)`).
package struct CellItems: ItemSource {
  /// Columns, in the order of the file, that pairs and triples are formed of: their number grows with the square.
  private static let pairedColumns = 64
  /// Columns that a sentence names; the item has all.
  private static let maxTold = 6

  private struct Place {
    let view: Int
    let columns: [Int]
    var isGrown = false
  }
  private let columns: [TableColumn]
  private let views: [ColumnDiscretization]
  private let list: [Place]
  private let paired: Int
  private let rowCount: Int

  package init(columns: [TableColumn], rowCount: Int) {
    self.columns = columns
    self.rowCount = rowCount
    let views = ColumnDiscretization.all(of: columns)
    let paired = min(columns.count, Self.pairedColumns)
    self.paired = paired
    self.views = views
    list = views.indices.flatMap { view -> [Place] in
      // Bins that are the values again have been looked at already.
      let news = columns.indices.map { !views[view].isExact(column: $0) || view == 0 }
      let singles = columns.indices.filter { news[$0] }.map { Place(view: view, columns: [$0]) }
      let pairs = (0..<paired).flatMap { first in
        (first + 1..<max(paired, first + 1)).filter { news[first] || news[$0] }.map {
          Place(view: view, columns: [first, $0])
        }
      }
      return singles + pairs
    }
  }

  package var places: Int { list.count }

  /// Triples are numbered after the listed places, and the listed places once more, grown, after those.
  private func place(at index: Int) -> Place {
    guard index >= list.count else { return list[index] }
    var rest = index - list.count
    if rest >= tripleNumbers {
      let place = list[rest - tripleNumbers]
      return Place(view: place.view, columns: place.columns, isGrown: true)
    }
    var columns: [Int] = []
    for _ in 0..<3 {
      columns.insert(rest % paired, at: 0)
      rest /= paired
    }
    return Place(view: rest, columns: columns)
  }

  private var tripleNumbers: Int { views.count * paired * paired * paired }

  private func index(ofTriple columns: [Int], view: Int) -> Int {
    list.count + columns.sorted().reduce(view) { $0 * paired + $1 }
  }

  package func columns(at place: Int) -> [Int] { self.place(at: place).columns }

  /// The columns of a place, and those in which the holders have one value, or none, that hardly another row has;
  /// ascending.
  package func columns(of rows: [Int32], at place: Int) -> [Int] {
    let own = columns(at: place)
    return columns.indices.filter { own.contains($0) || views[0].tellsApart(rows, column: $0) }
  }

  /// Of items with the same holders the one of fewer columns: the others add what all rows have. Values say more than
  /// bins, fine bins more than coarse ones.
  package func specificity(place: Int) -> Int {
    let place = self.place(at: place)
    return views[place.view].precision - 4 * place.columns.count
  }

  package func forEachItem(
    at place: Int, sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    let place = self.place(at: place)
    let codes = views[place.view].codes
    let first = codes[place.columns[0]]
    let second = place.columns.count > 1 ? codes[place.columns[1]] : nil
    let joined = first.indices.map { row -> UInt64 in
      let other = second?[row] ?? 0
      return first[row] == ColumnDiscretization.none || other == ColumnDiscretization.none
        ? CodeGrouper.none : UInt64(first[row]) << 32 | UInt64(other)
    }
    var grouper = CodeGrouper(rowCount: first.count)
    grouper.forEachGroup(of: joined, sizes: sizes, body)
  }

  package func forEachRefinement(of item: ItemReference, _ body: (ItemReference) -> Void) {
    guard item.place < list.count else { return }
    let place = list[item.place]
    let grown = grown(item)
    if grown.count > item.rows.count, grown.count <= rowCount / 2 {
      body(ItemReference(place: list.count + tripleNumbers + item.place, code: item.code, rows: grown))
    }
    guard place.columns.count == 2 else { return }
    for third in 0..<paired where !place.columns.contains(third) {
      var groups: [UInt32: [Int32]] = [:]
      for row in item.rows {
        let code = views[place.view].codes[third][Int(row)]
        if code != ColumnDiscretization.none { groups[code, default: []].append(row) }
      }
      let triple = index(ofTriple: place.columns + [third], view: place.view)
      for code in groups.keys.sorted() {
        guard let rows = groups[code], rows.count >= ItemTest.minimumHolders else { continue }
        // The three codes, in the order of the columns, whatever pair the triple grew from.
        let codes = self.columns(at: triple).map { views[place.view].codes[$0][Int(rows[0])] }
        body(ItemReference(place: triple, code: codes.reduce(3) { Hash.combine($0, UInt64($1)) }, rows: rows))
      }
    }
  }

  /// The rows whose cells lie no farther from the holders' range than it is wide, in every column.
  private func grown(_ item: ItemReference) -> [Int32] {
    var rows = (0..<rowCount).map(Int32.init)
    for index in list[item.place].columns {
      switch columns[index].values {
      case .categories(let categories):
        let code = categories.codes[item.holder]
        rows = rows.filter { categories.codes[Int($0)] == code }
      case .numbers(let numbers):
        let own = item.rows.map { numbers[Int($0)] }
        guard let low = own.min(), let high = own.max() else { return [] }
        let range = low - (high - low)...high + (high - low)
        rows = rows.filter { range.contains(numbers[Int($0)]) }
      }
    }
    return rows
  }

  /// A triple of columns in one view, and a grown place, have at most a fifth as many items as there are rows.
  package func logRefinements(count: Int) -> Double? {
    let triples = Double(views.count * (paired * max(0, paired - 1) * max(0, paired - 2) / 6))
    return log((triples + Double(list.count)) * Double(count) / Double(ItemTest.minimumHolders))
  }

  package func item(_ item: ItemReference) -> TriggerItem { .cells(cells(item)) }

  package func phrase(_ item: ItemReference) -> String {
    let cells = cells(item)
    let told = cells.prefix(Self.maxTold).map { cell in
      let name = displayText(cell.column)
      switch cell.condition {
      case .category(let category): return "\(name) = \"\(displayText(category))\""
      case .range(let range) where range.low == range.high: return "\(name) = \(range.low)"
      case .range(let range): return "\(name) in \(range.low) to \(range.high)"
      }
    }
    let more = cells.count > told.count ? ["\(cells.count - told.count) more columns"] : []
    return (told + more).joined(separator: " and ")
  }

  /// A column of which the holders have no value has no condition to show.
  private func cells(_ item: ItemReference) -> [TriggerItem.Cell] {
    columns(of: item.rows, at: item.place).compactMap { index in
      let column = columns[index]
      switch column.values {
      case .categories(let categories):
        guard let row = item.rows.first(where: { categories.name(at: Int($0)) != nil }),
          let name = categories.name(at: Int(row))
        else { return nil }
        return .init(column: column.name, .category(name))
      case .numbers(let numbers):
        // The range of the holders, not of the bin: it is what the trigger was seen to be.
        return FiniteRange(spanning: item.rows.map { numbers[Int($0)] }).map {
          .init(column: column.name, .range($0))
        }
      }
    }
  }
}
