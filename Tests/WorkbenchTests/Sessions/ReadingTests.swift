import Model
import Scanning
import Screen
import Testing
import Workbench

/// What screens show of samples is asked for and comes as values.
@Suite struct ReadingTests {
  /// Whatever lies in `value`, however deep, can `isWanted` find it.
  private static func holds(_ value: Any, _ isWanted: (Any) -> Bool) -> Bool {
    var seen: Set<ObjectIdentifier> = []
    func look(_ value: Any, _ depth: Int) -> Bool {
      if isWanted(value) { return true }
      guard depth < 40 else { return false }
      let mirror = Mirror(reflecting: value)
      if mirror.displayStyle == .class {
        guard seen.insert(ObjectIdentifier(value as AnyObject)).inserted else { return false }
      }
      // Elements of a long column are numbers all.
      return mirror.children.prefix(300).contains { look($0.value, depth + 1) }
    }
    return look(value, 0)
  }

  private static func canRead(_ value: Any) -> Bool { value is CaseSamples || value is any PayloadSource }

  /// A state leads to nothing that can read, whatever it has been through and still asks for.
  @Test(arguments: MadeUpCase.allCases) func nothingInAStateCanRead(_ kind: MadeUpCase) {
    var desk = SlowDesk(kind)
    #expect(Self.holds(desk.samples, Self.canRead), "the search finds what there is")
    for keys in [
      "Q&suspicion > 0.1<Enter>]", "<Enter>pr1", "q*gcy", "gl", "C", "F", "S", "W", "T", "L", "QV", "Qgd",
    ] {
      desk.press(keys)
      if let append = desk.takeAppend() { desk.send(.saved(append, after: [])) }
      #expect(!Self.holds(desk.state, Self.canRead), "\(keys)")
      desk.answer()
    }
  }

  private static func text(_ desk: SlowDesk) -> String { FrameCheck.frame(desk.state).text() }

  /// Until a sample has come its place is calm and whole; keys go on meanwhile, and nothing is asked for twice.
  @Test func aSampleThatIsSlowToReadIsShownOnceItIsThere() throws {
    var desk = SlowDesk(.texts)
    desk.answerAll()
    desk.readsSlowly = true
    desk.press("Q:sort id asc<Enter>")
    desk.answerAll()
    desk.press("gg<Enter>")
    let row = try #require(desk.state.currentRow)
    guard case .success(.text(let text)) = desk.samples.payloads.payload(at: row) else {
      Issue.record("row \(row) is no text")
      return
    }
    let words = String(text.prefix(20))
    #expect(!Self.text(desk).contains(words) && Self.text(desk).contains("reading the sample"))
    #expect(FrameCheck.problem(in: FrameCheck.frame(desk.state)) == nil)
    let asked = desk.reads.flatMap(\.rows)
    #expect(Set(asked).count == asked.count)
    desk.press("p")
    #expect(desk.takeAppend()?.samples.first?.digest == desk.samples.payloads.contentDigest(at: row))
    while !desk.reads.isEmpty { desk.read() }
    #expect(Self.text(desk).contains(words))
    #expect(FrameCheck.hasItsSamples(desk.state, desk.samples))
  }

  private struct Large: PayloadSource {
    static let size = 250_000
    func payload(at row: Int) -> Result<Payload, PayloadProblem> {
      .success(.features([Float](repeating: Float(row), count: Self.size)))
    }
    func contentDigest(at row: Int) -> Digest { MadeUpPayloads.digest(row) }
  }

  /// A megabyte each: what has been looked at gives way, and what is shown stays.
  @Test func whatIsAtHandIsBounded() throws {
    let count = 200
    var desk = Desk(
      CaseSamples(report: MadeUpCase.vectors.material(count: count).report, payloads: Large(), version: ""),
      size: ScreenSize(height: 40, width: 120))
    desk.press("Q")
    for _ in 0..<100 {
      desk.press("j")
      #expect(desk.state.samples[try #require(desk.state.currentRow)] != nil)
    }
    let kept = (0..<count).count { desk.state.samples[$0] != nil }
    #expect(kept > 10 && kept < 40, "\(kept)")
  }

  private struct Ages: PayloadSource {
    func payload(at row: Int) -> Result<Payload, PayloadProblem> {
      .success(.row([.init(name: "age", value: "7")]))
    }
    func contentDigest(at row: Int) -> Digest { MadeUpPayloads.digest(row) }
  }

  /// A column of the data is read from all rows: how far, stands beside the job, and a stop is heeded.
  @Test func readingAColumnTellsHowFarItIs() throws {
    let count = 140_000
    let report = Report(
      facts: DatasetFacts(
        name: "made-up", modality: .tabular, count: count, classes: [], digest: MadeUpPayloads.digest(1),
        featureSource: "", probabilitySource: "", notes: []),
      ids: StringColumn((0..<count).map { "\($0)" }), labels: Column([Int32](repeating: -1, count: count)),
      suspicion: Column([Float](repeating: 0, count: count)),
      hypothesis: Column([UInt8](repeating: 0, count: count)), hypotheses: ["none"],
      suggestedLabels: Column([Int32](repeating: -1, count: count)), detectors: [], neighbors: nil,
      layout: [], clusters: [], findings: [], sources: nil, times: nil, timings: [])
    let samples = CaseSamples(report: report, payloads: Ages(), version: "")
    var desk = SlowDesk(samples)
    desk.answerAll()
    desk.press("F99j")
    let request = try #require(desk.work.last)
    var shares: [Double] = []
    #expect(samples.columns.progress == nil)
    var asked = 0
    let stopped = request.request.run(on: samples) {
      if let share = samples.columns.progress { shares.append(share) }
      asked += 1
      return asked > 1
    }
    guard case .cancelled = stopped else {
      Issue.record("it was not stopped")
      return
    }
    #expect(shares.count > 1 && shares == shares.sorted() && shares.allSatisfy { (0..<1).contains($0) })
    #expect(samples.columns.progress == nil)
    desk.send(.progressed(0.43))
    #expect(Self.text(desk).contains(" 43 %"))
    desk.answerAll()
    #expect(!Self.text(desk).contains(" 43 %"))
  }

  /// All rows are asked, which takes its time.
  @Test func markingWhereAConditionHoldsAsksOnceTheSamplesAreFound() {
    var desk = SlowDesk(.table)
    desk.answerAll()
    desk.press("Q:mark clean where age >= 40<Enter>")
    #expect(desk.state.prompt == nil && desk.state.jobs.title != nil)
    desk.answerAll()
    guard case .confirm? = desk.state.prompt else {
      Issue.record("nothing is asked: \(desk.state.messages.text ?? "")")
      return
    }
    // What is typed meanwhile must not answer a question that nobody has seen yet.
    desk.press("n:mark clean where age >= 41<Enter>y")
    desk.answerAll()
    #expect(desk.state.prompt == nil && !desk.state.selection.rows.isEmpty)
    #expect(desk.takeAppend() == nil)
  }
}
