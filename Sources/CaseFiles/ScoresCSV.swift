import Model
import Scanning

/// scores.csv (RFC 4180): id, label, suspicion, hypothesis, incident, then the percentile of every detector that ran;
/// rows in dataset order. A sample without a score has an empty cell.
enum ScoresCSV {
  static func write(_ report: Report, to file: inout FileWriter) throws(CaseFileError) {
    let detectors = report.detectors.compactMap { detector in
      detector.percentile.map { (detector.info.name, $0) }
    }
    try file.append(CSVText.row(["id", "label", "suspicion", "hypothesis", "incident"] + detectors.map(\.0)))
    let classes = report.facts.classes.map { CSVText.field(Array($0.utf8)) }
    let hypotheses = report.hypotheses.map { CSVText.field(Array($0.utf8)) }
    let incidents = report.incidents.map { CSVText.field(Array($0.id.utf8)) }
    let comma = UInt8(ascii: ",")
    var lines: [UInt8] = []
    for row in 0..<report.count {
      report.ids.withUTF8(at: row) { CSVText.append(field: $0, to: &lines) }
      lines.append(comma)
      let label = Int(report.labels[row])
      if classes.indices.contains(label) { lines += classes[label] }
      lines.append(comma)
      CSVText.append(report.suspicion[row], to: &lines)
      lines.append(comma)
      lines += hypotheses[Int(report.hypothesis[row])]
      lines.append(comma)
      let incident = report.incidentCodes.indices.contains(row) ? Int(report.incidentCodes[row]) : -1
      if incidents.indices.contains(incident) { lines += incidents[incident] }
      for (_, percentile) in detectors {
        lines.append(comma)
        CSVText.append(percentile[row], to: &lines)
      }
      lines.append(UInt8(ascii: "\n"))
      guard lines.count >= bufferSize else { continue }
      try file.append(lines)
      lines.removeAll(keepingCapacity: true)
    }
    try file.append(lines)
  }

  private static let bufferSize = 1 << 16
}
