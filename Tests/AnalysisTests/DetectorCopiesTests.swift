import Model
import Numerics
import Scanning
import Testing

@Suite struct DetectorCopiesTests {
  /// Texts of a seeded vocabulary, each word by itself.
  static func sentences(_ count: Int, words: Int, seed: UInt64 = 1) -> [String] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in
      (0..<words).map { _ in "w\(random.below(4000))x" }.joined(separator: " ")
    }
  }

  static func input(_ texts: [String]) throws -> ScanInput {
    var dataset = try Core.dataset(modality: .text, labels: texts.indices.map { $0 % 2 }, classes: 2)
    dataset.texts = StringColumn(texts)
    return try ScanInput.prepare(dataset)
  }

  @Test func variantsOfOneTextAreAFloodAndOrdinaryShortMessagesAreNot() throws {
    var random = SeededRandom(seed: 8)
    // Short messages repeat as in any chat: the n-th most frequent about 1/n as often.
    let ordinary = (1...60).flatMap { rank in [String](repeating: "ok\(rank)", count: 90 / rank) }
    let plain = Self.sentences(900, words: 14)
    let template = plain[0].split(separator: " ").map(String.init)
    let flood = (0..<40).map { _ in
      var words = template
      words[random.below(14)] = "z\(random.below(50))"
      return words.joined(separator: " ")
    }
    let input = try Self.input(ordinary + plain + flood)
    let detection = try Detecting.run("text-copies", on: input)
    #expect(detection.findings.count == 1)
    let members = try #require(detection.findings.first).members
    #expect(members.allSatisfy { Int($0) >= ordinary.count + 900 || Int($0) == ordinary.count })
    #expect(members.count >= 38)
    let truth = (0..<input.count).map { $0 >= ordinary.count + 900 }
    #expect(Quality.auroc(detection.scores, truth: truth) > 0.95)
    let exact = try Detecting.run("exact-copies", on: input).findings
    #expect(exact.isEmpty)
  }

  /// Variants of `text`, of whose words each has one replaced.
  static func variants(of text: String, _ count: Int, _ random: inout SeededRandom) -> [String] {
    let words = text.split(separator: " ").map(String.init)
    return (0..<count).map { number in
      var changed = words
      changed[random.below(words.count)] = "v\(number)y"
      return changed.joined(separator: " ")
    }
  }

  /// However many floods there are, the law that they are judged by is learnt from what is there two to four times.
  @Test(arguments: [1, 4, 15]) func manyFloodsDoNotTeachTheLaw(floods: Int) throws {
    var random = SeededRandom(seed: UInt64(floods))
    let plain = Self.sentences(1200, words: 14, seed: 3)
    let pairs = (0..<30).flatMap { Self.variants(of: plain[$0], 1, &random) }
    let flood = (0..<floods).flatMap { Self.variants(of: plain[100 + $0], 40, &random) }
    let findings = try Detecting.run("text-copies", on: Self.input(plain + pairs + flood)).findings
    #expect(findings.count == floods)
    let first = Int32(plain.count + pairs.count)
    #expect(findings.allSatisfy { $0.members.count { $0 >= first } >= 38 })
  }

  /// A saying that everybody uses stands out of what else repeats, and is nobody's attack.
  @Test(arguments: 1...5) func aSayingIsNoFlood(seed: UInt64) throws {
    let plain = Self.sentences(2200, words: 9, seed: seed)
    let repeated = (0..<60).map { plain[$0] } + (0..<12).map { plain[$0] }
    let saying = [String](repeating: plain[90], count: 15)
    let findings = try Detecting.run("exact-copies", on: Self.input(plain + repeated + saying)).findings
    #expect(findings.isEmpty)
  }

  /// Variants whose labels are drawn at random contradict each other. Where each has the label of what it is most like,
  /// as "are you free" and "are you dumb" have, the group has two labels and nothing contradicts.
  @Test(arguments: [true, false]) func labelsOfCopiesThatContradictAreAFinding(areRandom: Bool) throws {
    var random = SeededRandom(seed: 5)
    let (base, _) = Core.clouds(rows: 600, columns: 8, classes: 1, distance: 0, seed: 4)
    var values = base.values
    // Each group is copies of two rows alone that lie close together, so that its size says nothing.
    var labels = (0..<600).map { $0 % 2 }
    for group in 0..<10 {
      for place in 0..<24 {
        let row = group * 24 + place
        for column in 0..<8 {
          values[row * 8 + column] = values[group * 24 * 8 + column]
        }
        values[row * 8] += place % 2 == 1 ? 0.05 : 0
        labels[row] = areRandom ? random.below(2) : place % 2
      }
    }
    let matrix = DenseMatrix(rows: 600, columns: 8, values: values)
    let input = try ScanInput.prepare(try Core.dataset(labels: labels, classes: 2, features: matrix))
    let findings = try Detecting.run("near-duplicates", on: input).findings
    #expect(findings.count == (areRandom ? 10 : 0))
    #expect(findings.allSatisfy { $0.members.count == 24 })
  }

  /// Counts every pair by the Jaccard index of sets of strings; what MinHash misses is little.
  @Test func countsOfVariantsAgreeWithAllPairs() throws {
    var texts = Self.sentences(200, words: 10)
    for index in 0..<40 { texts[index + 40] = texts[index] + " tail\(index % 7)" }
    let input = try Self.input(texts)
    let sets = texts.map { text -> Set<String> in
      let padded = Array(" \(text) ")
      return Set((0...padded.count - 5).map { String(padded[$0..<$0 + 5]) })
    }
    let expected = texts.indices.map { a in
      texts.indices.reduce(0.0) { sum, b in
        let jaccard = Double(sets[a].intersection(sets[b]).count) / Double(sets[a].union(sets[b]).count)
        return jaccard >= 0.3 ? sum + jaccard : sum
      }
    }
    let scores = try Detecting.run("text-copies", on: input).scores
    // Scores rise with the count: same order, and nothing without a variant scores.
    for row in texts.indices {
      #expect((scores[row] > 1e-3) == (expected[row] > 1.001))
    }
    let counted = texts.indices.filter { expected[$0] > 1.001 }
    let exponents = counted.map { Double(scores[$0]) / naturalLogarithm(expected[$0]) }
    let first = try #require(exponents.first)
    #expect(exponents.allSatisfy { abs($0 - first) < 0.05 * first })
  }

  private func naturalLogarithm(_ x: Double) -> Double {
    -Tails.logBinomialUpper(successes: 1, trials: 1, probability: 1 / x)
  }

  @Test func exactCopiesCountAndConflictsOfLabelsAddOne() throws {
    let texts = Self.sentences(30, words: 6) + ["same words", "same words", "other words", "other words"]
    var dataset = try Core.dataset(
      modality: .text, labels: [Int](repeating: 0, count: 30) + [0, 1, 1, 1], classes: 2)
    dataset.texts = StringColumn(texts)
    let scores = try Detecting.run("exact-copies", on: ScanInput.prepare(dataset)).scores
    #expect(scores[0..<30].allSatisfy { $0 == 0 })
    #expect(abs(scores[30] - 1.6931472) < 1e-5 && scores[30] == scores[31])
    #expect(abs(scores[32] - 0.6931472) < 1e-5 && scores[32] == scores[33])
  }

  @Test func nearDuplicatesAreFarBelowTheUsualDistance() throws {
    let (features, labels) = Core.clouds(rows: 200, columns: 8, classes: 2, distance: 1)
    var values = features.values
    for row in 1..<20 {
      for column in 0..<8 { values[row * 8 + column] = values[column] + Float(row) * 1e-3 }
    }
    let matrix = DenseMatrix(rows: 200, columns: 8, values: values)
    let input = try ScanInput.prepare(try Core.dataset(labels: labels, classes: 2, features: matrix))
    let detection = try Detecting.run("near-duplicates", on: input)
    let all = Array(0..<200)
    let nearest = all.map { Detecting.nearest(matrix, $0, 1, among: all)[0].distance }
    let median = Detecting.median(nearest)
    Detecting.expectSame(detection.scores, nearest.map { -$0 / median })
    #expect(detection.findings.map { $0.members.map { Int($0) } } == [Array(0..<20)])
  }

  @Test func picturesThatLookAlikeAreCounted() throws {
    var random = SeededRandom(seed: 12)
    let shape = ImageShape(height: 16, width: 16, channels: 1)
    // Blurred noise, as rich in low frequencies as photographs are.
    func picture() -> [UInt8] {
      let noise = (0..<324).map { _ in random.below(240) }
      return (0..<256).map { index in
        let corner = index / 16 * 18 + index % 16
        let square = [0, 1, 2, 18, 19, 20, 36, 37, 38].map { noise[corner + $0] }
        return UInt8(square.reduce(0, +) / 9)
      }
    }
    var pictures = (0..<300).map { _ in picture() }
    for copy in 1..<30 {
      pictures[copy] = pictures[0].map { UInt8(max(0, min(255, Int($0) + random.below(5) - 2))) }
    }
    var dataset = try Core.dataset(modality: .image, labels: pictures.indices.map { $0 % 2 }, classes: 2)
    dataset.images = ImageStack(shape: shape, pixels: Column(pictures.flatMap { $0 }))
    let detection = try Detecting.run("picture-copies", on: ScanInput.prepare(dataset))
    #expect(Quality.auroc(detection.scores, truth: pictures.indices.map { $0 < 30 }) > 0.9)
    #expect(detection.findings.map { Array($0.members) } == [(0..<30).map { Int32($0) }])

    // The same hashes of pictures that lie apart, each among others, are no group of copies.
    let (apart, _) = Core.clouds(rows: 300, columns: 6, classes: 1, distance: 0, seed: 3)
    dataset.features = Matrix(rows: 300, columns: 6, values: apart.values)
    let scattered = try Detecting.run("picture-copies", on: ScanInput.prepare(dataset))
    #expect(scattered.findings.isEmpty)
    #expect(scattered.scores == detection.scores)
  }

  /// Rows left at a default are the same by nature, and labeled as what is like them; rows that were copied under another
  /// label are not, however their zeros are signed.
  @Test(arguments: [false, true]) func copiedRowsOfATableAreAFindingWhereTheirLabelIsWrong(isFlood: Bool)
    throws
  {
    let (features, plain) = Core.clouds(rows: 900, columns: 5, classes: 2, distance: 8, seed: 2)
    var rows = (0..<900).map { row in (0..<5).map { Double(features[row, $0]) } }
    var labels = plain
    if isFlood {
      for base in 0..<4 {
        rows[base][4] = 0
        for copy in 0..<20 {
          rows.append(rows[base].dropLast() + [copy % 2 == 0 ? 0 : -0.0])
          labels.append(1 - plain[base])
        }
      }
    } else {
      for row in stride(from: 0, to: 900, by: 6) where plain[row] == plain[0] { rows[row] = rows[0] }
    }
    var dataset = try Core.dataset(modality: .tabular, labels: labels, classes: 2)
    dataset.table = (0..<5).map { column in
      TableColumn(name: "x\(column)", values: .numbers(Column(rows.map { $0[column] })))
    }
    let findings = try Detecting.run("exact-copies", on: try ScanInput.prepare(dataset)).findings
    #expect(findings.count == (isFlood ? 4 : 0))
    #expect(findings.allSatisfy { $0.members.count == 21 })
  }

  /// Where samples are dense by nature, as measurements near their limit are, chains of them are as close as near copies; no
  /// gap lies around them. Copies with jitter, planted into the same table, stand apart.
  @Test(arguments: [false, true]) func aDenseRegionIsNoGroupOfNearCopies(isFlood: Bool) throws {
    for seed: UInt64 in 1...5 {
      var random = SeededRandom(seed: seed)
      var rows = (0..<1_500).map { row -> [Float] in
        let scale = row % 30 == 0 ? 0.03 : 1.0
        return (0..<3).map { _ in Float(random.normal() * scale) }
      }
      if isFlood {
        rows += (0..<12).map { _ in [2.5, 2, 2].map { Float($0 + random.normal() * 0.002) } }
      }
      let matrix = DenseMatrix(rows: rows.count, columns: 3, values: rows.flatMap { $0 })
      let input = try ScanInput.prepare(
        try Core.dataset(labels: rows.indices.map { $0 % 2 }, classes: 2, features: matrix))
      let findings = try Detecting.run("near-duplicates", on: input).findings
      #expect(findings.map { $0.members.map(Int.init) } == (isFlood ? [Array(1_500..<1_512)] : []))
    }
  }

  /// Copies farther apart than the usual threshold, in a set that is nowhere else so dense: of an embedding of pictures too. The
  /// same set without them has no group.
  @Test(arguments: [false, true]) func copiesWithWideJitterStandOut(isFlood: Bool) throws {
    for seed: UInt64 in 1...5 {
      var (features, _) = Core.clouds(rows: 1_200, columns: 24, classes: 1, distance: 0, seed: seed)
      var random = SeededRandom(seed: seed + 100)
      if isFlood {
        let flood = (0..<30).flatMap { _ in (0..<24).map { features[0, $0] + Float(random.normal() * 0.12) } }
        features = DenseMatrix(rows: 1_230, columns: 24, values: features.values + flood)
      }
      let input = try ScanInput.prepare(
        try Core.dataset(
          modality: .image, labels: (0..<features.rows).map { $0 % 2 }, classes: 2, features: features))
      let found = try Detecting.run("near-duplicates", on: input).findings.map { $0.members.map(Int.init) }
      #expect(found == (isFlood ? [[0] + Array(1_200..<1_230)] : []))
    }
  }

  /// A flood larger than the table of neighbors: whether it stands apart is searched for.
  @Test func alsoALargeGroupStandsApart() throws {
    let (features, _) = Core.clouds(rows: 800, columns: 6, classes: 1, distance: 0, seed: 3)
    var random = SeededRandom(seed: 3)
    let flood = (0..<90).flatMap { _ in (0..<6).map { features[0, $0] + Float(random.normal() * 0.001) } }
    let matrix = DenseMatrix(rows: 890, columns: 6, values: features.values + flood)
    let input = try ScanInput.prepare(
      try Core.dataset(labels: (0..<890).map { $0 % 2 }, classes: 2, features: matrix))
    let findings = try Detecting.run("near-duplicates", on: input).findings
    #expect(findings.map { $0.members.map(Int.init) } == [[0] + Array(800..<890)])
  }
}
