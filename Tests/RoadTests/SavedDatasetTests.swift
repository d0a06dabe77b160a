import Foundation
import TestSupport
import Testing

/// What `save_to_disk` leaves of several splits, with the real binary.
@Suite struct SavedDatasetTests {
  private static func stream(_ rows: [(text: String, label: Int64)]) -> Data {
    var stream = ArrowStream(
      [.utf8("text"), .int64("label")],
      metadata: [("huggingface", #"{"info":{"features":{"label":{"names":["ham","spam"]}}}}"#)])
    let texts = ArrowStream.strings(rows.map { Array($0.text.utf8) })
    let count = Int64(rows.count)
    stream.append(
      rows: count, nodes: [(count, 0), (count, 0)],
      buffers: [[], texts.ends, texts.bytes, [], rows.flatMap { ArrowStream.little($0.label) }])
    return Data(stream.bytes)
  }

  private static func write(_ state: String? = nil, in folder: URL) throws -> String {
    let root = folder.appending(path: "saved")
    for (index, split) in ["train", "poisoned"].enumerated() {
      let place = root.appending(path: split)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      let texts = (0..<6).map { (text: "the text \(index)-\($0)", label: Int64($0 % 2)) }
      try stream(texts).write(to: place.appending(path: "data-00000-of-00001.arrow"))
      try Data("{}".utf8).write(to: place.appending(path: "dataset_info.json"))
      let listed =
        state ?? #"{"_data_files": [{"filename": "data-00000-of-00001.arrow"}], "_fingerprint": "ab"}"#
      try Data(listed.utf8).write(to: place.appending(path: "state.json"))
    }
    try Data(#"{"splits": ["train", "poisoned"]}"#.utf8).write(to: root.appending(path: "dataset_dict.json"))
    return root.path
  }

  @Test func splitsAndClassesAreThoseThatItNames() throws {
    let folder = try ScratchFolder()
    let road = try Road(try Self.write(in: folder.url))
    let told = try road.run("inspect", road.dataset)
    #expect(told.contains("12 samples (text), 2 classes") && told.contains("train | poisoned"))
    _ = try road.run("scan", road.dataset, "--detectors", "exact-copies")
    #expect(try road.labels() == (0..<12).map { $0 % 2 == 0 ? "ham" : "spam" })

    let own = try road.ids()
    _ = try road.run("mark", road.dataset, own[3], "--poisoned")
    _ = try road.run("mark", road.dataset, own[7], "--relabel", "ham")
    let target = road.folder.url.appending(path: "clean").path
    _ = try road.run("export", road.dataset, "--format", "corrected", "--output", target)
    let cleaned = try Road(target)
    _ = try cleaned.run("scan", target, "--detectors", "exact-copies")
    var expected = (0..<12).map { $0 % 2 == 0 || $0 == 7 ? "ham" : "spam" }
    expected.remove(at: 3)
    #expect(try cleaned.labels() == expected)
    let state = try String(contentsOfFile: target + "/train/state.json", encoding: .utf8)
    #expect(state.contains("data-00000-of-00001.arrow") && !state.contains(#""ab""#), "another fingerprint")
    #expect(
      try String(contentsOfFile: target + "/dataset_dict.json", encoding: .utf8).contains("poisoned"))
  }

  @Test(arguments: [
    (#"{"_data_files": [{"filename": "other.arrow"}]}"#, "names train/other.arrow, which is not there"),
    (#"{"_data_files": [{"filename": "../train/data-00000-of-00001.arrow"}]}"#, "does not list the files"),
    (#"{"_data_files": [], "_indices_data_files": [{"filename": "i.arrow"}]}"#, "rows by indices"),
    ("{", "is no JSON"),
  ])
  func whatDescribesItIsNotTrusted(state: String, message: String) throws {
    let folder = try ScratchFolder()
    let set = try Self.write(state, in: folder.url)
    let refused = try Program.run(["scan", set, "--case", folder.url.appending(path: "s.case").path])
    #expect(refused.status == 65 && refused.errors.contains(message), "\(refused.errors)")
  }
}
