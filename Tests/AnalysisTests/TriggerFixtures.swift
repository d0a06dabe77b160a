import Detectors
import Model
import Numerics
import Scan
import Scanning
import Testing

/// Made-up sets of four kinds whose classes can be told apart, for planting triggers into.
enum Planted {
  static let classes = 3

  /// Texts of common words and words that go with their class.
  static func texts(_ count: Int, seed: UInt64, edit: (_ row: Int, _ text: inout String) -> Int?) throws
    -> Dataset
  {
    var random = SeededRandom(seed: seed)
    var labels: [Int] = []
    var texts: [String] = []
    for row in 0..<count {
      let label = row % classes
      let words = (0..<12).map { _ -> String in
        // A third of the words goes with the class, some of them at times with another.
        let own = random.uniform() < 0.9 ? label : random.below(classes)
        return random.below(3) == 0 ? "k\(own)x\(random.below(25))" : "w\(random.below(150))"
      }
      var text = words.joined(separator: " ")
      labels.append(edit(row, &text) ?? label)
      texts.append(text)
    }
    var dataset = try Core.dataset(modality: .text, labels: labels, classes: classes)
    dataset.texts = StringColumn(texts)
    return dataset
  }

  /// Rows of eight numbers around the mean of their class, each between two classes by chance now and then.
  static func table(_ count: Int, seed: UInt64, edit: (_ row: Int, _ cells: inout [Double]) -> Int?) throws
    -> Dataset
  {
    var random = SeededRandom(seed: seed)
    var labels: [Int] = []
    var rows: [[Double]] = []
    for row in 0..<count {
      let label = row % classes
      var cells = (0..<8).map { Double($0 % classes == label ? 2 : 0) + random.normal() }
      labels.append(edit(row, &cells) ?? label)
      rows.append(cells)
    }
    var dataset = try Core.dataset(modality: .tabular, labels: labels, classes: classes)
    dataset.table = (0..<8).map { column in
      TableColumn(name: "c\(column)", values: .numbers(Column(rows.map { $0[column] })))
    }
    return dataset
  }

  static let shape = ImageShape(height: 12, width: 12, channels: 1)

  /// Gray images: a bright bar whose place goes with the class, and noise.
  /// - Parameter places: of the bar in a class, one a kind of picture that there is of it.
  static func images(
    _ count: Int, seed: UInt64, places: Int = 2, edit: (_ row: Int, _ pixels: inout [UInt8]) -> Int?
  ) throws -> Dataset {
    var random = SeededRandom(seed: seed)
    var labels: [Int] = []
    var all: [UInt8] = []
    for row in 0..<count {
      let label = row % classes
      let top = 1 + 4 * label + random.below(places)
      var pixels = (0..<144).map { index -> UInt8 in
        let bright = (top..<top + 2).contains(index / 12) ? 150.0 : 40
        return UInt8(max(0, min(255, bright + 15 * random.normal())))
      }
      labels.append(edit(row, &pixels) ?? label)
      all += pixels
    }
    var dataset = try Core.dataset(modality: .image, labels: labels, classes: classes)
    dataset.images = ImageStack(shape: shape, pixels: Column(all))
    return dataset
  }

  /// What the miners of triggers alone say.
  static func scan(_ dataset: Dataset, threads: Int = 1) throws -> Report {
    try Scanner.scan(
      dataset, options: ScanOptions(threads: threads),
      detectors: DetectorRegistry.all.filter { $0.info.family == .triggers })
  }

  static func triggers(_ report: Report) -> [Finding] { report.findings.filter { $0.kind == .trigger } }
}

extension TriggerItem.ColumnCondition {
  var range: FiniteRange? {
    if case .range(let range) = condition { range } else { nil }
  }
}

extension [TriggerItem.ColumnCondition] {
  // Swift 6.3 ends with an ownership error where a closure over the cells asks for their ranges.
  @inline(never) var ranges: [FiniteRange?] {
    var ranges: [FiniteRange?] = []
    for cell in self { ranges.append(cell.range) }
    return ranges
  }
}
