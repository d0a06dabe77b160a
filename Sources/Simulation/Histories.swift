import Model

// Who sent each sample, and when. Sources and times of the dataset itself play no part: on a set that brings some,
// what a scan finds must come from the history that is laid over it.
extension Planter {
  /// - Parameter rate: share of the dataset that the history is about, above 0 and up to a half.
  /// - Throws: `CannotPlant` with the reason.
  package static func plant(
    _ history: History, in dataset: Dataset, rate: Double, seed: UInt64
  ) throws(CannotPlant) -> Planting {
    var planter = try Planter(dataset, rate: rate, seed: seed)
    return Planting(attack: nil, rows: try planter.rows(of: history))
  }

  private mutating func rows(of history: History) throws(CannotPlant) -> [PlantedRow] {
    var rows: [PlantedRow] = []
    for row in 0..<dataset.count {
      var planted = PlantedRow(base: row)
      arrive(&planted)
      rows.append(planted)
    }
    switch history {
    case .batch: send(try partOfOneClass(), from: "new-contributor", within: 3600, &rows)
    case .topic: sendTopic(try nearOneSample(), &rows)
    case .season: try driftClasses(&rows)
    case .mirror: send(partOfAllClasses(), from: "partner", within: Self.day, &rows)
    case .classes: try separateClasses(&rows)
    case .copies: rows += try copies()
    case .migration: importOldest(&rows)
    }
    return rows
  }

  private static let day = 86_400
  private static let span = 90 * day
  private static let contributors = (1...40).map { "contributor-\($0 < 10 ? "0" : "")\($0)" }
  /// The share of the samples that come from a contributor or one before: few send much (Zipf's law).
  private static let contributions: [Double] = {
    var sums: [Double] = []
    for rank in contributors.indices {
      let rank = Double(rank + 1)
      sums.append((sums.last ?? 0) + 1 / (rank * rank.squareRoot()))
    }
    return sums
  }()

  /// Milliseconds of a moment, in whole seconds: tables without fractions stay as they are.
  /// - Parameter second: since 2026-03-01T00:00:00Z.
  private static func time(_ second: Int) -> Int64 { (1_772_323_200 + Int64(second)) * 1000 }

  /// As any day brings it: any contributor at any time.
  private mutating func arrive(_ planted: inout PlantedRow) {
    let point = random.uniform() * (Self.contributions.last ?? 0)
    let contributor = Self.contributions.firstIndex { point < $0 } ?? 0
    planted.source = Self.contributors[contributor]
    planted.time = Self.time(random.below(Self.span))
  }

  /// A second from which on there is room for what takes a day.
  private mutating func somewhere() -> Int { (20 + random.below(40)) * Self.day + random.below(Self.day) }

  private mutating func send(
    _ chosen: [Int], from source: String, within seconds: Int, _ rows: inout [PlantedRow]
  ) {
    let start = somewhere()
    for row in chosen {
      rows[row].source = source
      rows[row].time = Self.time(start + random.below(seconds))
    }
  }

  private mutating func sendTopic(_ chosen: [Int], _ rows: inout [PlantedRow]) {
    let start = somewhere()
    for row in chosen {
      // What moves all is sent by those too who seldom send anything.
      rows[row].source = pick(Self.contributors)
      rows[row].time = Self.time(start + random.below(2 * 3600))
    }
  }

  private mutating func partOfOneClass() throws(CannotPlant) -> [Int] {
    try requireLabels()
    let large = rowsByClass.filter { $0.count > count }
    guard !large.isEmpty else {
      throw CannotPlant("no class has more than \(count) samples; lower the rate")
    }
    return sample(pick(large), count)
  }

  /// One of each class before a second of any, as far as it reaches.
  private mutating func partOfAllClasses() -> [Int] {
    let shuffled = sample(Array(0..<dataset.count), dataset.count)
    var seen: Set<Int32> = []
    var first: [Int] = []
    var others: [Int] = []
    for row in shuffled {
      let isFirst = !dataset.labels.isEmpty && seen.insert(dataset.labels[row]).inserted
      if isFirst { first.append(row) } else { others.append(row) }
    }
    return Array((first + others).prefix(count))
  }

  /// Each class comes over 60 of the 90 days, one after the other a little later.
  private mutating func driftClasses(_ rows: inout [PlantedRow]) throws(CannotPlant) {
    try requireLabels()
    let order = shuffledClasses()
    for (index, label) in order.enumerated() {
      let start = 30 * Self.day * index / max(1, order.count - 1)
      for row in rowsByClass[label] {
        rows[row].time = Self.time(start + random.below(60 * Self.day))
      }
    }
  }

  private mutating func separateClasses(_ rows: inout [PlantedRow]) throws(CannotPlant) {
    try requireLabels()
    let order = shuffledClasses()
    let week = 7 * Self.day
    let length = max(1, 13 / order.count) * week
    for (index, label) in order.enumerated() {
      // Of more classes than ten years have weeks some share one: times stay such as a dataset can have.
      let start = index % 520 * length
      for row in rowsByClass[label] {
        rows[row].source = "uploader-\(index + 1)"
        rows[row].time = Self.time(start + random.below(length))
      }
    }
  }

  private mutating func shuffledClasses() -> [Int] {
    let classes = rowsByClass.indices.filter { !rowsByClass[$0].isEmpty }
    return sample(classes, classes.count)
  }

  private func importOldest(_ rows: inout [PlantedRow]) {
    let oldest = rows.indices.sorted { (rows[$0].time ?? 0, $0) < (rows[$1].time ?? 0, $1) }.prefix(count)
    let moment = oldest.last.flatMap { rows[$0].time }
    for row in oldest {
      rows[row].source = "importer"
      rows[row].time = moment
    }
  }

  private mutating func copies() throws(CannotPlant) -> [PlantedRow] {
    try sample(Array(0..<dataset.count), count).map { row throws(CannotPlant) in
      var planted = PlantedRow(base: row)
      planted.isAdded = true
      arrive(&planted)
      try repeatContent(&planted)
      return planted
    }
  }
}
