import Foundation
import Gate
import Testing

/// Each check is silent on a clean table and speaks of the planted row.
@Suite struct SchemaCheckTests {
  let fixture: Fixture
  let clean = (0..<20).map {
    "r\($0),\($0 % 2 == 0 ? "a" : "b"),\($0 * 37 % 19 + 1).5,\($0 % 3 == 0 ? "web" : "shop")"
  }

  init() throws { fixture = try Fixture() }

  private func status(_ check: String, _ rows: [String], _ policy: String) throws -> CheckResult.Status {
    try GateTests.status(check, fixture.table("id,label,amount,channel", rows, policy: policy))
  }

  @Test func nothingFailsOnACleanTableWithoutAPolicy() throws {
    let input = try fixture.table("id,label,amount,channel", clean)
    let broken = CheckRegistry.run(on: input).filter { $0.status == .fail || $0.status == .warn }
    #expect(broken.isEmpty, "\(broken)")
  }

  @Test func columnsThatAreAbsentOrNotAllowed() throws {
    #expect(try status("columns", clean, "[schema]\ncolumns = [\"id\", \"label\"]") == .pass)
    #expect(try status("columns", clean, "[schema]\ncolumns = [\"id\", \"age\"]") == .fail)
    #expect(
      try status("columns", clean, "[schema]\ncolumns = [\"id\", \"label\"]\nallow-others = false") == .fail)
    #expect(try status("columns", clean, "[schema]\nmodality = \"tabular\"") == .pass)
    #expect(try status("columns", clean, "[schema]\nmodality = \"text\"") == .fail)
    #expect(try status("columns", clean, "") == .notApplicable)
  }

  @Test func aCellThatIsNoNumberBreaksTheType() throws {
    let policy = "[schema.types]\namount = \"number\""
    #expect(try status("types", clean, policy) == .pass)
    #expect(try status("types", clean + ["r20,a,,web", "r21,b,NA,web"], policy) == .pass, "empty is no type")
    let input = try fixture.table("id,label,amount,channel", clean + ["r20,a,a lot,web"], policy: policy)
    #expect(try rows("types", input) == [20])
    #expect(try status("types", clean, "[schema.types]\nchannel = \"number\"") == .fail)
    #expect(try status("types", clean, "[schema.types]\nage = \"number\"") == .fail)
  }

  @Test func numbersOfRows() throws {
    #expect(try status("rows", clean, "[schema]\nmin-rows = 20\nmax-rows = 20") == .pass)
    #expect(try status("rows", clean, "[schema]\nmin-rows = 21") == .fail)
    #expect(try status("rows", clean, "[schema]\nmax-rows = 19") == .fail)
  }

  @Test func idsThatStandTwice() throws {
    #expect(try status("ids", clean, "") == .pass)
    #expect(try status("ids", clean + ["r3,a,2.5,web"], "") == .warn)
  }

  @Test func valuesOutOfRangeAreNamed() throws {
    let policy = "[ranges]\namount = [0, 100]"
    #expect(try status("ranges", clean, policy) == .pass)
    let input = try fixture.table("id,label,amount,channel", clean + ["r20,a,1000.5,web"], policy: policy)
    #expect(try GateTests.status("ranges", input) == .fail)
    #expect(try rows("ranges", input) == [20])
    #expect(try status("ranges", clean, "[ranges]\nage = [0, 100]") == .fail)
    #expect(try status("ranges", clean, "[ranges]\nchannel = [0, 100]") == .fail)
  }

  @Test func missingCellsAndLabels() throws {
    let policy = "[missing]\nmax-unlabelled = 0.04\n[missing.columns]\namount = 0.04"
    #expect(try status("missing", clean, policy) == .pass)
    #expect(try status("unlabelled", clean, policy) == .pass)
    #expect(try status("missing", clean + ["r20,a,,web"], policy) == .fail)
    #expect(try status("unlabelled", clean + ["r20,,3.5,web"], policy) == .fail)
  }

  @Test func classesAndTheirSizes() throws {
    let policy = "[classes]\nallowed = [\"a\", \"b\"]\nmax-ratio = 5"
    #expect(try status("classes", clean, policy) == .pass)
    #expect(try status("balance", clean, policy) == .pass)
    let third = clean + ["r20,c,3.5,web"]
    #expect(try status("classes", third, policy) == .fail)
    #expect(try status("balance", third, policy) == .warn)
    #expect(try status("classes", clean, "[classes]\nallowed = [\"a\", \"b\", \"z\"]") == .fail)
  }

  @Test func aLevelDecidesWhatABrokenCheckDoes() throws {
    let rows = clean + ["r3,a,2.5,web"]
    #expect(try status("ids", rows, "[levels]\nids = \"fail\"") == .fail)
    #expect(try status("rows", rows, "[schema]\nmin-rows = 50\n[levels]\nrows = \"warn\"") == .warn)
  }
}
