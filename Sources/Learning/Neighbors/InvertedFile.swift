import Numerics

/// An inverted file (IVF; Jégou, Douze & Schmid, "Product quantization for nearest neighbor search", TPAMI 2011, without
/// the quantized codes): items in cells of near ones, each with its center, so that a query looks at the items of the
/// nearest cells instead of at all.
struct InvertedFile: Sendable {
  /// Items of one cell that a search is among: all of them, or those of one class.
  struct List: Sendable {
    let cell: Int
    let items: Range<Int>
  }

  /// The search with its items cell by cell, within a cell class by class.
  let search: NeighborSearch
  /// Items of each cell; none is empty.
  let cells: [Range<Int>]
  /// [cells, D]; means of the centered points.
  let centers: [Float]
  /// [items, D]; points less the center of their cell.
  let offsets: InterleavedRows
  /// Largest norm of a cell's offsets.
  let radii: [Float]
  let lists: [List]
  let classLists: [Int: [List]]

  /// - Throws: what the search's `checkCancellation` throws.
  init(_ given: NeighborSearch, seed: UInt64) throws {
    let width = given.features.columns
    let count = given.items.count
    // As many as make the time to find a cell and the time to look through it grow alike; twice the root, so that a
    // cell holds some hundred items, enough for a product of matrices and few enough to choose among.
    let wanted = min(count, Int(2 * Double(count).squareRoot()))
    let quantizer = try CoarseQuantizer.train(
      given.points, width: width, cells: wanted, seed: seed, workers: given.workers,
      checkCancellation: given.checkCancellation)
    var members = [[Int32]](repeating: [], count: wanted)
    for (item, cell) in try quantizer.nearest(to: given.points, workers: given.workers).enumerated() {
      members[Int(cell)].append(Int32(item))
    }
    let cut = CellCut(points: given.points, width: width, maxItems: 4 * count / wanted)
    let parts = members.flatMap(cut.parts)
    let search = given.reordered(parts.joined().map(Int.init))
    var cells: [Range<Int>] = []
    for part in parts {
      let start = cells.last?.upperBound ?? 0
      cells.append(start..<start + part.count)
    }
    self.search = search
    self.cells = cells
    let centers = cells.flatMap { Self.mean(of: search.points, $0, width: width) }
    var cellOfItem = [Int32](repeating: 0, count: count)
    for (cell, items) in cells.enumerated() {
      for item in items { cellOfItem[item] = Int32(cell) }
    }
    let offsets = search.points.withUnsafeBufferPointer { points in
      centers.withUnsafeBufferPointer { centers in
        InterleavedRows(rows: count, width: width) { item, target in
          guard let points = points.baseAddress, let centers = centers.baseAddress else { return }
          Distance.subtract(
            centers + Int(cellOfItem[item]) * width, from: points + item * width, into: target, count: width)
        }
      }
    }
    radii = cells.map { cell in (cell.lazy.map(offsets.norm).max() ?? 0).squareRoot() }
    self.offsets = offsets
    self.centers = centers
    lists = cells.enumerated().map { List(cell: $0, items: $1) }
    var classLists: [Int: [List]] = [:]
    for (cell, items) in cells.enumerated() {
      for run in search.items.runs(in: items) where run.label >= 0 {
        classLists[run.label, default: []].append(List(cell: cell, items: run.items))
      }
    }
    self.classLists = classLists
  }

  private static func mean(of points: [Float], _ items: Range<Int>, width: Int) -> [Float] {
    var sums = [Double](repeating: 0, count: width)
    for item in items {
      for j in 0..<width { sums[j] += Double(points[item * width + j]) }
    }
    return sums.map { Float($0 / Double(items.count)) }
  }
}
