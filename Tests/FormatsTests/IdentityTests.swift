import Formats
import Foundation
import Model
import Testing

/// Ids name one row, and a verdict is bound to what was judged.
@Suite struct IdentityTests {
  @Test(arguments: 1...30)
  func aGivenIdIsNeverHandedToAnotherRow(_ seed: Int) throws {
    var draws = Draws(seed: UInt64(seed))
    let pool = ["x", "x-2", "x-3", "x-2-2", "y", "y-2", ""]
    let given = (0..<25).map { _ in
      draws.number(below: 3) == 0 ? "u\(draws.number(below: 99))" : draws.choice(pool)
    }
    let rows = given.enumerated().map { "\($1),word \($0),l\n" }.joined()
    let data = try ReadingFixture().load("t.csv", ("id,text,label\n" + rows).utf8)
    let ids = Array(data.ids)
    #expect(Set(ids).count == ids.count)
    for (row, id) in ids.enumerated() where given.contains(id) {
      // Who has an id that the file gives is the first row that it is given to.
      #expect(given.firstIndex(of: id) == row, "\(id)")
    }
    #expect(data.reading.renamedIDs == ids.indices.count { ids[$0] != given[$0] })
    #expect((data.reading.renamedIDs == 0) == (Set(given).count == given.count && !given.contains("")))
  }

  static let table = "id,text,label\na,\"one, two\",x\nb,three,y\n"

  @Test(arguments: [
    ("t.csv", table, [true, true]),
    ("t.csv", "id,text,label\na,\"one, two\",x\n\"b\",\"three\",\"y\"\r\n", [true, true]),
    ("t.csv", "label;id;lang;text\nx;a;en;one, two\ny;b;de;three\n", [true, true]),
    (
      "t.jsonl",
      "{\"text\":\"one, two\",\"label\":\"x\",\"id\":\"a\"}\n{\"id\":\"b\",\"label\":\"y\",\"text\":\"thr\\u0065e\",\"n\":1}",
      [true, true]
    ),
    ("t.csv", "id,text,label\na,\"one, two \",x\nb,three,y\n", [false, true]),
    ("t.csv", "id,text,label\na,\"one, two\",y\nb,three,y\n", [false, true]),
  ])
  func aVerdictIsBoundToWhatWasJudgedNotToHowItIsWritten(_ file: String, _ text: String, _ holds: [Bool])
    throws
  {
    let before = try ReadingFixture().load("t.csv", Self.table.utf8)
    let after = try ReadingFixture().load(file, text.utf8)
    for row in 0..<2 {
      let digest = before.payloads.contentDigest(at: row)
      #expect(after.payloads.isBound(digest, to: row, labelled: after.labelNames[row]) == holds[row])
    }
  }

  @Test func aLabelThatWasChangedLeavesTheContentKnown() throws {
    let before = try ReadingFixture().load("t.csv", Self.table.utf8)
    let after = try ReadingFixture().load("t.csv", Self.table.replacing(",x\n", with: ",y\n").utf8)
    let digest = before.payloads.contentDigest(at: 0)
    #expect(!after.payloads.isBound(digest, to: 0, labelled: "y"))
    #expect(after.payloads.isBound(digest, to: 0, labelled: "x"))
  }

  /// The digest that earlier versions wrote: SHA-256 of the record's bytes, a zero byte, the label.
  @Test func digestsOfEarlierVersionsStillHold() throws {
    let data = try ReadingFixture().load("t.csv", "id,text,label\na,hello,x\n".utf8)
    // printf 'a,hello,x\0x' | sha256sum
    let earlier = try #require(
      Digest(hex: "3234014d2c3355cad251153d5da762826eb4cfb24f35dcdb752ad1bed987f5f7"))
    #expect(data.payloads.isBound(earlier, to: 0, labelled: "x"))
    #expect(!data.payloads.isBound(earlier, to: 0, labelled: "y"))
  }

  @Test func rowsOfATableAreJudgedByTheirFeatures() throws {
    let before = try ReadingFixture().load("t.csv", "id,a,b,source,label\n1,5,u,s,x\n2,6,v,s,y\n".utf8)
    let moved = try ReadingFixture().load("t.csv", "id,b,a,label\n1,u,5,x\n2,v,7,y\n".utf8)
    let digests = (0..<2).map { before.payloads.contentDigest(at: $0) }
    #expect(moved.payloads.isBound(digests[0], to: 0, labelled: "x"))
    #expect(!moved.payloads.isBound(digests[1], to: 1, labelled: "y"))
  }

  /// Columns that come to a table leave its verdicts standing; a cell that changes does not.
  @Test(arguments: [
    ("id,a,b,label,new\n1,5,u,x,7\n2,6,v,y,8\n", true), ("new,id,a,b,label\n7,1,5,u,x\n8,2,6,v,y\n", true),
    ("id,a,b,label,m,n,o\n1,5,u,x,7,8,9\n2,6,v,y,8,9,1\n", true),
    ("id,a,b,label,new\n1,5.5,u,x,7\n2,6,w,y,8\n", false), ("id,a,label\n1,5,x\n2,6,y\n", false),
  ])
  func aNewColumnLeavesAVerdict(_ text: String, _ holds: Bool) throws {
    let before = try ReadingFixture().load("t.csv", "id,a,b,label\n1,5,u,x\n2,6,v,y\n".utf8)
    let after = try ReadingFixture().load("t.csv", text.utf8)
    for row in 0..<2 {
      let digest = before.payloads.contentDigest(at: row)
      #expect(after.payloads.isBound(digest, to: row, labelled: ["x", "y"][row]) == holds)
    }
  }

  /// Without ids: the samples of a file are the same ones after a relabel and in another order.
  @Test func aRelabelLeavesADerivedId() throws {
    let rows = (0..<20).map { "text \($0),\($0 % 2 == 0 ? "x" : "y")" }
    let before = try ReadingFixture().load("t.csv", ("text,label\n" + rows.joined(separator: "\n")).utf8)
    let relabelled = ["text 4,y"] + rows.filter { !$0.hasPrefix("text 4,") }.reversed()
    let after = try ReadingFixture().load("t.csv", ("text,label\n" + relabelled.joined(separator: "\n")).utf8)
    #expect(after.ids[0] == before.ids[4])
    #expect(Set(after.ids) == Set(before.ids))
  }

  /// A file may be long and hold nothing: what it claims is bounded before anything is read.
  @Test(
    arguments: [
      ([2, 6_250_000_000], "features.npy", "columns, more than"),
      ([6_250_000_000], "labels.npy", "more than 2147483647 samples"),
      ([6_250_000_000, 2], "pred_probs.npy", "more than 2147483647 samples"),
    ] as [([Int], String, String)])
  func whatASparseFileClaimsIsBounded(_ shape: [Int], _ file: String, _ expected: String) throws {
    let fixture = try ReadingFixture()
    let header = NPY.encodedHeader(descr: "|i1", shape: shape)
    try fixture.write(file, header)
    let handle = try FileHandle(forWritingTo: fixture.folder.appending(path: file))
    try handle.truncate(atOffset: UInt64(header.count + shape.reduce(1, *)))
    try handle.close()
    do {
      _ = try fixture.load()
      Issue.record("it was read")
    } catch { #expect("\(error)".contains(expected), "\(error)") }
  }
}
