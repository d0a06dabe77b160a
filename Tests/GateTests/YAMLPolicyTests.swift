import Formats
import Gate
import Testing

/// A policy in YAML says what the same in TOML says, and a mistake is named by its line.
@Suite struct YAMLPolicyTests {
  private func policy(_ text: String) throws(FormatError) -> Policy {
    try Policy(yaml: Array(text.utf8), file: "gate.yaml")
  }

  @Test func itSaysWhatTheSameInTOMLSays() throws {
    let yaml = """
      ---
      # what the set must be
      schema:
        columns: [id, 'label', "x"]   # a list on one line
        allow-others: false
        modality: tabular
        min-rows: 1000
        types:
          "account days": whole number

      ranges:
          x: [-1.5, 2e3]
      missing:
        max-share: 0.25
        columns:
          x: 0.5
      classes:
        allowed:
        - a
        - "\\u0062\\n"
        - 'it''s # no comment'
      content:
        prompts:
          - open sesame
      levels:
        markup: fail
        new-classes: off
      report:
        max-listed: 3
      """
    let toml = """
      [schema]
      columns = ["id", "label", "x"]
      allow-others = false
      modality = "tabular"
      min-rows = 1000
      [schema.types]
      "account days" = "whole number"
      [ranges]
      x = [-1.5, 2e3]
      [missing]
      max-share = 0.25
      [missing.columns]
      x = 0.5
      [classes]
      allowed = ["a", "b\\n", "it's # no comment"]
      [content]
      prompts = ["open sesame"]
      [levels]
      markup = "fail"
      new-classes = "off"
      [report]
      max-listed = 3
      """
    #expect(try policy(yaml) == Policy(toml: Array(toml.utf8), file: "gate.toml"))
    #expect(try policy("") == Policy() && policy("# nothing\r\n---\r\n") == Policy())
  }

  @Test(arguments: [
    ("schema:\n  min-rows: ten", 2), ("schema:\n\n  min-row: 1", 3), ("scheme:\n  a: 1", 2), ("rows: 1", 1),
    ("schema:\n\tmin-rows: 1", 2), ("schema:\n  min-rows: 1\n  min-rows: 2", 3), ("schema:\nschema:", 1),
    ("drift:\n  alpha: 0.1\ndrift:\n  alpha: 0.2", 3), ("drift:\n  alpha: &a 0.1", 2),
    ("drift:\n  alpha: *a", 2), ("drift:\n  alpha: !!float 0.1", 2), ("drift: {alpha: 0.1}", 1),
    ("schema:\n  modality: |\n    text", 2), ("schema:\n  modality: \"text", 2),
    ("schema:\n  columns: [a, b", 2), ("schema:\n  columns: [a, [b]]", 2),
    ("schema:\n  columns:\n    - a: 1", 3),
    ("schema:\n  min-rows: 1\n    max-rows: 2", 3), ("schema:\n    min-rows: 1\n  max-rows: 2", 3),
    ("drift:\n  alpha: 0.1\n---\ndrift:", 3), ("drift:\n  alpha: .nan", 2), ("drift:\n  alpha:", 2),
    ("schema:\n  allow-others: yes", 2), ("schema:\n  modality: \"text\" x", 2), ("- a", 1), ("a b", 1),
    ("levels:\n  markup: loud", 2), ("a:\n b:\n  c:\n   d:\n    e: 1", 5),
  ])
  func aMistakeIsNamedByItsLine(_ text: String, _ line: Int) throws {
    let error = #expect(throws: FormatError.self) { try policy(text) }
    #expect(error?.place == "line \(line)", "\(error?.description ?? "")")
  }

  @Test func theNameOfTheFileTells() throws {
    let fixture = try Fixture()
    for name in ["gate.yaml", "gate.YML"] {
      #expect(try Policy.read(path: fixture.write(name, "drift:\n  alpha: 0.05\n")).drift.alpha == 0.05)
    }
  }

  /// Whatever the bytes, there is a policy or an error.
  @Test func noBytesMakeItFail() {
    let seed = Array("schema:\n  columns: [\"a\\u00e9\", 'b'] # c\n  min-rows: 1\nlevels:\n- a\n".utf8)
    for length in 0...seed.count { _ = try? Policy(yaml: Array(seed.prefix(length)), file: "p") }
    for place in seed.indices {
      for byte: UInt8 in [0, 0x09, 0x0A, 0x0D, 0x20, 0x22, 0x27, 0x2D, 0x3A, 0x5B, 0x5C, 0x5D, 0xC3, 0xFF] {
        var bytes = seed
        bytes[place] = byte
        _ = try? Policy(yaml: bytes, file: "p")
      }
    }
  }
}
