import Testing

/// Labels that are numbers: drawn as people measure and count, or as classes are numbered.
struct LabelNumbers: CustomTestStringConvertible {
  let name: String
  let rows: Int
  let label: @Sendable (_ row: Int, _ draws: inout Draws) -> String
  var testDescription: String { name }

  init(_ name: String, _ rows: Int, _ label: @escaping @Sendable (_ row: Int, _ draws: inout Draws) -> String)
  {
    self.name = name
    self.rows = rows
    self.label = label
  }

  func labels(_ seed: UInt64) -> [String] {
    var draws = Draws(seed: seed)
    return (0..<rows).map { label($0, &draws) }
  }

  /// About the middle of the range, as sums of draws fall.
  private static func middling(_ limit: Int, _ draws: inout Draws) -> Int {
    (0..<4).reduce(0) { sum, _ in sum + draws.number(below: limit / 4 + 1) }
  }
  private static func decimal(_ number: Int, _ places: Int) -> String {
    let power = (0..<places).reduce(1) { power, _ in power * 10 }
    let rest = String(number % power)
    return "\(number / power)." + String(repeating: "0", count: places - rest.count) + rest
  }

  static let continuous = [
    LabelNumbers("ages", 1000) { "\(18 + $1.number(below: 72))" },
    LabelNumbers("ages about forty", 1000) { "\(20 + middling(44, &$1))" },
    LabelNumbers("ages of few", 75) { "\(18 + $1.number(below: 60))" },
    LabelNumbers("counts", 1000) { "\(250 + middling(100, &$1))" },
    LabelNumbers("prices", 400) { "\(10_000 + $1.number(below: 900_000))" },
    LabelNumbers("small table", 40) { "\($1.number(below: 1000))" },
    LabelNumbers("one decimal", 1000) { decimal(middling(48, &$1), 1) },
    LabelNumbers("eighteen decimals", 75) { decimal(11 + $1.number(below: 18) * 7, 2) },
    LabelNumbers("twenty rows", 20) { decimal($1.number(below: 9999), 2) },
    LabelNumbers("decimal commas", 300) { "\($1.number(below: 60)),\(1 + $1.number(below: 9))" },
    LabelNumbers("percent", 300) { "\($1.number(below: 1000) / 10).\(1 + $1.number(below: 9))%" },
    LabelNumbers("whole percent", 1000) { "\($1.number(below: 100))%" },
    LabelNumbers("currency", 300) { "$" + decimal($1.number(below: 9999) + 1, 2) },
    LabelNumbers("thousands", 300) { "\(2 + $1.number(below: 900)),\(100 + $1.number(below: 900))" },
    LabelNumbers("one word among numbers", 300) { $0 == 7 ? "low" : decimal($1.number(below: 99999), 3) },
    LabelNumbers("years", 600) { "\(1990 + $1.number(below: 31))" },
  ]

  static let classes = [
    LabelNumbers("digits", 300) { row, _ in "\(row % 10)" },
    LabelNumbers("stars", 200) { "\(1 + $1.number(below: 5))" },
    LabelNumbers("half stars", 400) { decimal(5 + 5 * $1.number(below: 10), 1) },
    LabelNumbers("a hundred classes", 2000) { "\($1.number(below: 100))" },
    LabelNumbers("a hundred classes, few rows", 500) { row, _ in "\(row % 100)" },
    LabelNumbers("numbered from one", 900) { "\(1 + $1.number(below: 30))" },
    LabelNumbers("collected part", 600) { row, _ in "\(40 + row % 30)" },
    LabelNumbers("people", 800) { row, _ in "\(1001 + row % 200)" },
    LabelNumbers("codes", 1000) { "\(1000 + 317 * $1.number(below: 25))" },
    LabelNumbers("three far apart", 90) { row, _ in ["0", "1", "49999"][row % 3] },
    LabelNumbers("ids", 200) { row, _ in "16105216041436\(38100 + row % 40)" },
    LabelNumbers("grades", 900) { row, _ in
      ["1", "1.3", "1.7", "2", "2.3", "2.7", "3", "3.3", "3.7", "4", "5"][row % 11]
    },
    LabelNumbers("price points", 90) { row, _ in ["$5", "$10", "$20"][row % 3] },
  ]
}
