import ArgumentParser
import CaseFiles
import Formats
import Foundation
import Gate
import Model
import Review

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a dataset against a policy: a gate for pipelines.",
    discussion: checks + """


      Ends 0 where nothing failed and 1 where something did. The policy is a file of TOML, or of YAML (.yaml, .yml), with the tables schema, \
      schema.types, ranges, missing, missing.columns, classes, content, drift, review, manifest, levels and report; what \
      it does not say is as by default. In [levels] each check is off, warn or fail. The case is used where it is \
      current; else the dataset is scanned, unless the checks that need a scan are off. Decisions count as in export. \
      Manifests are those that [manifest] names, else croissant.json, SHA256SUMS, manifest-sha256.txt and such in the \
      dataset's folder, or NAME.sha256 beside a file.
      """)

  /// Each with what it looks at, side by side.
  private static var checks: String {
    let width = (CheckRegistry.all.map(\.name.count).max() ?? 0) + 2
    return CheckRegistry.all.map { $0.name.leftAligned(width) + $0.summary }.joined(separator: "\n")
  }

  @OptionGroup var dataset: DatasetArguments
  @OptionGroup var scan: ScanArguments
  @Option(
    help: "The policy: what the dataset must hold.", completion: .file(extensions: ["toml", "yaml", "yml"]))
  var policy: String?
  @Option(help: "A case to measure drift against.", completion: .directory) var baseline: String?
  @Flag(help: "Print JSON.") var json = false
  @Option(help: "Write JUnit XML to this file too.", completion: .file(extensions: ["xml"])) var junit:
    String?
  @Option(help: "Write SARIF to this file too.", completion: .file(extensions: ["sarif"])) var sarif: String?
  @Option(
    help: "A review journal; several are merged (default: review.jsonl in the case).", completion: .file())
  var journal: [String] = []
  @Flag(
    help:
      "Trust the decisions of the case's journal although you did not write them, or begin a new one where it is missing."
  )
  var trust = false

  mutating func run() throws {
    let started = ContinuousClock.now
    let policy = try self.policy.map(Policy.read(path:)) ?? Policy()
    for path in [junit, sarif].compactMap(\.self) { try refuseWithinDataset(path) }
    let report = try report(policy)
    let seconds = started.duration(to: .now).seconds
    if let junit {
      try write(report.junit(timestamp: Self.timestamp(Date()), seconds: seconds), to: junit)
    }
    if let sarif { try write(JSONText.encode(report.sarif()), to: sarif) }
    try StandardOutput.write(json ? JSONText.encode(GateRecord(report)) : report.table())
    guard report.hasPassed else { throw ExitCode(ExitStatus.checkFailed) }
  }

  private func report(_ policy: Policy) throws -> GateReport {
    // Before anything is read for long: a baseline that is not there is a mistake of the command line.
    let baseline = try self.baseline.map(CheckInput.Baseline.open)
    let needsScan = CheckRegistry.active(policy).contains { $0.needsScan }
    let opened = needsScan ? try CaseRunner(dataset: dataset, scan: scan).openOrScan() : nil
    try opened?.report.checkHasScores()
    let data = try DatasetLoader.load(dataset.dataset, options: dataset.options, progress: { _ in })
    var input = CheckInput(path: dataset.dataset, data: data, policy: policy)
    input.baseline = baseline
    input.scan = try opened.map { try facts(of: $0, data) }
    return GateReport(
      GateReport.Facts(
        dataset: data.name, path: dataset.dataset, digest: data.digest.hex, policy: self.policy,
        toolVersion: toolVersion),
      policy: policy, results: CheckRegistry.run(on: input))
  }

  private func facts(of opened: OpenedCase, _ data: Dataset) throws -> CheckInput.Scan {
    guard opened.report.facts.digest == data.digest, opened.report.count == data.count else {
      throw Failure(ExitStatus.dataError, "\(dataset.dataset): changed while it was checked")
    }
    let payloads = try opened.payloads(at: dataset.dataset, options: opened.options)
    let known = UserState().knownJournals
    let named: [String?] = journal.isEmpty ? [nil] : journal
    let reviews = try named.map { path in
      let journal = CaseJournal(of: opened, payloads: payloads, named: path, isTrusted: trust, known: known)
      return ReviewState(journal.decisions(try journal.read().decisions))
    }
    return CheckInput.Scan(
      report: opened.report,
      verdicts: StandingVerdicts.of(opened.report, payloads: payloads, reviews: reviews))
  }

  /// In UTC and without its zone, as the schema of JUnit has it.
  private static func timestamp(_ date: Date) -> String {
    String(date.ISO8601Format().prefix { $0 != "Z" })
  }

  /// The dataset is only ever read.
  private func refuseWithinDataset(_ path: String) throws {
    func resolved(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    let root = resolved(dataset.dataset)
    guard resolved(path) == root || resolved(path).hasPrefix(root + "/") else { return }
    throw Failure(ExitStatus.cannotCreate, "\(path): lies in the dataset; name another place")
  }

  /// A report of the same name is replaced: pipelines write where they wrote before.
  private func write(_ text: String, to path: String) throws {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Failure(ExitStatus.cannotCreate, "\(path): cannot write")
    }
  }
}
