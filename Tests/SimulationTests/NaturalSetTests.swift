import Model
import Scan
import Scanning
import Testing

@Suite struct NaturalSetTests {
  @Test(arguments: NaturalSet.allCases) func whatGoesWithALabelByNatureIsNotFlagged(set: NaturalSet) throws {
    let report = try Scanner.scan(try set.dataset(seed: 2), options: ScanOptions(threads: 2))
    let told = report.findings.map(\.sentence).joined(separator: "; ")
    #expect(report.suspicion.count { $0 >= Report.flagThreshold } <= report.count / 200, "\(told)")
  }
}
