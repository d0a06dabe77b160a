import Formats
import Gate
import Testing

@Suite struct PolicyTests {
  private func policy(_ text: String) throws(FormatError) -> Policy {
    try Policy(toml: Array(text.utf8), file: "gate.toml")
  }

  @Test func whatItDoesNotSayIsAsByDefault() throws {
    #expect(try policy("") == Policy())
    #expect(try policy("# only a comment\r\n\n") == Policy())
  }

  @Test func everyTableIsRead() throws {
    let read = try policy(
      """
      [schema]
      columns = ["id", 'label',  # a comment within
        "x",
      ]
      allow-others = false
      modality = "tabular"
      min-rows = 1_000
      max-rows = +5000

      [schema.types]
      "account days" = "whole number"

      [ranges]
      x = [-1.5, 2e3]

      [missing]
      max-share = 0.25
      max-unlabelled = 0

      [missing.columns]
      x = 0.5

      [classes]
      allowed = ["a", "\\u0062\\n"]
      min-count = 3
      max-ratio = 10
      [content]
      max-bytes = 10
      prompts = ["open sesame"]
      [drift]
      alpha = 0.05
      [review]
      max-flags = 7
      [manifest]
      required = true
      [levels]
      markup = "fail"
      new-classes = "off"
      [report]
      max-listed = 3
      """)
    #expect(read.schema.columns == ["id", "label", "x"])
    #expect(!read.schema.allowsOthers && read.schema.minRows == 1000 && read.schema.maxRows == 5000)
    #expect(read.schema.types == ["account days": "whole number"])
    #expect(read.ranges == ["x": -1.5...2000])
    #expect(
      read.missing.maxShare == 0.25 && read.missing.maxUnlabelled == 0 && read.missing.columns == ["x": 0.5])
    #expect(read.classes.allowed == ["a", "b\n"] && read.classes.maxRatio == 10)
    #expect(read.content.maxBytes == 10 && read.content.prompts == ["open sesame"])
    #expect(read.drift.alpha == 0.05 && read.review.maxFlags == 7 && read.manifest.isRequired)
    #expect(read.levels == ["markup": .fail, "new-classes": .off] && read.maxListed == 3)
    #expect(!CheckRegistry.active(read).contains { $0.name == "new-classes" })
  }

  @Test(arguments: [
    ("[schema]\nmin-rows = \"ten\"", 2), ("[schema]\n\nmin-row = 1", 3), ("[scheme]\na = 1", 2),
    ("rows = 1", 1), ("[ranges]\nx = [2, 1]", 2), ("[ranges]\nx = [1]", 2), ("[missing]\nmax-share = 1.5", 2),
    ("[levels]\nmarkup = \"loud\"", 2), ("[levels]\nnothing = \"fail\"", 2), ("[schema]\ncolumns = [1]", 2),
    ("[schema]\ncolumns = [[\"a\"]]", 2), ("[schema]\ncolumns = [\"a\"", 2),
    ("[schema]\nmodality = \"text", 2),
    ("[schema]\nmin-rows = 1\nmin-rows = 2", 3), ("[drift]\n[drift]", 2), ("[drift", 1), ("[[drift]]", 1),
    ("[schema]\nmin-rows = 1979-05-27", 2), ("[schema]\nmin-rows = 0x10", 2),
    ("[schema]\nmin-rows = 1__0", 2),
    ("[schema]\nmin-rows = -1", 2), ("[drift]\nalpha = nan", 2), ("[drift]\nalpha = .5", 2),
    ("[drift]\nalpha", 2),
    ("[drift]\nalpha = 0.1 0.2", 2), ("[schema]\nmodality = \"\\x\"", 2), ("[classes]\nmax-ratio = 0.5", 2),
    ("[schema]\ndrift.alpha = 1", 2), ("[schema]\ncolumns = {a = 1}", 2),
  ])
  func aMistakeIsNamedByItsLine(_ text: String, _ line: Int) throws {
    let error = #expect(throws: FormatError.self) { try policy(text) }
    #expect(error?.place == "line \(line)", "\(error?.description ?? "")")
  }

  @Test func itIsReadFromAFile() throws {
    let fixture = try Fixture()
    let path = try fixture.write("gate.toml", "[drift]\nalpha = 0.05\n")
    #expect(try Policy.read(path: path).drift.alpha == 0.05)
    #expect(try Policy.read(path: fixture.write("empty.toml", "")) == Policy())
    #expect(throws: FormatError.self) { try Policy.read(path: path + ".not") }
  }

  /// Whatever the bytes, there is a policy or an error.
  @Test func noBytesMakeItFail() {
    let seed = Array(
      "[schema]\ncolumns = [\"a\\u00e9\", 'b'] # c\nmin-rows = 1\n[ranges]\nx = [0, 1e9]\n".utf8)
    for length in 0...seed.count { _ = try? Policy(toml: Array(seed.prefix(length)), file: "p") }
    for place in seed.indices {
      for byte: UInt8 in [0, 0x0A, 0x22, 0x27, 0x5B, 0x5C, 0x5D, 0x7F, 0xC3, 0xFF] {
        var bytes = seed
        bytes[place] = byte
        _ = try? Policy(toml: bytes, file: "p")
      }
    }
  }
}
