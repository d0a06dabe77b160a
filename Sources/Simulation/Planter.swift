import Model
import Numerics

/// Plants attacks and lays histories: the same rows for the same dataset, rate and seed.
package struct Planter {
  let dataset: Dataset
  let count: Int
  var random: SeededRandom
  let rowsByClass: [[Int]]
  /// Of the columns that have values, by name.
  lazy var ranges = Dictionary(
    dataset.table.compactMap { ColumnRange($0) }.map { ($0.name, $0) },
    uniquingKeysWith: { first, _ in first })

  /// - Parameter rate: share of the resulting set that is poison, above 0 and up to a half.
  /// - Throws: `CannotPlant` with the reason.
  package static func plant(
    _ attack: Attack, in dataset: Dataset, rate: Double, seed: UInt64
  ) throws(CannotPlant) -> Planting {
    var planter = try Planter(dataset, rate: rate, seed: seed)
    return Planting(attack: attack, rows: try planter.rows(of: attack, rate: rate))
  }

  init(_ dataset: Dataset, rate: Double, seed: UInt64) throws(CannotPlant) {
    guard rate > 0, rate <= 0.5 else { throw CannotPlant("the rate must be above 0 and at most 0.5") }
    guard dataset.count >= 4 else { throw CannotPlant("needs at least 4 samples") }
    self.dataset = dataset
    count = max(1, Int((rate * Double(dataset.count)).rounded()))
    random = SeededRandom(seed: seed)
    var rowsByClass = [[Int]](repeating: [], count: dataset.classes.count)
    for (row, label) in dataset.labels.enumerated() where rowsByClass.indices.contains(Int(label)) {
      rowsByClass[Int(label)].append(row)
    }
    self.rowsByClass = rowsByClass
  }

  private mutating func rows(of attack: Attack, rate: Double) throws(CannotPlant) -> [PlantedRow] {
    var rows: [PlantedRow]
    switch attack {
    case .flipRandom: rows = try flipAny()
    case .flipPair: rows = try flipPair()
    case .patch: rows = try patch()
    case .blend: rows = try blend()
    case .sinusoid: rows = try sinusoid()
    case .warp: rows = try warp()
    case .words: rows = try words()
    case .sentence: rows = try sentence()
    case .values: rows = try values()
    case .outliers: rows = try outliers()
    case .collision: rows = try collide()
    case .flood: rows = try flood(addedCount(rate))
    case .noise: rows = try noise(addedCount(rate))
    case .burst: rows = try burst(addedCount(rate))
    }
    if rows.allSatisfy({ !$0.isAdded }) { rows.sort { $0.base < $1.base } }
    return rows
  }

  /// So many that they are `rate` of all when they are added.
  private func addedCount(_ rate: Double) -> Int {
    max(1, Int((rate / (1 - rate) * Double(dataset.count)).rounded()))
  }

  // MARK: Choices that attacks share

  func requireLabels() throws(CannotPlant) {
    guard rowsByClass.count(where: { !$0.isEmpty }) >= 2 else {
      throw CannotPlant("needs labels of at least 2 classes")
    }
  }

  /// `number` rows of `rows` in random order, all of them if there are no more.
  mutating func sample(_ rows: [Int], _ number: Int) -> [Int] {
    var rows = rows
    random.shuffle(&rows)
    return Array(rows.prefix(number))
  }

  mutating func pick<T>(_ values: [T]) -> T { values[random.below(values.count)] }

  /// A class with samples.
  mutating func someClass(besides other: Int? = nil) -> Int {
    pick(rowsByClass.indices.filter { !rowsByClass[$0].isEmpty && $0 != other })
  }

  /// Rows of other classes that shall carry a trigger and the label of `target`.
  mutating func victims(of target: Int) throws(CannotPlant) -> [Int] {
    let others = rowsByClass.indices.filter { $0 != target }.flatMap { rowsByClass[$0] }
    guard others.count >= count else {
      throw CannotPlant("only \(others.count) samples are of other classes")
    }
    return sample(others, count)
  }
}

// MARK: Labels and features

extension Planter {
  mutating func flipAny() throws(CannotPlant) -> [PlantedRow] {
    try requireLabels()
    return sample(rowsByClass.flatMap(\.self), count).map { row in
      var planted = PlantedRow(base: row)
      planted.label = someClass(besides: Int(dataset.labels[row]))
      return planted
    }
  }

  mutating func flipPair() throws(CannotPlant) -> [PlantedRow] {
    try requireLabels()
    // At most half of a class turns, else it is the other half that is wrong.
    let large = rowsByClass.indices.filter { rowsByClass[$0].count >= 2 * count }
    guard !large.isEmpty else {
      throw CannotPlant(
        "no class has \(2 * count) samples, of which \(count) could be flipped; lower the rate")
    }
    let from = pick(large)
    let to = someClass(besides: from)
    return sample(rowsByClass[from], count).map { row in
      var planted = PlantedRow(base: row)
      planted.label = to
      return planted
    }
  }

  /// h' = t + (h − t) / 20: so near to a sample t of another class that its own class is forgotten.
  mutating func collide() throws(CannotPlant) -> [PlantedRow] {
    try requireLabels()
    guard let features = dataset.features else {
      throw CannotPlant("needs features.npy: it moves features only")
    }
    let base = someClass()
    let other = someClass(besides: base)
    let targets = sample(rowsByClass[other], max(1, min(5, count / 10)))
    guard rowsByClass[base].count >= 2 * count else {
      throw CannotPlant("class '\(dataset.classes[base])' has too few samples for this rate")
    }
    return sample(rowsByClass[base], count).map { row in
      var planted = PlantedRow(base: row)
      let goal = features.row(pick(targets))
      planted.features = zip(features.row(row), goal).map { $1 + ($0 - $1) / 20 }
      return planted
    }
  }
}
