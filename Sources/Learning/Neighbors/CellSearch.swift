import Numerics

/// The search through an inverted file: each query looks at the items of the lists nearest to it until it has seen
/// `budget` of them. Queries of one cell go together, so that a list is read once for all of them that look at it.
///
/// Queries and items are taken relative to the center of the list. Products of small values round little; otherwise
/// rounding would hide the neighbors in a dense clump far from the middle of the data.
///
/// What is found for a query depends neither on the threads nor on the queries beside it.
struct CellSearch: Sendable {
  let file: InvertedFile
  let k: Int
  let sameClass: Bool
  /// Smallest number of items that a query is compared with; a list is searched as a whole.
  var budget: Int
  /// Lists that a query looks at however much they hold: its neighbors often lie on both sides of a border.
  private static let minLists = 4

  private var search: NeighborSearch { file.search }
  private var width: Int { search.features.columns }

  /// The k nearest of each of `queries`, ascending items of one cell; where fewer than k are found there are no more.
  func nearest(to queries: [Int], in cell: Int) -> [[Candidate]] {
    guard sameClass else { return nearest(to: queries, in: cell, among: file.lists) }
    let labels = search.items.labels
    var found: [[Candidate]] = []
    while found.count < queries.count {
      let label = labels[queries[found.count]]
      let alike = Array(queries[found.count...].prefix { labels[$0] == label })
      found += nearest(to: alike, in: cell, among: file.classLists[label] ?? [])
    }
    return found
  }

  private func nearest(
    to queries: [Int], in cell: Int, among lists: [InvertedFile.List]
  ) -> [[Candidate]] {
    let lists = candidates(lists, near: cell)
    let bounds = bounds(of: queries, to: lists)
    let kept = CandidateLists(queries: queries.count, kept: k + NeighborSearch.slack)
    for (index, list) in lists.enumerated() {
      // Whose kept candidates are all nearer than the list can be, need not look at it (the triangle inequality):
      // in few dimensions, where bounds are tight, this leaves a list or two.
      let looking = queries.indices.filter { bounds[index * queries.count + $0] < kept.thresholds[$0] }
      guard !looking.isEmpty else { continue }
      let asking = Offsets(of: looking.map { queries[$0] }, from: list.cell, in: file)
      // The scan leaves the query's own norm out, which differs from list to list.
      var limits = looking.indices.map { kept.thresholds[looking[$0]] - asking.norms[$0] }
      limits.withUnsafeMutableBufferPointer { limits in
        asking.factors.withUnsafeBufferPointer { factors in
          guard let limits = limits.baseAddress, let factors = factors.baseAddress else { return }
          file.offsets.scan(factors, count: looking.count, range: list.items, limits: limits) {
            row, value, item in
            let query = looking[row]
            guard item != queries[query] else { return }
            kept.insert(value + asking.norms[row], item, query: query)
            limits[row] = kept.thresholds[query] - asking.norms[row]
          }
        }
      }
    }
    return queries.indices.map { search.nearest(k, of: kept.finish(query: $0), to: queries[$0]) }
  }

  /// The lists that some query of the cell may look at, nearest to the cell first: enough for three budgets.
  private func candidates(_ lists: [InvertedFile.List], near cell: Int) -> [InvertedFile.List] {
    var order = distances(from: file.centers, row: cell, to: lists)
    // Of thousands of lists some tens are wanted: they alone are sorted, and more if they hold too little.
    var count = 3 * Self.minLists
    while true {
      count = min(2 * count, order.count)
      order.withUnsafeMutableBufferPointer { Selection.select(count, of: $0) }
      var seen = 0
      let enough = order[..<count].sorted().enumerated().prefix { rank, candidate in
        defer { seen += lists[Int(candidate.item)].items.count }
        return seen < 3 * budget || rank < 3 * Self.minLists
      }
      if enough.count < count || count == order.count { return enough.map { lists[Int($0.element.item)] } }
    }
  }

  /// [lists, queries]: no item of the list is nearer to the query than the root; infinite where the list is not among
  /// the nearest that make the budget up.
  private func bounds(of queries: [Int], to lists: [InvertedFile.List]) -> [Float] {
    var bounds = [Float](repeating: .infinity, count: queries.count * lists.count)
    for (index, query) in queries.enumerated() {
      var order = distances(from: search.points, row: query, to: lists)
      order.sort()
      var seen = 0
      for (rank, candidate) in order.enumerated() where seen < budget || rank < Self.minLists {
        let list = lists[Int(candidate.item)]
        seen += list.items.count
        let gap = max(0, candidate.value.squareRoot() - file.radii[list.cell])
        bounds[Int(candidate.item) * queries.count + index] = gap * gap
      }
    }
    return bounds
  }

  /// Squared distances from a row to the centers of lists, with the lists' indices.
  private func distances(from rows: [Float], row: Int, to lists: [InvertedFile.List]) -> [Candidate] {
    rows.withUnsafeBufferPointer { rows in
      file.centers.withUnsafeBufferPointer { centers in
        guard let from = rows.baseAddress, let centers = centers.baseAddress else { return [] }
        return lists.enumerated().map { index, list in
          Candidate(
            value: Distance.squared(from + row * width, centers + list.cell * width, count: width),
            item: Int32(index))
        }
      }
    }
  }
}

/// Queries less the center of a list that they look at.
private struct Offsets {
  /// Squared.
  let norms: [Float]
  /// [queries, D]; times −2, as ‖q − x‖² = ‖q‖² − 2 q · x + ‖x‖².
  let factors: [Float]

  init(of queries: [Int], from cell: Int, in file: InvertedFile) {
    let width = file.search.features.columns
    var norms = [Float](repeating: 0, count: queries.count)
    factors = [Float](unsafeUninitializedCapacity: queries.count * width) { target, count in
      count = queries.count * width
      file.search.points.withUnsafeBufferPointer { points in
        file.centers.withUnsafeBufferPointer { centers in
          guard let to = target.baseAddress, let from = points.baseAddress, let center = centers.baseAddress
          else { return }
          for (index, query) in queries.enumerated() {
            let own = to + index * width
            Distance.subtract(center + cell * width, from: from + query * width, into: own, count: width)
            norms[index] = Distance.dot(own, own, count: width)
            for column in 0..<width { own[column] *= -2 }
          }
        }
      }
    }
    self.norms = norms
  }
}
