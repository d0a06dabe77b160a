import Model

/// Mean distance to the ten nearest of the same class over the class's median of it: how far a sample lies from its
/// own (Ramaswamy, Rastogi & Shim, SIGMOD 2000, within classes). Range from 0; NaN without finite features, and in
/// classes of one.
struct ClassDistance: Detector {
  let info = DetectorInfo(
    name: "class-distance", family: .density, summary: "far from the others of its class")
  func run(on input: ScanInput) throws -> Detection {
    guard input.classNeighbors.k > 0 else {
      throw CannotRun("needs labels, features and 2 samples of a class")
    }
    let raw = MeanDistance.scores(input.classNeighbors, k: 10, excluding: input.unusableRows)
    var scores = [Float](repeating: .nan, count: input.count)
    for rows in input.rowsByClass {
      let median = Statistics.median(rows.map { raw[$0] }.filter { !$0.isNaN })
      for row in rows { scores[row] = raw[row] / Float(max(median, 1e-12)) }
    }
    return Detection(scores: scores)
  }
}

/// Mean distance to the ten nearest of all samples (Ramaswamy et al., 2000). Range from 0; NaN without finite
/// features.
struct NeighborDistance: Detector {
  let info = DetectorInfo(
    name: "neighbor-distance", family: .density, summary: "far from every other sample")
  func run(on input: ScanInput) throws -> Detection {
    guard input.neighbors.k > 0 else { throw CannotRun("needs features and at least 2 samples") }
    return Detection(scores: MeanDistance.scores(input.neighbors, k: 10, excluding: input.unusableRows))
  }
}

enum MeanDistance {
  static func scores(_ table: NeighborTable, k: Int, excluding unusable: Set<Int>) -> [Float] {
    let used = min(k, table.k)
    return (0..<table.indices.count / table.k).map { row in
      guard !unusable.contains(row) else { return .nan }
      let places = (row * table.k..<row * table.k + used).filter { table.indices[$0] >= 0 }
      guard !places.isEmpty else { return .nan }
      return places.reduce(Float(0)) { $0 + table.distances[$1] } / Float(places.count)
    }
  }
}

/// How crowded a sample's closest surroundings are: minus the distance to the nearest neighbor relative to the median
/// of all. Copies and near copies score highest. Range up to 0; NaN without finite features.
///
/// Groups of exact copies of one payload are findings where they are larger than chance leaves among distinct data.
struct NearDuplicates: Detector {
  let info = DetectorInfo(
    name: "near-duplicates", family: .duplicates, summary: "a copy or near copy of other samples")
  /// Pairs closer than this share of the median nearest distance are near copies (cleanlab's default).
  static let threshold: Float = 0.13

  func run(on input: ScanInput) throws -> Detection {
    guard input.neighbors.k > 0 else { throw CannotRun("needs features and at least 2 samples") }
    let table = input.neighbors
    let nearest = (0..<input.count).map {
      input.unusableRows.contains($0) ? Float.nan : table.distances[$0 * table.k]
    }
    let median = Float(max(Statistics.median(nearest.filter { !$0.isNaN }), 1e-12))
    var groups = DisjointSets(count: input.count)
    for row in 0..<input.count where !nearest[row].isNaN {
      for place in row * table.k..<(row + 1) * table.k
      where table.indices[place] >= 0 && table.distances[place] < Self.threshold * median {
        groups.join(row, Int(table.indices[place]))
      }
    }
    return Detection(
      scores: nearest.map { -$0 / median }, findings: findings(groups.members(atLeast: 5), input))
  }

  private func findings(_ groups: [[Int]], _ input: ScanInput) -> [Finding] {
    // A table of few distinct rows is full of copies by nature: groups then say nothing.
    let covered = groups.reduce(0) { $0 + $1.count }
    guard covered <= input.count / 4 else { return [] }
    return groups.sorted { $0.count > $1.count }.prefix(50).map { rows in
      let labels = Set(rows.map { input.labels[$0] })
      return Finding(
        kind: .duplicates, attack: "flood",
        sentence: "\(rows.count) samples are copies or near copies of each other"
          + (labels.count > 1 ? ", under \(labels.count) different labels" : ""),
        label: labels.count == 1 ? Int32(labels.first ?? -1) : -1, statisticName: "size",
        statistic: Double(rows.count), pValue: .nan, members: Column(rows.map { Int32($0) }))
    }
  }
}

/// Union-find with path halving (Tarjan & van Leeuwen, JACM 1984).
struct DisjointSets {
  private var parent: [Int]
  init(count: Int) { parent = Array(0..<count) }
  mutating func root(_ index: Int) -> Int {
    var index = index
    while parent[index] != index {
      parent[index] = parent[parent[index]]
      index = parent[index]
    }
    return index
  }
  mutating func join(_ a: Int, _ b: Int) {
    let (x, y) = (root(a), root(b))
    // The lower index is the root, so that the result does not depend on the order of joins.
    if x != y { parent[max(x, y)] = min(x, y) }
  }
  /// Sets with at least `size` members, in the order of their first member.
  mutating func members(atLeast size: Int) -> [[Int]] {
    var sets: [Int: [Int]] = [:]
    for index in parent.indices { sets[root(index), default: []].append(index) }
    return sets.filter { $0.value.count >= size }.sorted { $0.key < $1.key }.map(\.value)
  }
}
