import Formats

/// One setting of a policy file, and the errors that name its line.
struct PolicySetting {
  private let entry: TOMLEntry
  private let file: String
  /// Names of its tables with dots, "" at the head of the file.
  let table: String
  let key: String

  init(_ entry: TOMLEntry, file: String) {
    self.entry = entry
    self.file = file
    table = entry.path.dropLast().joined(separator: ".")
    key = entry.path.last ?? ""
  }

  func strings() throws(FormatError) -> [String] {
    guard case .array(let values) = entry.value else { throw expected("an array of strings") }
    var strings: [String] = []
    for value in values {
      guard case .string(let text) = value else { throw expected("an array of strings") }
      strings.append(text)
    }
    return strings
  }

  func flag() throws(FormatError) -> Bool {
    guard case .boolean(let flag) = entry.value else { throw expected("true or false") }
    return flag
  }

  func word(of words: [String]) throws(FormatError) -> String {
    let listing = words.joined(separator: ", ")
    guard case .string(let word) = entry.value else { throw expected("one of \(listing)") }
    guard words.contains(word) else { throw problem("'\(key)' is '\(word)'; one of \(listing) is expected") }
    return word
  }

  func count(upTo limit: Int = .max) throws(FormatError) -> Int {
    guard case .integer(let count) = entry.value else { throw expected("an integer") }
    guard (0...limit).contains(count) else { throw problem("'\(key)' is \(count), which is out of range") }
    return count
  }

  func share() throws(FormatError) -> Double {
    let share = try number(from: 0)
    guard share <= 1 else { throw problem("'\(key)' is \(share); a share from 0 to 1 is expected") }
    return share
  }

  func number(from least: Double) throws(FormatError) -> Double {
    guard let number = Self.number(entry.value) else { throw expected("a number") }
    guard number >= least else { throw problem("'\(key)' is \(number); \(least) or more is expected") }
    return number
  }

  func range() throws(FormatError) -> ClosedRange<Double> {
    guard case .array(let values) = entry.value, values.count == 2, let low = Self.number(values[0]),
      let high = Self.number(values[1])
    else { throw expected("[smallest, largest]") }
    guard low <= high else { throw problem("'\(key)': the smallest value is above the largest") }
    return low...high
  }

  func unknown(_ known: [String]) -> FormatError {
    problem("unknown key '\(key)' in [\(table)]; there are \(known.joined(separator: ", "))")
  }

  var unknownTable: FormatError {
    table.isEmpty
      ? problem("'\(key)' is in no table")
      : problem(
        "there is no table [\(table)]; there are schema, schema.types, ranges, missing, missing.columns, classes, "
          + "content, drift, review, manifest, levels, report")
  }

  private static func number(_ value: TOMLValue) -> Double? {
    switch value {
    case .integer(let integer): Double(integer)
    case .float(let number): number
    default: nil
    }
  }

  private func expected(_ what: String) -> FormatError {
    problem("'\(key)' is \(entry.value.kind); \(what) is expected")
  }

  private func problem(_ message: String) -> FormatError {
    FormatError(file, at: "line \(entry.line)", message)
  }
}
