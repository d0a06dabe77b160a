import Testing

@Suite struct RelabelsExportTests {
  @Test func onlyWhatDiffersFromTheGivenLabelIsListed() throws {
    let fixture = try ExportFixture(file: "t.csv", Array(DecisionExportTests.text.utf8))
    try fixture.decide(.poisoned, [0])
    try fixture.decide(.relabel("1"), [1, 2])
    #expect(try fixture.export("relabels", to: "o.csv").hasPrefix("wrote 1 relabel to "))
    #expect(try fixture.text("o.csv") == "id,label,new_label\nc,0,1\n")
    try fixture.decide(.clean, [2], by: "bob")
    #expect(fixture.problem("relabels", to: "p.csv").hasPrefix("1 disputed sample: c:"))
  }
}
