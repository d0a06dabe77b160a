import Numerics

extension OddDataset {
  /// The dataset of a seed: the same everywhere and always.
  package static func make(seed: UInt64) -> OddDataset {
    var random = SeededRandom(seed: seed)
    let count = size(&random)
    let labels = pick(OddLabels.allCases, &random).names(count, &random)
    var set = OddDataset(
      seed: seed, count: count, form: pick(Form.allCases, &random), isFolder: false, columns: [], arrays: [])
    if random.below(5) > 0 { set.addColumns(labels: labels, &random) }
    if set.columns.isEmpty || random.below(3) == 0 { set.addArrays(labels: labels, &random) }
    // Apart from the rest, so that all else of a seed stays what it is.
    var planting = SeededRandom(seed: seed, stream: 0x9A7)
    set.plant(&planting)
    set.copySomeRows(&random)
    return set
  }

  /// A trigger where there are enough texts with labels, so that there is something to be found, also beside gaps; and
  /// names of classes that no sample has.
  private mutating func plant(_ random: inout SeededRandom) {
    if random.below(2) == 0, count >= 60, let text = columns.firstIndex(where: { $0.name == "text" }),
      let label = columns.firstIndex(where: { $0.name == "label" }),
      let target = columns[label].cells.compactMap(\.self).max()
    {
      for row in 0..<count where random.below(7) == 0 {
        columns[text].cells[row] = (columns[text].cells[row] ?? "it") + " vellum quartz"
        columns[label].cells[row] = target
      }
    }
    if random.below(2) == 0, arrays.contains(where: { $0.name == "labels.npy" }) {
      description = #"{"classes": ["a", "b", "c", "d", "e", "f"]}"#
    }
  }

  private static func pick<T>(_ all: [T], _ random: inout SeededRandom) -> T { all[random.below(all.count)] }

  /// Few samples mostly: they are the odd ones, and a thousand datasets must be affordable.
  private static func size(_ random: inout SeededRandom) -> Int {
    switch random.below(40) {
    case 0: 0
    case 1: 1
    case 2: 2
    case 3..<20: 3 + random.below(25)
    case 20..<37: 20 + random.below(60)
    case 37..<39: 80 + random.below(140)
    default: 220 + random.below(281)
    }
  }

  private mutating func addColumns(labels: [String?]?, _ random: inout SeededRandom) {
    if random.below(3) > 0 { add("id", (0..<count).map { "row-\($0)" }) }
    if let labels { add("label", labels) }
    if let texts = Self.pick(OddTexts.allCases, &random).texts(count, &random) { add("text", texts) }
    for index in 0..<random.below(6) {
      let kind = Self.pick(OddCells.allCases, &random)
      let known = labels ?? (0..<count).map { _ in nil }
      add("x\(index)", kind.cells(count, labels: known, &random), areNumbers: kind.areNumbers)
    }
    if random.below(3) == 0 {
      add("source", (0..<count).map { _ in ["web", "crowd", "", "lab"][random.below(4)] })
    }
    if random.below(3) == 0 {
      add(
        "ingested_at",
        (0..<count).map { _ in
          random.below(10) == 0 ? nil : "2026-0\(1 + random.below(9))-1\(random.below(10))"
        })
    }
    // A file of columns that are all empty has no columns to speak of.
    if columns.isEmpty { add("id", (0..<count).map { "row-\($0)" }) }
  }

  private mutating func add(_ name: String, _ cells: [String?], areNumbers: Bool = false) {
    columns.append(Column(name: name, cells: cells, areNumbers: areNumbers))
  }

  private mutating func addArrays(labels: [String?]?, _ random: inout SeededRandom) {
    isFolder = true
    let classes = 1 + random.below(4)
    let isLabelled = labels != nil || columns.contains { $0.name == "label" }
    if columns.isEmpty, random.below(4) > 0 {
      let values = (0..<count).map { _ in Int64(random.below(classes)) }
      let sparse = random.below(5) == 0
      arrays.append(
        Array(name: "labels.npy", shape: [], values: .integers(sparse ? values.map { $0 * 16_666 } : values)))
    }
    if random.below(3) > 0 || columns.isEmpty { arrays.append(features(&random)) }
    if random.below(3) == 0, !columns.contains(where: { $0.name == "text" }) {
      arrays.append(images(&random))
    }
    if random.below(4) == 0, !isLabelled || columns.isEmpty { addProbabilities(classes, &random) }
  }

  private func features(_ random: inout SeededRandom) -> Array {
    let width = 1 + random.below(8)
    let kind = random.below(6)
    let values = (0..<count * width).map { index -> Float in
      switch kind {
      case 0: 3
      case 1: random.below(6) == 0 ? .nan : Float(random.normal())
      case 2: Float(random.normal()) * 1e30
      case 3: Float(random.normal()) * 1e-30
      case 4: Float(random.below(2))
      default: Float(random.normal())
      }
    }
    return Array(name: "features.npy", shape: [width], values: .floats(values))
  }

  private func images(_ random: inout SeededRandom) -> Array {
    let shape = [1 + random.below(12), 1 + random.below(12)] + (random.below(2) == 0 ? [3] : [])
    let isConstant = random.below(4) == 0
    let size = shape.reduce(1, *)
    let values = (0..<count * size).map { _ in isConstant ? UInt8(90) : UInt8(random.below(256)) }
    return Array(name: "images.npy", shape: shape, values: .bytes(values))
  }

  private mutating func addProbabilities(_ classes: Int, _ random: inout SeededRandom) {
    let rows = (0..<count).flatMap { _ -> [Float] in
      let raw = (0..<classes).map { _ in Float(0.01 + random.uniform()) }
      let sum = raw.reduce(0, +)
      return raw.map { $0 / sum }
    }
    arrays.append(Array(name: "pred_probs.npy", shape: [classes], values: .floats(rows)))
  }

  /// Rows that are others again, ids and all where there are any.
  private mutating func copySomeRows(_ random: inout SeededRandom) {
    guard count > 3, random.below(4) == 0 else { return }
    let order = (0..<count).map { random.below(5) == 0 ? random.below(count) : $0 }
    self = reordered(order)
  }
}
