import Foundation
import Model
import Numerics
import Scan
import Scanning
import Simulation
import Testing

/// What detectors and suspicion reach on planted attacks, against `floors.csv`: a column that loses 0.02 of its area
/// under the curve fails. `RECORD_FLOORS=1` measures anew and fails the run, so that a recording never passes for a
/// check. Columns below 0.6 are not held to anything: they do not see the attack. FLOORS=all holds the smaller rate to its
/// floors, too.
@Suite struct QualityFloorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let attack: Attack
    let modality: Modality
    let rate: Double
    var name: String { "\(attack.rawValue) \(modality.rawValue) \(rate)" }
    var testDescription: String { name }
  }

  static let rates = [0.02, 0.06]
  static let cases = PlanterTests.all.filter { PlanterTests.refusal($0) == nil }.flatMap { test in
    rates.map { Case(attack: test.attack, modality: test.modality, rate: $0) }
  }
  static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "floors.csv")
  static let tolerance = 0.02
  static let minFloor = 0.6

  static func measured(_ test: Case) throws -> [(column: String, auroc: Double)] {
    let dataset = try MadeUp.dataset(test.modality, seed: 3)
    let planting = try Planter.plant(test.attack, in: dataset, rate: test.rate, seed: 17)
    let (copy, poisoned) = planting.applied(to: dataset)
    let report = try Scanner.scan(copy, options: ScanOptions(threads: 2))
    var columns = [("suspicion", Quality.auroc(Array(report.suspicion), truth: poisoned))]
    for detector in report.detectors {
      if let raw = detector.raw {
        columns.append((detector.info.name, Quality.auroc(Array(raw), truth: poisoned)))
      }
    }
    return columns
  }

  @Test func noColumnLosesGround() throws {
    if ProcessInfo.processInfo.environment["RECORD_FLOORS"] == "1" {
      let rows = try Self.cases.flatMap { test in
        try Self.measured(test).filter { $0.auroc >= Self.minFloor }.map {
          "\(test.name),\($0.column),\((($0.auroc * 1e4).rounded(.down)) / 1e4)"
        }
      }
      try (["set,column,auroc"] + rows).joined(separator: "\n").appending("\n").write(
        to: Self.file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(rows.count) floors")
      return
    }
    let table = try String(contentsOf: Self.file, encoding: .utf8).split(separator: "\n").dropFirst()
    var floors: [String: [String: Double]] = [:]
    for line in table {
      let fields = line.split(separator: ",").map(String.init)
      try #require(fields.count == 3)
      let floor: Double = try #require(Double(fields[2]))
      floors[fields[0], default: [:]][fields[1]] = floor
    }
    #expect(Set(floors.keys).isSubset(of: Self.cases.map(\.name)))
    let isLong = ProcessInfo.processInfo.environment["FLOORS"] == "all"
    for test in Self.cases where isLong || test.rate == Self.rates.last {
      let columns = Dictionary(uniqueKeysWithValues: try Self.measured(test).map { ($0.column, $0.auroc) })
      for (column, floor) in floors[test.name] ?? [:] {
        let value = try #require(columns[column], "\(test.name): \(column) did not run")
        #expect(value > floor - Self.tolerance, "\(test.name): \(column) fell from \(floor) to \(value)")
      }
    }
  }

  @Test(arguments: Modality.allCases) func aCleanSetHasNoFlags(modality: Modality) throws {
    let report = try Scanner.scan(try MadeUp.dataset(modality, seed: 3), options: ScanOptions(threads: 2))
    #expect(report.suspicion.count { $0 >= Report.flagThreshold } <= MadeUp.count / 200)
  }
}
