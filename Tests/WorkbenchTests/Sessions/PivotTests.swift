import Model
import Review
import Scanning
import Testing
import Workbench

/// Samples counted by the values of a column.
@Suite struct PivotTests {
  /// Every group of every column opens as many samples as it counts, of which as many are flagged and open; the groups
  /// are all samples.
  @Test(arguments: MadeUpCase.allCases)
  func groupsOpenWhatTheyCount(_ kind: MadeUpCase) throws {
    var desk = Desk(kind)
    desk.press("QpjcD" + "S")
    let columns = desk.state.pivotColumns
    #expect(columns.contains(.source) && columns.contains(.time) && columns.contains(.verdict))
    #expect(kind != .table || columns.contains { if case .data = $0 { true } else { false } })
    for column in columns {
      #expect(desk.state.views.pivot.column == column)
      let pivot = try #require(desk.state.views.pivot.pivot)
      #expect(pivot.rows.reduce(0) { $0 + $1.count.samples } == MadeUpCase.standardCount)
      #expect(pivot.all.samples == MadeUpCase.standardCount)
      for place in pivot.rows.indices {
        desk.press("gg" + (place > 0 ? "\(place)j" : ""))
        let current = try #require(desk.state.currentPivotCount)
        guard current.condition != nil else { continue }
        desk.press("gu*")
        #expect(desk.state.selection.rows.count == current.count.samples, "\(column) \(current.name)")
        desk.press("<Enter>")
        #expect(desk.rows.count == current.count.samples, "\(column) \(current.name): \(desk.message)")
        #expect(
          desk.rows.count { desk.state.material.report.suspicion[$0] >= Report.flagThreshold }
            == current.count.flagged)
        #expect(desk.rows.count { desk.verdict($0) == nil } == current.count.open)
        desk.press("q")
      }
      desk.press("<Tab>")
    }
    #expect(desk.state.views.pivot.column == columns.first, "Tab goes around")
  }

  @Test func twoColumnsAreAMatrix() throws {
    var desk = Desk()
    desk.press("S<Tab><Tab>x")
    #expect(desk.state.views.pivot.column == .label && desk.state.views.pivot.crossed == .suggested)
    let pivot = try #require(desk.state.views.pivot.pivot)
    for row in pivot.rows.indices {
      for column in pivot.columns.indices {
        let material = desk.state.material
        let expected = (0..<MadeUpCase.standardCount).count {
          (material.label(of: $0) ?? "none") == pivot.rows[row].name
            && (material.suggestedLabel(of: $0) ?? "none") == pivot.columns[column].name
        }
        #expect(pivot.cell(row, column).samples == expected)
        let place = desk.state.views.pivot.ranked.firstIndex(of: row) ?? 0
        desk.press("gg" + (place > 0 ? "\(place)j" : "") + "99h" + (column > 0 ? "\(column)l" : ""))
        #expect(desk.state.currentPivotCount?.count == pivot.cell(row, column))
        desk.press("<Enter>")
        #expect(desk.rows.count == expected)
        desk.press("q")
      }
    }
  }

  /// From a queue that shows some of the samples it is of those.
  @Test func aPivotIsOfWhatIsShown() throws {
    var desk = Desk()
    desk.press("Q&suspicion >= 0.5<Enter>S")
    let pivot = try #require(desk.state.views.pivot.pivot)
    #expect(pivot.all.samples == 12 && pivot.all.flagged == 12)
    desk.press("<Enter>")
    let count = desk.rows.count
    desk.press("*gsy")
    #expect(desk.journal.last?.samples.count == count)
    #expect(desk.journal.last?.by?.hasPrefix("suspicion >= 0.5 & source = ") == true)
    desk.press("q")
    #expect(desk.state.views.pivot.pivot?.all.open == 12 - count, "verdicts are counted anew")
  }

  @Test func statisticsAreThoseOfTheColumn() throws {
    var desk = Desk(.table)
    desk.press("Q:sort age<Enter>I")
    #expect(desk.state.context == .pivot)
    let summary = try #require(desk.state.views.pivot.pivot?.summary)
    let ages = (0..<MadeUpCase.standardCount).compactMap { row -> Double? in
      guard case .success(.row(let fields)) = desk.samples.payloads.payload(at: row) else {
        return nil
      }
      return fields.first { $0.name == "age" }.flatMap { Double($0.value) }
    }.sorted()
    #expect(summary.quantiles.first == ages.first && summary.quantiles.last == ages.last)
    #expect(summary.missing == MadeUpCase.standardCount - ages.count && summary.distinct == Set(ages).count)
    #expect(abs(summary.mean - ages.reduce(0, +) / Double(ages.count)) < 1e-9)
    desk.press("qgg99hI")
    #expect(desk.message.contains("cannot be grouped"), "ranks are all different")
  }

  /// Interval of Wilson (1927): the example of Newcombe (Statistics in Medicine 17, 1998, table I): 81 of 263 is 0.2553
  /// to 0.3662, 0 of 20 is 0 to 0.1611.
  @Test func theLiftHasAnInterval() throws {
    var desk = Desk(count: 283)
    desk.press("S")
    let pivot = try #require(desk.state.views.pivot.pivot)
    let base = Double(pivot.all.flagged) / Double(pivot.all.samples)
    func interval(_ flagged: Int, _ samples: Int) throws -> (Double, Double) {
      let lift = try #require(pivot.lift(.init(samples: samples, flagged: flagged, open: 0)))
      return (lift.low * base, lift.high * base)
    }
    let (low, high) = try interval(81, 263)
    #expect(abs(low - 0.2553) < 5e-5 && abs(high - 0.3662) < 5e-5)
    let (none, some) = try interval(0, 20)
    #expect(none == 0 && abs(some - 0.1611) < 5e-5)
  }
}
