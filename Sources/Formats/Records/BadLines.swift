/// Lines that cannot be read: how many, and the first of them.
struct BadLines {
  static let listed = 20
  private(set) var count = 0
  private(set) var first: [(line: Int, message: String)] = []

  mutating func append(line: Int, _ message: String) {
    count += 1
    if first.count < Self.listed { first.append((line, message)) }
  }

  /// "lines 3, 5, 9", of many the first twenty.
  var list: String {
    let lines = first.map { String($0.line) }.joined(separator: ", ")
    return (count == 1 ? "line " : "lines ") + lines + (count > first.count ? ", …" : "")
  }

  /// The error of a file with bad lines; nil where there are none.
  func error(_ file: String) -> FormatError? {
    guard let bad = first.first else { return nil }
    var message = bad.message
    if count > 1 { message += "; \(count) bad lines in all (\(list))" }
    return FormatError(
      file, at: "line \(bad.line)",
      message + "; mend it, or leave \(count == 1 ? "it" : "them") out with --skip-bad-lines")
  }
}
