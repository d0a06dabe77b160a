import Detectors
import Model
import Numerics
import Scan
import Scanning
import Testing

/// Copies across splits are told with how many there are and whether their labels agree, and make nothing suspicious.
@Suite struct SplitCopiesTests {
  private static let texts = DetectorCopiesTests.sentences(200, words: 12)

  /// The first 150 texts train, the rest test.
  private static func dataset(_ texts: [String], labels: [Int]? = nil, splits: [String]? = nil) throws
    -> Dataset
  {
    let labels = labels ?? texts.indices.map { $0 % 2 }
    var dataset = try Core.dataset(modality: .text, labels: labels, classes: 2)
    dataset.texts = StringColumn(texts)
    let names = splits ?? texts.indices.map { $0 < 150 ? "train" : "test" }
    let known = Set(names).sorted()
    dataset.splits = Categories(
      codes: Column(names.map { Int32(known.firstIndex(of: $0) ?? 0) }), names: known)
    return dataset
  }

  private static func findings(_ dataset: Dataset) throws -> [Finding] {
    try SplitCopies.findings(ScanInput.prepare(dataset))
  }

  @Test func splitsWithoutCopiesHaveNone() throws {
    #expect(try Self.findings(Self.dataset(Self.texts)).isEmpty)
    #expect(try Self.findings(Self.dataset(Self.texts, splits: Self.texts.map { _ in "train" })).isEmpty)
    var plain = try Self.dataset(Self.texts + Self.texts)
    plain.splits = nil
    #expect(try Self.findings(plain).isEmpty)
  }

  @Test func exactAndNearCopiesAreTold() throws {
    var texts = Self.texts
    texts[160] = texts[3]
    texts[161] = texts[4]
    // One word of twelve is another.
    texts[170] = texts[8].split(separator: " ").dropLast().joined(separator: " ") + " otherx"
    // Within a split a copy is no leak.
    texts[20] = texts[21]
    let found = try Self.findings(Self.dataset(texts))
    #expect(found.map(\.id) == ["X1"])
    let finding = try #require(found.first)
    #expect(finding.kind == .leakage && finding.statistic == 6 && finding.attack == "none")
    #expect(Array(finding.members) == [3, 4, 8, 160, 161, 170])
    #expect(
      finding.sentence
        == "3 samples of split 'test' and 3 of 'train' are copies of each other, 4 of them to the byte; 4 carry another label "
        + "than a copy of theirs")
  }

  @Test func eachTwoSplitsThatShareCopiesAreOne() throws {
    var texts = Self.texts
    texts[100] = texts[0]
    texts[199] = texts[0]
    let splits = texts.indices.map { $0 < 90 ? "a" : $0 < 150 ? "b" : "c" }
    let found = try Self.findings(Self.dataset(texts, splits: splits))
    #expect(found.map { Array($0.members) } == [[0, 100], [0, 199], [100, 199]])
  }

  /// The same samples without splits have the same suspicion, the same findings but for this one, and the same incidents.
  @Test func aLeakIsNoSuspicion() throws {
    var texts = Self.texts
    for row in 0..<20 { texts[170 + row] = texts[2 * row] }
    let with = try Self.dataset(texts)
    var without = with
    without.splits = nil
    let (told, plain) = (try Scanner.scan(with), try Scanner.scan(without))
    #expect(told.findings.last?.kind == .leakage)
    #expect(Array(told.findings.dropLast()) == plain.findings)
    #expect(Array(told.suspicion) == Array(plain.suspicion) && told.incidents == plain.incidents)
    #expect(told.findings.last?.members.count == 40)
  }
}
