import Foundation
import SampleGenerator
import Testing

@Suite struct SampleSetsTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "sample-data")

  @Test func theCommittedFilesAreWhatTheGeneratorMakes() throws {
    let files = SampleSets.make()
    #expect(files.values.reduce(0) { $0 + $1.count } <= 3_000_000)
    for (path, bytes) in files {
      #expect(try Data(contentsOf: Self.folder.appending(path: path)) == Data(bytes), "\(path)")
    }
  }

  @Test(arguments: [("digits", 2000, 80), ("chat", 2400, 100), ("table", 2000, 60)])
  func theTruthCountsItsPoison(_ name: String, _ samples: Int, _ poisons: Int) throws {
    let truth = String(decoding: try #require(SampleSets.make()["truth/\(name).csv"]), as: UTF8.self)
    let rows = truth.split(separator: "\n").dropFirst()
    #expect(rows.count == samples)
    #expect(rows.count { $0.hasSuffix(",poison") } == poisons)
    #expect(Set(rows.map { $0.prefix { $0 != "," } }).count == samples)
  }
}
