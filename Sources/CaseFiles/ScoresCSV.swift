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
    var line: [UInt8] = []
    for row in 0..<report.count {
      line.removeAll(keepingCapacity: true)
      report.ids.withUTF8(at: row) { line += CSVText.field(Array($0)) }
      line.append(UInt8(ascii: ","))
      let label = Int(report.labels[row])
      if classes.indices.contains(label) { line += classes[label] }
      line.append(UInt8(ascii: ","))
      CSVText.append(report.suspicion[row], to: &line)
      line.append(UInt8(ascii: ","))
      line += CSVText.field(Array(report.hypotheses[Int(report.hypothesis[row])].utf8))
      line.append(UInt8(ascii: ","))
      if let incident = report.incident(of: row) { line += CSVText.field(Array(incident.id.utf8)) }
      for (_, percentile) in detectors {
        line.append(UInt8(ascii: ","))
        CSVText.append(percentile[row], to: &line)
      }
      line.append(UInt8(ascii: "\n"))
      try file.append(line)
    }
  }
}
