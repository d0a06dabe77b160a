import Formats
import Testing

@Suite struct PipeSeparatedTests {
  /// A comma in every cell makes as even a table as the bars do, and more columns.
  static let text = "name, first|label\nDoe, Jane|cat\nRoe, Richard|dog\nPoe, Edgar|cat\n"

  @Test func barsDelimitWhereTheNameSaysSo() throws {
    let data = try ReadingFixture().load("t.psv", Self.text.utf8)
    #expect(data.labelNames == ["cat", "dog", "cat"])
    #expect(data.reading.files[0].columns.map(\.name) == ["name, first", "label"])
    #expect(data.reading.files[0].found == [])
  }

  @Test func aFolderHoldsThemAsDataPsv() throws {
    let fixture = try ReadingFixture()
    try fixture.write("data.psv", Self.text.utf8)
    #expect(try fixture.load().labelNames == ["cat", "dog", "cat"])
    try fixture.write("data.csv", "label\na\n".utf8)
    #expect(throws: FormatError.self) { try fixture.load() }
  }
}
