import Model
import Numerics
import Reporting
import Scanning

/// A report made up by hand, with the same text in every place that takes text of data.
struct ReportFixture {
  /// What stands for an id, a class, a reviewer, a note and all other text.
  var word = "plain"
  var count = 60
  var incidents = 2
  var modality = Modality.image
  var decides = true

  var material: ReportMaterial {
    ReportMaterial(
      report: report, payloads: MadeUpPayloads(word: word, modality: modality), judged: decides ? judged : [],
      unknownIDs: decides ? 3 : 0,
      journals: decides
        ? [JournalRecord(path: word, decisions: 12, head: String(repeating: "ab", count: 32))] : [],
      datasetPath: word, casePath: word, toolVersion: "1.2.3", madeAt: 1_780_000_000_000)
  }

  var page: ReportPage { ReportPage(material) }

  private var members: Column<Int32> { Column((0..<Int32(count / 3)).map { $0 }) }

  private var report: Report {
    let rows = 0..<count
    var report = Report(
      facts: DatasetFacts(
        name: word, modality: modality, count: count, classes: [word, word + "2"], digest: .zero,
        featureSource: word, probabilitySource: word, notes: [word]),
      ids: StringColumn(rows.map { word + String($0) }), labels: Column(rows.map { Int32($0 % 2) }),
      suspicion: Column(rows.map { $0 < count / 3 ? 0.9 : 0.1 }),
      hypothesis: Column(rows.map { $0 < count / 3 ? 1 : 0 }), hypotheses: ["none", word],
      suggestedLabels: Column(rows.map { $0 < 4 ? 1 : -1 }),
      detectors: [
        DetectorResult(
          info: DetectorInfo(name: word, family: .labels, summary: word),
          outcome: .ran(raw: Column(rows.map(Float.init)), percentile: Column(rows.map(Float.init))),
          seconds: 1),
        DetectorResult(
          info: DetectorInfo(name: word, family: .labels, summary: word), outcome: .skipped(reason: word),
          seconds: 0),
      ],
      neighbors: nil, layout: Column(rows.flatMap { [Float($0), Float($0 * $0)] }), clusters: [],
      findings: findings, sources: nil, times: nil, timings: [StageTiming(stage: word, seconds: 2)])
    report.incidents = (0..<incidents).map { number in
      Incident(
        id: "I\(number + 1)", head: .trigger, attack: word, sentence: word, label: 0, statisticName: word,
        statistic: 12.5, pValue: 1e-9, qValue: nil, findings: ["T1"], when: word, origin: word,
        members: members,
        flagged: members.count)
    }
    report.coverageGaps = [CoverageGap(attack: word, reason: word)]
    report.facts.reading.unread = [word]
    report.fusion = FusionFacts(weights: word, unknownDetectors: [word], missingDetectors: [word])
    return report
  }

  private var findings: [Finding] {
    let item: TriggerItem =
      switch modality {
      case .image: .patch(row: 1, column: 1, height: 2, width: 2, values: [0, 0, 0, 0])
      case .text: .words([word])
      case .tabular, .embedding: .cells([.init(column: word, .category(word))])
      }
    return [
      Finding(
        id: "T1", kind: .trigger, attack: word, sentence: word, statisticName: "z", statistic: 3,
        pValue: 0.01,
        members: members, item: item)
    ]
  }

  private var judged: [JudgedSample] {
    (0..<6).map { row in
      let verdict: Verdict = row == 0 ? .relabel(word) : row == 1 ? .clean : .poisoned
      var opinions = [
        JudgedSample.Opinion(
          reviewer: word, verdict: verdict, at: 1_770_000_000_000, note: word, independent: verdict)
      ]
      if row > 2 {
        let other = row == 3 ? Verdict.clean : verdict
        opinions.append(
          JudgedSample.Opinion(
            reviewer: word + "2", verdict: other, at: 1_770_000_000_001, independent: other))
      }
      return JudgedSample(
        row: row, id: word + String(row), opinions: opinions, state: row == 3 ? .disputed : .stands,
        verdict: row == 3 ? nil : verdict, tags: row == 2 ? [word] : [])
    }
  }
}

private struct MadeUpPayloads: PayloadSource {
  let word: String
  let modality: Modality

  func payload(at row: Int) -> Result<Payload, PayloadProblem> {
    if row == 1 { return .failure(PayloadProblem(reason: word)) }
    return switch modality {
    case .image:
      .success(
        .image(Image(shape: ImageShape(height: 4, width: 6, channels: 1), pixels: (0..<24).map { UInt8($0) }))
      )
    case .text: .success(.text("first \(word) last"))
    case .tabular:
      .success(.row([Payload.Field(name: word, value: word), Payload.Field(name: "x", value: "1")]))
    case .embedding: .success(.features([1, 2]))
    }
  }
  func contentDigest(at row: Int) -> Digest { .zero }
}

/// Strings of what a page, a ticket or a terminal could take for more than text.
struct HostileText {
  private var random: SeededRandom
  private static let parts = [
    "<script>alert(1)</script>", "</script>", "<img src=http://x.example/a onerror=alert(1)>",
    "\" onload=\"x", "'", "\"",
    "<", ">", "&", "&lt;", "&#60;", "-->", "<!--", "]]>", "</style>", "<svg/onload=x>", "javascript:x", "`",
    "```", "|",
    "\\", "\\|", "\n", "\r\n", "# head", "\n# head", "[a](http://x.example)", "![a](http://x.example)",
    "@all", "#1",
    "https://x.example", "www.x.example", "*", "_", "~~", "\u{1B}[2J", "\u{1B}]0;x\u{7}", "\u{9B}31m",
    "\u{0}", "\u{202E}",
    "\u{2066}", "\u{200B}", "\u{FEFF}", "\u{2028}", "é", "語", "שלום", "a", " ", "  ", "{{x}}", "${x}",
    "\u{301}\u{301}\u{301}",
  ]

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func next() -> String {
    (0...random.below(6)).map { _ in Self.parts[random.below(Self.parts.count)] }.joined()
  }
}
