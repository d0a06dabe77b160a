import Model

/// Labels as numbers, and whether they are measurements, counts or ages rather than classes: told by their decimals, their
/// range, and how many rows each of them has.
struct ContinuousTarget {
  /// The different values in rising order, with the rows of each.
  private let values: [(value: Double, rows: Int)]
  private let rows: Int
  /// How they are written, where they are no plain decimals.
  private let style: NumberStyle?
  /// Labels that are no numbers, of which there are few.
  private let others: [String]
  /// The most digits of a whole number.
  private let digits: Int

  /// Nil where the labels are no numbers.
  init?(_ given: GivenLabels) {
    var values: [Double: Int] = [:]
    var others: [String] = []
    let style = Self.style(of: given)
    for (name, rows) in zip(given.names, given.counts) {
      let value =
        if let style {
          Array(name.utf8).withUnsafeBytes { style.number($0) }
        } else {
          NumericName(name)?.value
        }
      if let value { values[value, default: 0] += rows } else { others.append(name) }
    }
    guard !values.isEmpty, 20 * others.count <= given.names.count else { return nil }
    self.values = values.sorted { $0.key < $1.key }.map { (value: $0.key, rows: $0.value) }
    rows = values.values.reduce(0, +)
    self.style = style
    self.others = others
    digits = given.names.lazy.map { $0.utf8.count { (48...57).contains($0) } }.max() ?? 0
  }

  private static func style(of given: GivenLabels) -> NumberStyle? {
    guard given.names.contains(where: { NumericName($0) == nil }) else { return nil }
    var search = NumberStyleSearch()
    for name in given.names { Array(name.utf8).withUnsafeBytes { search.append($0) } }
    return search.style
  }

  private var distinct: Int { values.count }
  private var lowest: Double { values.first?.value ?? 0 }
  private var highest: Double { values.last?.value ?? 0 }
  /// Whether hardly any value comes again.
  private var areAlone: Bool { distinct > 5 && 2 * distinct > rows }

  var isContinuous: Bool {
    // Nobody numbers classes by percent or money.
    if style?.sign != nil, distinct > 10 { return true }
    if values.contains(where: { $0.value != $0.value.rounded() }) { return areDecimalsContinuous }
    // No measurement has so many digits.
    guard digits < 16, !areCounted else { return false }
    if distinct <= 20 { return areAlone }
    guard !areBalanced else { return false }
    // Few rows each, or a range of which most numbers stand: ages, years. Numbers far apart that come again are codes.
    return rows < 5 * distinct || (2 * Double(distinct) >= highest - lowest + 1 && rows < 50 * distinct)
  }

  /// Ratings by halves are classes, and so are a few grades that come again and again.
  private var areDecimalsContinuous: Bool {
    let areHalves = values.allSatisfy { 2 * $0.value == (2 * $0.value).rounded() }
    if areAlone { return true }
    return areHalves ? distinct > 21 : distinct > 20 || (distinct > 10 && rows < 50 * distinct)
  }

  /// From 0 or 1 on, as classes are numbered.
  private var areCounted: Bool {
    (lowest == 0 || lowest == 1) && 10 * Double(distinct) >= 7 * (highest - lowest + 1)
  }

  /// Values that were drawn have at least the spread of a Poisson distribution in their rows; classes that were
  /// collected have as many rows each.
  private var areBalanced: Bool {
    let mean = Double(rows) / Double(distinct)
    let spread = values.reduce(0) { $0 + (Double($1.rows) - mean) * (Double($1.rows) - mean) }
    return mean >= 2 && spread / Double(distinct) < mean / 2
  }

  private static func shown(_ value: Double) -> String { NumericName("\(value)")?.name ?? "\(value)" }

  /// What is said of a continuous target.
  func note(from: String) -> String {
    let written = style.map { ", read with \($0.sentence)," } ?? ""
    let rest = others.prefix(3).map { "'\(displayText($0))'" }.joined(separator: ", ")
    return
      "\(from): \(distinct) different numbers from \(Self.shown(lowest)) to \(Self.shown(highest))\(written) are a continuous target, not classes; it is left "
      + "unread" + (rest.isEmpty ? "" : ", as are \(rest)")
      + "; where they are classes, name them in \"classes\" of dataset.json"
  }

  /// What is said of many whole numbers that were taken for classes.
  func doubt(from: String) -> String? {
    guard distinct > 20, digits < 16, !areBalanced else { return nil }
    return
      "\(from): \(distinct) different numbers from \(Self.shown(lowest)) to \(Self.shown(highest)) are taken for classes; where they are counts or "
      + "measurements, --label names another column"
  }
}
