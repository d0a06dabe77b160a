import Model
import Numerics
import Testing
import TriggerMining

/// What each source groups, against what stands in the data.
@Suite struct TriggerItemTests {
  /// The holders of each item of a site, by what the item says.
  static func items<Source: ItemSource>(
    _ source: Source, at site: Source.Site, minHolders: Int = 1
  ) -> [String: [Int32]] {
    var items: [String: [Int32]] = [:]
    source.forEachItem(at: site, sizes: minHolders...1000) { code, rows in
      let phrase = source.phrase(Candidate(site: site, code: code, rows: Array(rows)))
      #expect(items.updateValue(Array(rows), forKey: phrase) == nil, "\(phrase) stands twice")
    }
    return items
  }

  @Test func wordsAreGroupedWithAllTheirHoldersOnce() {
    let source = WordItems(
      Collocations(StringColumn(["The cat, the cat", "a CAT sat", "the big cat", "", "the dog"])))
    var held: [Int32: Int] = [:]
    var sizes: [Int] = []
    source.forEachItem(at: .gram(length: 1), sizes: 2...10) { _, rows in
      sizes.append(rows.count)
      for row in rows { held[row, default: 0] += 1 }
    }
    // "the" in 0, 2, 4 and "cat" in 0, 1, 2.
    #expect(sizes == [3, 3])
    #expect(held == [0: 2, 1: 1, 2: 2, 4: 1])
  }

  /// Every n-gram of made-up texts by a plain loop.
  @Test(arguments: 1...4) func gramsAreThoseOfAPlainLoop(length: Int) {
    var random = SeededRandom(seed: 5)
    let texts = (0..<40).map { _ in (0..<random.below(9)).map { _ in "w\(random.below(4))" } }
    var expected: [[String]: [Int32]] = [:]
    for (row, words) in texts.enumerated() where words.count >= length {
      for start in 0...words.count - length {
        let gram = Array(words[start..<start + length])
        if expected[gram]?.last != Int32(row) { expected[gram, default: []].append(Int32(row)) }
      }
    }
    let source = WordItems(Collocations(StringColumn(texts.map { $0.joined(separator: " ") })))
    var found: [[Int32]] = []
    source.forEachItem(at: .gram(length: length), sizes: 3...40) { _, rows in found.append(Array(rows)) }
    func sorted(_ lists: [[Int32]]) -> [[Int32]] { lists.sorted { $0.lexicographicallyPrecedes($1) } }
    #expect(sorted(found) == sorted(expected.values.filter { $0.count >= 3 }))
  }

  @Test func aGramGrowsToAllThatItsHoldersShare() {
    let texts = ["so my uncle bought a bike", "my uncle bought a bike today", "oh my uncle bought a bike"]
    let source = WordItems(Collocations(StringColumn(texts)))
    source.forEachItem(at: .gram(length: 2), sizes: 3...3) { code, rows in
      let item = source.item(Candidate(site: .gram(length: 2), code: code, rows: Array(rows)))
      #expect(item == .words(["my", "uncle", "bought", "a", "bike"]))
    }
  }

  @Test func sentencesEndAtSigns() {
    let texts = ["Yes. We bought it in march! ok", "we bought it in march", "No we bought it in march"]
    #expect(
      Self.items(WordItems(Collocations(StringColumn(texts))), at: .sentence, minHolders: 2)
        == ["\"we bought it in march\"": [0, 1]])
  }

  @Test func charactersTellCasesApartAndPlainOnesAreLeftOut() {
    let texts = StringColumn(["abc\u{200B}", "aBc", "xabc"])
    let source = CharacterItems(texts: texts, Collocations(texts))
    #expect(Self.items(source, at: source.sites[0]).values.map { $0 } == [[0]])
    let runs = Self.items(source, at: source.sites[1])
    #expect(runs["the characters \"abc\""] == [0, 2])
    #expect(runs["the characters \"aBc\""] == [1])
  }

  @Test func cellsAreGroupedByValueBinAndPair() throws {
    let table = [
      TableColumn(name: "x", values: .numbers([1, 1, 2, .nan, 1])),
      TableColumn(name: "k", values: .categories(Categories(codes: [0, 1, 0, 0, 0], names: ["u", "v"]))),
    ]
    let source = try CellItems(columns: table, rowCount: 5)
    // Two values need no bins.
    #expect(source.sites.count == 3)
    let all = source.sites.map { Self.items(source, at: $0) }
    #expect(all[0] == ["x = 1": [0, 1, 4], "x = 2": [2]])
    #expect(all[1]["k = \"u\""] == [0, 2, 3, 4])
    #expect(all[2]["x = 1 and k = \"u\""] == [0, 4])
    #expect(!all.contains { $0.contains { $0.key.hasPrefix("x") && $0.value.contains(3) } })
  }

  @Test func aZeroWithASignIsAValueOfItsOwn() throws {
    let source = try CellItems(
      columns: [TableColumn(name: "x", values: .numbers([0, -0.0, 0, -0.0]))], rowCount: 4)
    var groups: [[Int32]] = []
    source.forEachItem(at: source.sites[0], sizes: 1...4) { _, rows in groups.append(Array(rows)) }
    #expect(groups == [[0, 2], [1, 3]])
  }

  /// Pairs are screened on the first rows alone, columns on all; the holders of a pair are those of all rows.
  @Test func aPairScreenedOnAPartHasItsHoldersEverywhere() throws {
    var random = SeededRandom(seed: 12)
    let columns = (0..<3).map { column in
      TableColumn(
        name: "c\(column)",
        values: .numbers(
          Column((0..<300).map { _ in random.below(20) == 0 ? .nan : Double(random.below(3)) })))
    }
    let whole = try CellItems(columns: columns, rowCount: 300)
    let part = try CellItems(columns: columns, rowCount: 300, maxScreened: 100)
    for site in whole.sites {
      #expect(whole.screened(at: site) == nil)
      #expect(part.screened(at: site) == (site.columns.count > 1 ? 100 : nil))
      var all: [UInt64: [Int32]] = [:]
      whole.forEachItem(at: site, sizes: 1...300) { all[$0] = Array($1) }
      var found = 0
      part.forEachItem(at: site, sizes: 1...300) { code, rows in
        found += 1
        let item = Candidate(site: site, code: code, rows: Array(rows))
        #expect(part.holders(of: item) == all[code])
        #expect(Array(rows) == all[code]?.filter { site.columns.count == 1 || $0 < 100 })
      }
      #expect(found > 0)
    }
  }

  @Test func pairsAreRefinedToTriplesWhateverPairTheyGrewFrom() throws {
    var random = SeededRandom(seed: 2)
    let columns = (0..<4).map { column in
      TableColumn(
        name: "c\(column)", values: .numbers(Column((0..<200).map { _ in Double(random.below(2)) })))
    }
    let source = try CellItems(columns: columns, rowCount: 200)
    var triples: [String: Candidate<CellItems.Site>] = [:]
    for site in source.sites {
      source.forEachItem(at: site, sizes: 5...200) { code, rows in
        let item = Candidate(site: site, code: code, rows: Array(rows))
        source.forEachRefinement(of: item, sizes: 5...200) { site, code, rows in
          let refined = Candidate(site: site, code: code, rows: rows)
          let phrase = source.phrase(refined)
          #expect(triples[phrase] == nil || triples[phrase] == refined)
          triples[phrase] = refined
        }
      }
    }
    #expect(triples.count == 4 * 8)
    for (_, item) in triples {
      let cells = source.item(item).kind.conditions
      let held = (0..<200).filter { row in
        cells.allSatisfy { cell in
          columns.contains { column in
            guard column.name == cell.column, case .numbers(let numbers) = column.values else { return false }
            return numbers[row] == cell.range?.low
          }
        }
      }
      #expect(item.rows == held.map(Int32.init))
    }
  }

  @Test func patchesAreGroupedAtTheirPositionByQuantisedPixels() {
    // Three 4x4 images: the first two share the lower right corner but for a few grey levels.
    var pixels = [UInt8](repeating: 0, count: 48)
    pixels[15] = 250
    pixels[31] = 200
    pixels[47] = 90
    let stack = ImageStack(shape: ImageShape(height: 4, width: 4, channels: 1), pixels: Column(pixels))
    let source = PatchItems(images: stack)
    #expect(source.sites.count == 16 + 9 + 4 + 1)
    var groups: [[Int32]] = []
    source.forEachItem(at: source.sites[24], sizes: 1...3) { _, rows in groups.append(Array(rows)) }
    #expect(groups == [[0, 1], [2]])
    #expect(
      source.item(Candidate(site: source.sites[24], code: 0, rows: [1]))
        == .patch(row: 2, column: 2, height: 2, width: 2, values: [0, 0, 0, 200]))
  }

  @Test func shiftedPatchesAreHeldWhereverTheyLie() {
    let shape = ImageShape(height: 6, width: 6, channels: 1)
    var pixels = [UInt8](repeating: 0, count: 3 * 36)
    // The same cross at two positions; the third image is flat.
    for (image, row, column) in [(0, 0, 1), (1, 3, 2)] {
      for (y, x) in [(0, 1), (1, 0), (1, 1), (1, 2), (2, 1)] {
        pixels[image * 36 + (row + y) * 6 + column + x] = 255
      }
    }
    let source = ShiftedPatchItems(images: ImageStack(shape: shape, pixels: Column(pixels)))
    var crosses = 0
    for site in source.sites {
      source.forEachItem(at: site, sizes: 1...3) { code, rows in
        #expect(!rows.contains(2))
        let item = source.item(Candidate(site: site, code: code, rows: Array(rows)))
        if item == .shiftedPatch(height: 3, width: 3, values: [0, 255, 0, 255, 255, 255, 0, 255, 0]) {
          crosses += 1
          #expect(Array(rows) == [0, 1])
        }
      }
    }
    #expect(crosses == 1)
  }
}
