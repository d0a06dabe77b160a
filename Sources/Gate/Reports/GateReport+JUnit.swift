extension GateReport {
  /// JUnit XML, of the part that the schema of Ant (https://github.com/windyroad/JUnit-Schema) and that of Jenkins
  /// (junit-10.xsd) have in common: a suite for the dataset, a case for each result. There is no case that warns; those
  /// pass, and what they say stands in `system-out`.
  ///
  /// - Parameters:
  ///   - timestamp: in UTC, as 2026-01-31T12:00:00.
  ///   - seconds: that all checks took.
  package func junit(timestamp: String, seconds: Double) -> String {
    let time = decimal(max(0, seconds.isFinite ? seconds : 0), 3)
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<testsuites>",
      "  <testsuite"
        + Self.attributes([
          ("name", facts.dataset), ("package", "foretaste.check"), ("id", "0"), ("timestamp", timestamp),
          ("hostname", "localhost"), ("tests", "\(results.count)"), ("failures", "\(count(.fail))"),
          ("errors", "0"), ("skipped", "\(count(.notApplicable))"), ("time", time),
        ]) + ">",
      "    <properties>",
      "      <property" + Self.attributes([("name", "digest"), ("value", facts.digest)]) + "/>",
      "      <property" + Self.attributes([("name", "policy"), ("value", facts.policy ?? "the defaults")])
        + "/>",
      "    </properties>",
    ]
    for result in results { lines += Self.testCase(result) }
    let warnings = results.filter { $0.status == .warn }.map { warning in
      "warning: " + Self.name(of: warning) + ": " + warning.sentence
    }
    lines += [
      "    <system-out>\(XMLText.escaped(warnings.joined(separator: "\n")))</system-out>",
      "    <system-err></system-err>",
      "  </testsuite>",
      "</testsuites>",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func testCase(_ result: CheckResult) -> [String] {
    let head =
      "    <testcase"
      + attributes([("name", name(of: result)), ("classname", "foretaste." + result.check), ("time", "0.0")])
    switch result.status {
    case .pass, .warn: return [head + "/>"]
    case .notApplicable:
      return [
        head + ">", "      <skipped" + attributes([("message", result.sentence)]) + "/>", "    </testcase>",
      ]
    case .fail:
      let samples = result.offenders.map { "row \($0.row): \($0.id)" }
      let more = result.offenderCount - result.offenders.count
      let text = (samples + (more > 0 ? ["\(more) more"] : [])).joined(separator: "\n")
      return [
        head + ">",
        "      <failure" + attributes([("message", result.sentence), ("type", result.check)])
          + ">\(XMLText.escaped(text))</failure>",
        "    </testcase>",
      ]
    }
  }

  private static func name(of result: CheckResult) -> String {
    result.check + (result.subject.map { ": " + $0 } ?? "")
  }

  private static func attributes(_ pairs: [(name: String, value: String)]) -> String {
    pairs.map { " \($0.name)=\"\(XMLText.escaped($0.value))\"" }.joined()
  }
}
