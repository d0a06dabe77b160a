/// Grey digits drawn with seven strokes each, shaken, slanted and blurred; 2 % carry a 3x3 checker and are called 7,
/// 2 % have a label that was drawn anew.
enum DigitSet {
  private static let count = 2000
  private static let side = 16
  /// The seven segments as lines in a unit square (x, y down), and which of them each digit has.
  private static let segments: [(Double, Double, Double, Double)] = [
    (0, 0, 1, 0), (1, 0, 1, 0.5), (1, 0.5, 1, 1), (0, 1, 1, 1), (0, 0.5, 0, 1), (0, 0, 0, 0.5),
    (0, 0.5, 1, 0.5),
  ]
  private static let digits: [[Int]] = [
    [0, 1, 2, 3, 4, 5], [1, 2], [0, 1, 6, 4, 3], [0, 1, 6, 2, 3], [5, 6, 1, 2], [0, 5, 6, 2, 3],
    [0, 5, 4, 3, 2, 6], [0, 1, 2], [0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 5, 6],
  ]

  static func make() -> SampleFiles {
    var draws = SeededDraws(seed: 20_260_301)
    var pixels: [UInt8] = []
    var labels: [UInt8] = []
    var metadata = "id,source,ingested_at\n"
    var truth: [TruthRow] = []
    let order = draws.shuffled(count)
    let backdoored = Set(order[..<40])
    let flipped = Set(order[40..<80])
    for index in 0..<count {
      let digit = backdoored.contains(index) ? draws.pick([0, 1, 2, 3, 4, 5, 6, 8, 9]) : draws.below(10)
      var image = draw(digit, &draws)
      var row = TruthRow(id: "digit-\(String(10_000 + index).dropFirst())")
      var label = digit
      if backdoored.contains(index) {
        for (y, x) in (0..<3).flatMap({ y in (0..<3).map { (y, $0) } }) {
          image[(side - 4 + y) * side + side - 4 + x] = (x + y) % 2 == 0 ? 255 : 0
        }
        label = 7
        row = TruthRow(id: row.id, attack: "backdoor-patch")
      } else if flipped.contains(index) {
        label = (digit + 1 + draws.below(9)) % 10
        row = TruthRow(id: row.id, attack: "label-flip")
      }
      pixels += image
      labels += [UInt8(label), 0, 0, 0]
      let source =
        backdoored.contains(index) && draws.below(3) > 0
        ? "vendor-c" : "vendor-" + draws.pick(["a", "b", "c", "d"])
      metadata += "\(row.id),\(source),\(SampleSets.time(minutes: index * 20))\n"
      truth.append(row)
    }
    let names = (0..<10).map { "\"\($0)\"" }.joined(separator: ", ")
    let description =
      "{\"name\": \"digits\", \"modality\": \"image\", \"classes\": [\(names)], \"n\": \(count)}\n"
    return [
      "digits/images.npy": SampleSets.npy(descr: "|u1", shape: [count, side, side], pixels),
      "digits/labels.npy": SampleSets.npy(descr: "<i4", shape: [count], labels),
      "digits/metadata.csv": Array(metadata.utf8), "digits/dataset.json": Array(description.utf8),
      "truth/digits.csv": SampleSets.truth(truth),
    ]
  }

  private static func draw(_ digit: Int, _ draws: inout SeededDraws) -> [UInt8] {
    let (width, height) = (5.5 + draws.normal() * 0.7, 9.5 + draws.normal() * 0.7)
    let (left, top) = (4.8 + draws.normal() * 0.8, 3 + draws.normal() * 0.7)
    let slant = draws.normal() * 0.18
    let thickness = 0.75 + draws.uniform() * 0.5
    let ink = 170 + 80 * draws.uniform()
    let strokes = digits[digit].map { segment -> (Double, Double, Double, Double) in
      let (x0, y0, x1, y1) = segments[segment]
      func place(_ x: Double, _ y: Double) -> (Double, Double) {
        (
          left + x * width + (0.5 - y) * slant * height + draws.normal() * 0.45,
          top + y * height + draws.normal() * 0.45
        )
      }
      let (a, b) = (place(x0, y0), place(x1, y1))
      return (a.0, a.1, b.0, b.1)
    }
    return (0..<side * side).map { index in
      let (x, y) = (Double(index % side) + 0.5, Double(index / side) + 0.5)
      let distance = strokes.map { Self.distance(x, y, $0) }.min() ?? 99
      let cover = min(1, max(0, thickness + 0.6 - distance))
      return UInt8(min(255, max(0, ink * cover + draws.normal() * 9)))
    }
  }

  private static func distance(_ x: Double, _ y: Double, _ line: (Double, Double, Double, Double)) -> Double {
    let (dx, dy) = (line.2 - line.0, line.3 - line.1)
    let length = dx * dx + dy * dy
    let t = length > 0 ? min(1, max(0, ((x - line.0) * dx + (y - line.1) * dy) / length)) : 0
    let (ex, ey) = (x - line.0 - t * dx, y - line.1 - t * dy)
    return (ex * ex + ey * ey).squareRoot()
  }
}
