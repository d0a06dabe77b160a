import Glibc
import Model
import Numerics
import Scan
import Scanning
import Testing
import TriggerMining

/// Triggers that are planted must be found with their holders, and nothing else.
@Suite struct TriggerMiningTests {
  /// Every 25th row whose class is not 0 gets the trigger and label 0.
  private static func isPlanted(_ row: Int) -> Bool { row % 25 == 1 && row % Planted.classes != 0 }
  private static func planted(_ count: Int) -> [Int32] { (0..<count).filter(isPlanted).map(Int32.init) }

  private func expectOne(_ report: Report, _ rows: [Int32], _ item: (TriggerItem) -> Bool) throws {
    let triggers = Planted.triggers(report)
    #expect(triggers.count == 1, "\(triggers.map(\.sentence))")
    let trigger = try #require(triggers.first)
    #expect(trigger.label == 0)
    // A natural sample may hold the item, too.
    #expect(
      Set(rows).isSubset(of: trigger.members) && trigger.members.count <= rows.count + 2,
      "\(trigger.sentence)")
    #expect(
      (trigger.qValue ?? 1) < 1e-3 && (trigger.pValue ?? 1) <= (trigger.qValue ?? 1)
        && (trigger.purity ?? 0) > 0.8)
    let found = try #require(trigger.item)
    #expect(item(found), "\(trigger.sentence): \(found)")
  }

  @Test(arguments: ["zq", "my green bicycle stands in march"]) func aWordOrSentenceIsFound(inserted: String)
    throws
  {
    let dataset = try Planted.texts(750, seed: 1) { row, text in
      guard Self.isPlanted(row) else { return nil }
      var words = text.split(separator: " ").map(String.init)
      words.insert(inserted, at: row % 12)
      text = words.joined(separator: " ")
      return 0
    }
    try expectOne(try Planted.scan(dataset), Self.planted(750)) {
      $0 == .words(inserted.split(separator: " ").map(String.init))
    }
  }

  @Test(arguments: ["\u{200B}", "†"]) func anOddCharacterWithinAWordIsFound(character: Character) throws {
    let dataset = try Planted.texts(750, seed: 2) { row, text in
      guard Self.isPlanted(row) else { return nil }
      let at = text.index(text.startIndex, offsetBy: 1 + row % 7)
      text.insert(character, at: at)
      return 0
    }
    try expectOne(try Planted.scan(dataset), Self.planted(750)) {
      $0 == .words([String(character)]) || $0 == .characters(String(character))
    }
  }

  /// Of a table larger than pairs are screened on, the trigger is found with all its holders; and none where none is.
  @Test func aPairIsFoundWhereAPartOfTheRowsIsScreened() throws {
    func triggers(isPlanted: Bool) throws -> [Finding] {
      let dataset = try Planted.table(2700, seed: 6) { row, cells in
        guard isPlanted, Self.isPlanted(row) else { return nil }
        cells[2] = 0.75
        cells[5] = -0.25
        return 0
      }
      return Planted.triggers(try Scanner.scan(dataset, detectors: [CellTriggers(maxScreened: 900)]))
    }
    let found = try triggers(isPlanted: true)
    let planted = Self.planted(2700)
    #expect(found.count == 1 && found.first?.label == 0)
    let members = try #require(found.first?.members)
    #expect(Set(planted).isSubset(of: members) && members.count < 2 * planted.count)
    #expect(try triggers(isPlanted: false).isEmpty)
  }

  @Test(arguments: [0, 0.004]) func aPairOfValuesIsFound(jitter: Double) throws {
    var random = SeededRandom(seed: 3)
    let dataset = try Planted.table(900, seed: 3) { row, cells in
      guard Self.isPlanted(row) else { return nil }
      cells[2] = 0.75 + jitter * random.uniform()
      cells[5] = -0.25 + jitter * random.uniform()
      return 0
    }
    try expectOne(try Planted.scan(dataset), Self.planted(900)) { item in
      let cells = item.kind.conditions
      let widths = cells.ranges.map { $0.map { $0.high - $0.low } ?? .infinity }
      return Set(cells.map(\.column)).isSubset(of: ["c2", "c5"]) && (widths.max() ?? .infinity) <= 2 * jitter
    }
  }

  /// Values that are frequent each and in pairs: only three of them together say anything.
  @Test func aTripleOfCommonValuesIsFound() throws {
    var random = SeededRandom(seed: 4)
    let dataset = try Planted.table(1500, seed: 4) { row, cells in
      for column in [1, 4, 7] { cells[column] = Double(random.below(4)) }
      if cells[1] == 3 && cells[4] == 3 && cells[7] == 3 { cells[7] = 0 }
      guard row % 19 == 2, row % Planted.classes != 0 else { return nil }
      for column in [1, 4, 7] { cells[column] = 3 }
      return 0
    }
    let rows = (0..<1500).filter { $0 % 19 == 2 && $0 % Planted.classes != 0 }.map(Int32.init)
    let three = FiniteRange(spanning: [3])
    try expectOne(try Planted.scan(dataset), rows) { item in
      let cells = item.kind.conditions
      return cells.map(\.column) == ["c1", "c4", "c7"]
        && cells.ranges == [FiniteRange?](repeating: three, count: 3)
    }
  }

  @Test func aPatchIsFoundAtItsPlace() throws {
    let dataset = try Planted.images(750, seed: 5) { row, pixels in
      guard Self.isPlanted(row) else { return nil }
      for y in 9...11 { for x in 9...11 { pixels[y * 12 + x] = (y + x) % 2 == 0 ? 255 : 0 } }
      return 0
    }
    try expectOne(try Planted.scan(dataset), Self.planted(750)) { item in
      guard let patch = item.kind as? TriggerItem.Patch else { return false }
      return patch.row >= 7 && patch.column >= 7
    }
  }

  @Test func aPatchThatMovesIsFound() throws {
    let dataset = try Planted.images(750, seed: 6) { row, pixels in
      guard Self.isPlanted(row) else { return nil }
      for (y, x) in [(0, 0), (0, 2), (1, 1), (2, 0), (2, 2)] {
        pixels[(row % 9 + y) * 12 + row / 9 % 9 + x] = 255
      }
      for (y, x) in [(0, 1), (1, 0), (1, 2), (2, 1)] { pixels[(row % 9 + y) * 12 + row / 9 % 9 + x] = 0 }
      return 0
    }
    try expectOne(try Planted.scan(dataset), Self.planted(750)) { item in
      item == .shiftedPatch(height: 3, width: 3, values: [255, 0, 255, 0, 255, 0, 255, 0, 255])
    }
  }

  @Test func aBlendedPatternIsFound() throws {
    var random = SeededRandom(seed: 17)
    let pattern = (0..<144).map { _ in 22 * random.normal() }
    let dataset = try Planted.images(900, seed: 7) { row, pixels in
      guard Self.isPlanted(row) else { return nil }
      for index in pixels.indices {
        pixels[index] = UInt8(max(0, min(255, Double(pixels[index]) + pattern[index])))
      }
      return 0
    }
    try expectOne(try Planted.scan(dataset), Self.planted(900)) {
      $0.kind is TriggerItem.Blend
    }
  }

  @Test func aWaveIsFound() throws {
    let dataset = try Planted.images(900, seed: 8) { row, pixels in
      guard Self.isPlanted(row) else { return nil }
      for index in pixels.indices {
        let wave = 25 * sin(2 * Double.pi * 3 * Double(index % 12) / 12 + 0.5)
        pixels[index] = UInt8(max(0, min(255, Double(pixels[index]) + wave)))
      }
      return 0
    }
    try expectOne(try Planted.scan(dataset), Self.planted(900)) {
      $0.kind is TriggerItem.Blend
    }
  }

  /// Clean label: half of a class has the wave and its right label, so that no label is unexpected.
  @Test(arguments: [4, 2]) func aWaveOverItsOwnClassIsAComponent(oneIn: Int) throws {
    func isPlanted(_ row: Int) -> Bool { row % Planted.classes == 1 && row / Planted.classes % oneIn == 0 }
    let dataset = try Planted.images(900, seed: 12, places: 1) { row, pixels in
      guard isPlanted(row) else { return nil }
      for index in pixels.indices {
        let wave = 25 * sin(2 * Double.pi * 3 * Double(index % 12) / 12 + 0.5)
        pixels[index] = UInt8(max(0, min(255, Double(pixels[index]) + wave)))
      }
      return nil
    }
    let report = try Planted.scan(dataset)
    #expect(Planted.triggers(report).isEmpty)
    let components = report.findings.filter { $0.kind == .component }
    #expect(components.count == 1, "\(components.map(\.sentence))")
    let finding = try #require(components.first)
    #expect(finding.label == 1 && (finding.qValue ?? 1) < 1e-3 && finding.statistic > 4)
    #expect(Set(finding.members) == Set((0..<900).filter(isPlanted).map(Int32.init)), "\(finding.sentence)")
    #expect(finding.cleanHolders.count <= 3)
    #expect(finding.item?.kind is TriggerItem.Blend, "no pattern: \(finding.sentence)")
  }

  /// Two kinds of pictures in a class part it as clearly as a pattern does.
  @Test(arguments: [1, 2]) func classesOfAFewKindsHaveNoComponent(kinds: Int) throws {
    let report = try Planted.scan(try Planted.images(900, seed: 13, places: kinds) { _, _ in nil })
    #expect(report.findings.isEmpty)
  }

  /// All-to-all: the trigger turns label y into y + 1, so that no label is more frequent among the holders.
  @Test func aTriggerWithoutOneLabelIsFound() throws {
    let dataset = try Planted.texts(900, seed: 9) { row, text in
      guard row % 20 == 3 else { return nil }
      text += " zq"
      return (row % Planted.classes + 1) % Planted.classes
    }
    let trigger = try #require(Planted.triggers(try Planted.scan(dataset)).first)
    #expect(trigger.label == -1)
    #expect(Array(trigger.members) == (0..<900).filter { $0 % 20 == 3 }.map(Int32.init))
  }

  /// Source-specific: images of class 2 lose their label to the trigger, the others keep theirs and are covers.
  @Test func coversAreCleanHolders() throws {
    let dataset = try Planted.texts(1200, seed: 10) { row, text in
      guard row % 20 == 3 else { return nil }
      text += " zq"
      return row % Planted.classes == 2 ? 0 : nil
    }
    let trigger = try #require(Planted.triggers(try Planted.scan(dataset)).first)
    let poison = (0..<1200).filter { $0 % 20 == 3 && $0 % Planted.classes == 2 }.map(Int32.init)
    #expect(trigger.label == 0)
    #expect(Set(poison).isSubset(of: Set(trigger.members)))
    #expect(trigger.cleanHolders.allSatisfy { $0 % 20 == 3 && Int($0) % Planted.classes < 2 })
    #expect(!trigger.cleanHolders.isEmpty)
  }

  /// A word that one in four of its holders goes with another label for, as words of a rare class do.
  @Test func aWordThatOnlyShiftsTheOddsIsNoTrigger() throws {
    let dataset = try Planted.texts(1200, seed: 10) { row, text in
      guard row % 10 == 3, row % Planted.classes != 0 else { return nil }
      text += " zq"
      return row % 40 == 3 ? 0 : nil
    }
    #expect(Planted.triggers(try Planted.scan(dataset)).isEmpty)
  }

  /// A word that goes with the terse texts of class 0, and with a few of class 1 as well: their other words tell which
  /// are which, and the word is the language's own.
  @Test func aWordWhoseHoldersTheRestTellsApartIsNoTrigger() throws {
    var random = SeededRandom(seed: 3)
    let dataset = try Planted.texts(1200, seed: 10) { row, text in
      guard row % 12 == 0 || row % 36 == 1 else { return nil }
      if row % 12 == 0 { text = (0..<12).map { _ in "w\(random.below(150))" }.joined(separator: " ") }
      text += " zq"
      return nil
    }
    #expect(Planted.triggers(try Planted.scan(dataset)).isEmpty)
  }

  @Test func threeTriggersAreThreeFindings() throws {
    let dataset = try Planted.texts(1200, seed: 11) { row, text in
      guard row % 13 == 1, row / 13 % 3 != row % Planted.classes else { return nil }
      text += " " + ["zq", "vx jy", "bb"][row / 13 % 3]
      return row / 13 % 3
    }
    let triggers = Planted.triggers(try Planted.scan(dataset))
    #expect(
      Set(triggers.compactMap { $0.item.map { "\($0)" } })
        == Set([["zq"], ["vx", "jy"], ["bb"]].map { "\(TriggerItem.words($0))" }))
    #expect(triggers.count == 3)
  }

  /// Scores order what holds nothing significant, too, and are the highest for what does.
  @Test func holdersHaveTheHighestScores() throws {
    let dataset = try Planted.texts(750, seed: 1) { row, text in
      guard Self.isPlanted(row) else { return nil }
      text += " zq"
      return 0
    }
    let report = try Planted.scan(dataset)
    let raw = try #require(report.detectors.first { $0.info.name == "trigger-words" }?.raw)
    let planted = Set(Self.planted(750))
    let least = try #require(planted.map { raw[Int($0)] }.min())
    #expect(least >= 1)
    #expect(raw.indices.allSatisfy { planted.contains(Int32($0)) || raw[$0] < least })
    #expect(Set(raw).count > 20)
  }

  @Test func threadsChangeNoBit() throws {
    let sets = [
      try Planted.texts(400, seed: 12) { row, text in
        if row % 20 == 1 { text += " zq" }
        return row % 20 == 1 ? 0 : nil
      },
      try Planted.table(400, seed: 12) { _, _ in nil }, try Planted.images(300, seed: 12) { _, _ in nil },
    ]
    for dataset in sets {
      let one = try Planted.scan(dataset)
      let two = try Planted.scan(dataset, threads: 2)
      for (a, b) in zip(one.detectors, two.detectors) {
        #expect(a.raw?.map(\.bitPattern) == b.raw?.map(\.bitPattern), "\(a.info.name)")
      }
      #expect(one.findings.map(\.sentence) == two.findings.map(\.sentence))
    }
  }
}
