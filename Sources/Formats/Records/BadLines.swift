/// Lines that cannot be read: how many, and the first of them.
struct BadLines {
  static let listed = 20
  private(set) var count = 0
  private(set) var first: [(line: Int, message: String)] = []

  /// Lines by reason, where messages that differ in their numbers alone are one, and the first line of each.
  private var reasons: [(kind: String, message: String, count: Int, line: Int)] = []
  private static let maxReasons = 20

  mutating func append(line: Int, _ message: String) {
    count += 1
    let kind = String(message.map { $0.isNumber ? "0" : $0 })
    if let known = reasons.firstIndex(where: { $0.kind == kind }) {
      reasons[known].count += 1
    } else if reasons.count < Self.maxReasons {
      reasons.append((kind, message, 1, line))
    }
    if first.count < Self.listed { first.append((line, message)) }
  }

  /// "lines 3, 5, 9", of many the first twenty.
  var list: String {
    let lines = first.map { String($0.line) }.joined(separator: ", ")
    return (count == 1 ? "line " : "lines ") + lines + (count > first.count ? ", …" : "")
  }

  /// Why they are bad: each reason with how often it holds, the most frequent first.
  var sentence: String {
    guard reasons.count > 1 else { return first.first?.message ?? "" }
    let sorted = reasons.sorted { ($1.count, $0.line) < ($0.count, $1.line) }
    let shown = sorted.prefix(4).map { "\($0.count) as line \($0.line): \($0.message)" }.joined(
      separator: "; ")
    return shown + (sorted.count > 4 ? "; …" : "")
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
