import Formats
import Foundation
import Model
import Simulation
import TestSupport
import Testing

/// Everyday histories, written by the real binary over datasets of every format and read back.
@Suite struct HistoryRoadTests {
  static let rate = 0.1

  @Test(arguments: MadeUpFile.Form.allCases, History.allCases)
  func aWrittenHistoryIsReadBack(form: MadeUpFile.Form, history: History) throws {
    let folder = try ScratchFolder()
    // Another dataset for each history.
    let seed = UInt64(History.allCases.firstIndex(of: history) ?? 0)
    let file = try MadeUpFile(form, rows: 70 + 7 * Int(seed), seed: seed, in: folder)
    let paths = try ["one", "two"].map { name in
      let output = folder.url.appending(path: name).path
      let made = try Program.run(
        [
          "simulate", history.rawValue, file.path, "--rate", "\(Self.rate)", "--seed", "5", "--output",
          output,
        ]
          + file.arguments)
      #expect(made.status == 0, "\(made.errors)")
      return output
    }
    let written = try Self.files(in: paths[0])
    #expect(try written == Self.files(in: paths[1]))
    let name = URL(fileURLWithPath: file.path).lastPathComponent
    let before = try DatasetLoader.load(file.path, options: file.options, progress: { _ in })
    let after = try DatasetLoader.load(
      form.isFolder ? paths[0] : paths[0] + "/" + name, options: file.options, progress: { _ in })
    let count = Int((Self.rate * Double(before.count)).rounded())
    #expect(after.count == before.count + (history == .copies ? count : 0))
    try Self.samplesStay(before, after, all: history != .copies)
    let truth = String(decoding: try #require(written["truth.csv"]), as: UTF8.self)
    #expect(truth == "id,poisoned,attack\n" + after.ids.map { "\($0),0,\n" }.joined())
    try Self.check(history, Arrivals(after), count: count)
  }

  private static func files(in folder: String) throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return Dictionary(
      uniqueKeysWithValues: try names.map {
        ($0, try Data(contentsOf: URL(fileURLWithPath: folder + "/" + $0)))
      })
  }

  /// - Parameter all: whether nothing was added, so that all arrays still hold.
  private static func samplesStay(_ before: Dataset, _ after: Dataset, all: Bool) throws {
    func label(_ data: Dataset, _ row: Int) -> String { data.classes[Int(data.labels[row])] }
    func payload(_ data: Dataset, _ row: Int) -> String {
      guard case .success(.row(let fields)) = data.payloads.payload(at: row) else {
        return "\(data.payloads.payload(at: row))"
      }
      let origin = ["source", "ingested_at", "who", "when", "meta.source"]
      return "\(fields.filter { !origin.contains($0.name) }.map { "\($0.name)=\($0.value)" }.sorted())"
    }
    try #require(after.count >= before.count)
    #expect(after.modality == before.modality && after.table.map(\.name) == before.table.map(\.name))
    for row in 0..<before.count {
      #expect(after.ids[row] == before.ids[row])
      #expect(label(after, row) == label(before, row))
      #expect(payload(after, row) == payload(before, row))
      #expect(after.payloads.contentDigest(at: row) == before.payloads.contentDigest(at: row))
      if all { #expect(after.features?.row(row) == before.features?.row(row)) }
    }
    #expect(!all || after.probabilities?.rows == before.probabilities?.rows)
  }

  /// Who sent which row when, as it was read.
  private struct Arrivals {
    struct Arrival {
      let source: String
      let second: Int64
      let label: Int32
    }
    let all: [Arrival]

    init(_ data: Dataset) throws {
      let sources = try #require(data.sources)
      let times = try #require(data.times)
      all = try (0..<data.count).map { row in
        try #require(times[row] != Dataset.noTime && times[row] % 1000 == 0)
        return Arrival(
          source: try #require(sources.name(at: row)), second: times[row] / 1000, label: data.labels[row])
      }
    }
    func from(_ source: String) -> [Arrival] { all.filter { $0.source == source } }
    var classes: [Int32: [Arrival]] { Dictionary(grouping: all, by: \.label) }
  }

  private static func span(_ arrivals: [Arrivals.Arrival]) -> Int64 {
    let seconds = arrivals.map(\.second)
    return (seconds.max() ?? 0) - (seconds.min() ?? 0)
  }

  private static func check(_ history: History, _ arrivals: Arrivals, count: Int) throws {
    let day: Int64 = 86_400
    switch history {
    case .batch:
      let batch = arrivals.from("new-contributor")
      #expect(batch.count == count && span(batch) < 3600 && Set(batch.map(\.label)).count == 1)
    case .topic:
      let hours = arrivals.all.map { first in
        arrivals.all.filter { (first.second..<first.second + 7200).contains($0.second) }
      }
      let topic = try #require(hours.max { $0.count < $1.count })
      #expect(topic.count >= count && topic.count <= count + 1 && Set(topic.map(\.source)).count > count / 2)
    case .season:
      let means = arrivals.classes.values.map { arrivals in
        Double(arrivals.reduce(0) { $0 + $1.second }) / Double(arrivals.count) / Double(day)
      }
      #expect((means.max() ?? 0) - (means.min() ?? 0) > 15, "\(means)")
      #expect(arrivals.classes.values.allSatisfy { span($0) < 60 * day })
      #expect(span(arrivals.all) > 60 * day)
    case .mirror:
      let partner = arrivals.from("partner")
      #expect(partner.count == count && span(partner) < day)
      #expect(Set(partner.map(\.label)) == Set(arrivals.all.map(\.label)))
    case .classes:
      let classes = arrivals.classes.values.sorted { $0[0].second < $1[0].second }
      let sources = classes.map { Set($0.map(\.source)) }
      #expect(sources.allSatisfy { $0.count == 1 } && Set(sources).count == classes.count)
      for (earlier, later) in zip(classes, classes.dropFirst()) {
        #expect((earlier.map(\.second).max() ?? 0) < (later.map(\.second).min() ?? 0))
      }
    case .copies:
      let added = Array(arrivals.all.suffix(count))
      #expect(span(added) > 20 * day && Set(added.map(\.source)).count > 2)
    case .migration:
      let imported = arrivals.from("importer")
      #expect(imported.count == count && span(imported) == 0)
      let moment = try #require(imported.first).second
      #expect(arrivals.all.allSatisfy { $0.second >= moment })
      #expect(span(arrivals.all) > 60 * day)
    }
  }

  @Test func whatHasNoPlaceForThemIsRefusedInALine() throws {
    let folder = try ScratchFolder()
    let array = folder.url.appending(path: "set.npy")
    try Data(NPY.encode(shape: [20, 2], (0..<40).map(Float.init))).write(to: array)
    let table = try folder.write("set.csv", (0..<20).map { "\($0 * 7 % 11).5,\($0 % 3).5\n" }.joined())
    for (dataset, reason) in [(array.path, "an array has no place"), (table, "has no header")] {
      let output = folder.url.appending(path: "out").path
      let refused = try Program.run([
        "simulate", "benign-mirror", dataset, "--rate", "0.1", "--output", output,
      ])
      #expect(refused.status == 65 && refused.errors.contains(reason), "\(refused.errors)")
      #expect(refused.errors.split(separator: "\n").count == 1)
      #expect(!FileManager.default.fileExists(atPath: output))
    }
  }
}
