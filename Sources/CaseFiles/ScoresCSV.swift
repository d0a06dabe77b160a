import Analysis
import Model

/// scores.csv (RFC 4180): id, label, suspicion, hypothesis, then the percentile of every detector that ran; rows in
/// dataset order. A sample without a score has an empty cell.
enum ScoresCSV {
  /// Hands `write` the file in pieces.
  static func encode(_ report: Report, write: ([UInt8]) throws -> Void) rethrows {
    let detectors = report.detectors.compactMap { detector in
      detector.percentile.map { (detector.info.name, $0) }
    }
    var piece = Array(
      (["id", "label", "suspicion", "hypothesis"] + detectors.map(\.0)).joined(separator: ",").utf8)
    piece.append(UInt8(ascii: "\n"))
    let classes = report.facts.classes.map { field(Array($0.utf8)) }
    for row in 0..<report.count {
      report.ids.withUTF8(at: row) { piece += field(Array($0)) }
      piece.append(UInt8(ascii: ","))
      let label = Int(report.labels[row])
      if classes.indices.contains(label) { piece += classes[label] }
      piece.append(UInt8(ascii: ","))
      piece += number(report.suspicion[row])
      piece.append(UInt8(ascii: ","))
      piece += Array(report.hypotheses[Int(report.hypothesis[row])].utf8)
      for (_, percentile) in detectors {
        piece.append(UInt8(ascii: ","))
        piece += number(percentile[row])
      }
      piece.append(UInt8(ascii: "\n"))
      if piece.count > 1 << 20 {
        try write(piece)
        piece.removeAll(keepingCapacity: true)
      }
    }
    try write(piece)
  }

  /// Quoted where a comma, a quote or a line break stands in it, or where it could be taken for an empty cell.
  static func field(_ bytes: [UInt8]) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    let special: Set<UInt8> = [quote, UInt8(ascii: ","), 10, 13]
    guard bytes.contains(where: special.contains) || bytes.first == 0x20 || bytes.last == 0x20 else {
      return bytes
    }
    return [quote] + bytes.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
  }

  /// Six decimals, enough to tell ten million ranks' neighbors apart where it matters; empty for NaN.
  private static func number(_ value: Float) -> [UInt8] {
    guard value.isFinite else { return [] }
    let scaled = Int((Double(value) * 1_000_000).rounded())
    let digits = String(abs(scaled))
    let padded = String(repeating: "0", count: max(0, 7 - digits.count)) + digits
    return Array(((scaled < 0 ? "-" : "") + padded.dropLast(6) + "." + padded.suffix(6)).utf8)
  }
}
