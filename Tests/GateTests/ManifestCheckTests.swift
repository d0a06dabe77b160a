import Foundation
import Gate
import Model
import Testing

@Suite struct ManifestCheckTests {
  let fixture: Fixture
  let content = "id,label,x\nr0,a,1.5\nr1,b,2.5\nr2,a,3.5\nr3,b,4.5\n"
  var digest: String { Array(content.utf8).withUnsafeBytes { SHA256.digest(of: $0) }.hex }

  init() throws {
    fixture = try Fixture()
    try fixture.write("set/data.csv", content)
  }

  private func outcome(_ policy: String = "") throws -> CheckResult.Status {
    try status("manifest", fixture.input(fixture.folder.appending(path: "set").path, policy: policy))
  }

  @Test func linesAsSha256sumWritesThem() throws {
    #expect(try outcome() == .notApplicable)
    #expect(try outcome("[manifest]\nrequired = true") == .fail)
    for line in [
      "\(digest)  data.csv", "\(digest.uppercased()) *./data.csv\r", "# by hand\n\(digest)  data.csv",
    ] {
      try fixture.write("set/SHA256SUMS", line + "\n")
      #expect(try outcome() == .pass, "\(line)")
    }
    for line in [
      "\(Digest.zero.hex)  data.csv", "\(digest)  other.csv", "\(digest)  ../set2/data.csv",
      "\(digest)data.csv",
      "data.csv", "\(digest)  ", "",
    ] {
      try fixture.write("set/SHA256SUMS", line + "\n")
      #expect(try outcome() == .fail, "\(line)")
    }
  }

  @Test func whatLiesOutsideOfTheFolderIsNotOpened() throws {
    try fixture.write("secret", content)
    try fixture.write("set/SHA256SUMS", "\(digest)  data.csv\n\(digest)  ../secret\n")
    #expect(try outcome() == .fail)
  }

  @Test func aFileThatNobodyListedIsNamed() throws {
    try fixture.write("set/SHA256SUMS", "\(digest)  data.csv\n")
    try fixture.write("set/README.md", "what it is")
    #expect(try outcome() == .pass)
    try fixture.write("set/extra.bin", "what is it?")
    let found = try results("manifest", fixture.input(fixture.folder.appending(path: "set").path))
    #expect(found.contains { $0.status == .fail && $0.sentence.contains("extra.bin") })
  }

  private func croissant(_ objects: String) throws -> CheckResult.Status {
    try fixture.write("set/croissant.json", "{\"@type\": \"sc:Dataset\", \"distribution\": [\(objects)]}")
    return try outcome()
  }

  @Test func splitViewShowsInACroissantDescription() throws {
    func object(_ digest: String, url: String = "https://example.org/v1/data.csv?download=1") -> String {
      """
      {"@type": "cr:FileObject", "@id": "table", "name": "table", "contentUrl": "\(url)", "sha256": "\(digest)"}
      """
    }
    let inside = """
      {"@type": "cr:FileSet", "@id": "parts"},
      {"@type": "cr:FileObject", "@id": "p", "contentUrl": "p.csv", "containedIn": {"@id": "table"}}
      """
    #expect(try croissant(object(digest)) == .pass)
    #expect(try croissant(object(digest, url: "data.csv") + "," + inside) == .pass)
    #expect(try croissant(object(Digest.zero.hex)) == .fail)
    #expect(try croissant(object("https://github.com/mlcommons/croissant/issues/80")) == .fail)
    #expect(try croissant(object(digest, url: "https://example.org/gone.csv")) == .fail)
    #expect(try croissant("") == .fail)
    for broken in ["{", "{\"distribution\": {}", "{\"a\": 1}", "{\"distribution\": [1, null, \"x\", []]}"] {
      try fixture.write("set/croissant.json", broken)
      #expect(try outcome() == .fail, "\(broken)")
    }
  }

  @Test func aSingleFileHasItsManifestBesideIt() throws {
    let path = try fixture.write("one.csv", content)
    try fixture.write("one.csv.sha256", "\(digest)  one.csv\n")
    #expect(try status("manifest", fixture.input(path)) == .pass)
    try fixture.write("one.csv", content + "r4,a,9.5\n")
    #expect(try status("manifest", fixture.input(path)) == .fail)
  }
}
