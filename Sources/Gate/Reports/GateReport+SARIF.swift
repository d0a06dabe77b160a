import Model

extension GateReport {
  /// What is broken, as a log of SARIF 2.1.0. What passed is no result: viewers show every one as an alert.
  package func sarif() -> SARIFLog {
    let rules = checks.map { check in
      SARIFLog.Rule(
        id: check.name, shortDescription: .init(text: check.summary),
        defaultConfiguration: .init(level: check.level == .warn ? "warning" : "error"))
    }
    let indices = Dictionary(zip(checks.map(\.name), checks.indices), uniquingKeysWith: { first, _ in first })
    let results = self.results.compactMap { result -> SARIFLog.Result? in
      guard result.status == .fail || result.status == .warn, let index = indices[result.check] else {
        return nil
      }
      return sarif(result, rule: index)
    }
    let driver = SARIFLog.Driver(name: "foretaste", semanticVersion: facts.toolVersion, rules: rules)
    return SARIFLog(
      schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0",
      runs: [
        SARIFLog.Run(
          tool: .init(driver: driver), invocations: [.init(executionSuccessful: true)], results: results,
          columnKind: "unicodeCodePoints")
      ])
  }

  private func sarif(_ result: CheckResult, rule: Int) -> SARIFLog.Result {
    let listed = result.offenders.map { "\($0.id) (row \($0.row))" }.joined(separator: ", ")
    let more = result.offenderCount - result.offenders.count
    let samples = listed.isEmpty ? "" : ": \(listed)" + (more > 0 ? " and \(more) more" : "")
    let subject = result.subject.map { "\($0): " } ?? ""
    // Samples have rows and no lines; a place without a line is not shown by GitHub.
    let place = SARIFLog.PhysicalLocation(
      artifactLocation: .init(uri: URIReference.of(path: facts.path)), region: .init(startLine: 1))
    let logical = result.subject.map { [SARIFLog.LogicalLocation(name: $0, kind: "member")] }
    // Parts have their length before them, so that no two pairs are written alike.
    let identity = [result.check, result.subject ?? ""].map { "\($0.utf8.count):\($0)" }.joined()
    var hash = SHA256()
    hash.update(Array(identity.utf8))
    return SARIFLog.Result(
      ruleId: result.check, ruleIndex: rule, level: result.status == .fail ? "error" : "warning",
      message: .init(text: subject + result.sentence + samples),
      locations: [.init(physicalLocation: place, logicalLocations: logical)],
      partialFingerprints: ["foretasteCheck/v1": hash.digest.hex])
  }
}
