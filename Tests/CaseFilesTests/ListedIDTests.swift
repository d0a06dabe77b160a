import CaseFiles
import Formats
import Foundation
import Model
import Testing

/// An id in a list is of use only where somebody finds the sample by it.
@Suite struct ListedIDTests {
  private static func warned(_ fixture: ExportFixture, _ rows: [Int]) throws -> String {
    try fixture.decide(.poisoned, rows)
    return try fixture.export("drop-list", to: "drop")
  }

  @Test func idsThatStandInTheFileAreNoNews() throws {
    for (name, text) in [
      ("t.csv", "id,label,x\n\"a,\"\"\",0,1\né,1,2\nc,0,3\n"),
      ("t.jsonl", "{\"id\":7,\"x\":1}\n{\"id\":\"\\u0061\",\"x\":2}\n{\"id\":\"c\",\"x\":3}\n"),
    ] {
      let fixture = try ExportFixture(file: name, Array(text.utf8))
      #expect(try !Self.warned(fixture, [0, 1, 2]).contains("of these ids"), "\(name)")
    }
  }

  @Test func doubledIDsAreNamed() throws {
    let fixture = try ExportFixture(file: "t.csv", Array("id,label,x\na,0,1\nb,1,2\na,0,3\n".utf8))
    let sentence = try Self.warned(fixture, [0, 1, 2])
    #expect(sentence.contains("2 of these ids do not stand in the dataset exactly once: a, "))
    #expect(sentence.contains("--by row, or a list called .npy, has rows instead"))
    _ = try fixture.export("drop-list", to: "rows", names: .row)
    #expect(try fixture.text("rows") == "0\n1\n2\n")
    _ = try fixture.export("keep-list", to: "others", names: .row)
    #expect(try fixture.text("others") == "")
  }

  @Test func idsOfADatasetWithoutIDsAreNamed() throws {
    let fixture = try ExportFixture(
      file: "x.npy", NPY.encode(shape: [8, 1], (0..<8).map { Float($0 * $0) }))
    let sentence = try Self.warned(fixture, [0, 2, 3, 4, 5, 6])
    #expect(sentence.contains("; 6 of these ids do not stand"))
    #expect(sentence.components(separatedBy: ", ").count >= 6 && sentence.contains(", …;"))
    #expect(try !fixture.export("drop-list", to: "drop.npy").contains("of these ids"))
  }

  @Test func idsOfMetadataStandInTheDataset() throws {
    let fixture = try ExportFixture(files: [
      "features.npy": NPY.encode(shape: [3, 1], [1, 2, 4] as [Float]),
      "metadata.csv": Array("id,source\nm0,s\nm1,s\nm2,s\n".utf8),
    ])
    #expect(try !Self.warned(fixture, [0, 1]).contains("of these ids"))
  }

  /// More digits than a double holds: what the scan calls the sample may not be what stands in the file.
  @Test func aLongNumberIsFoundByItsDigitsOrNamed() throws {
    let text = "{\"id\":9007199254740993,\"x\":1}\n{\"id\":5,\"x\":2}\n{\"id\":6,\"x\":4}\n"
    let fixture = try ExportFixture(file: "t.jsonl", Array(text.utf8))
    let sentence = try Self.warned(fixture, [0, 1])
    let id = try fixture.text("drop").split(separator: "\n").first ?? ""
    #expect((id == "9007199254740993") == !sentence.contains("1 of these ids does not stand"))
  }
}
