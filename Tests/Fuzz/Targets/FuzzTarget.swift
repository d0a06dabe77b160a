/// Something that reads what may be anything. The same targets are run by `FuzzRun` from a seed and by libFuzzer with
/// coverage.
package struct FuzzTarget: Sendable {
  /// Also of the folder of its seeds.
  package let name: String
  /// Traps where what must hold does not.
  package let run: @Sendable (_ bytes: UnsafeRawBufferPointer) -> Void

  package static let all: [FuzzTarget] = [
    .init(name: "Archive", run: fuzzArchive), .init(name: "Arrow", run: fuzzArrow),
    .init(name: "CSV", run: fuzzCSV),
    .init(name: "CSVText", run: fuzzCSVText), .init(name: "Case", run: fuzzCase),
    .init(name: "CommandLine", run: fuzzCommandLine), .init(name: "Compressed", run: fuzzCompressed),
    .init(name: "Dataset", run: fuzzDataset), .init(name: "Display", run: fuzzDisplay),
    .init(name: "Filter", run: fuzzFilter), .init(name: "JSONLines", run: fuzzJSONLines),
    .init(name: "Journal", run: fuzzJournal), .init(name: "KeyScript", run: fuzzKeyScript),
    .init(name: "Keys", run: fuzzKeys), .init(name: "NPY", run: fuzzNPY),
    .init(name: "Parquet", run: fuzzParquet), .init(name: "Picture", run: fuzzPicture),
    .init(name: "Records", run: fuzzRecords), .init(name: "Safetensors", run: fuzzSafetensors),
    .init(name: "Tokenizer", run: fuzzTokenizer), .init(name: "Truth", run: fuzzTruth),
    .init(name: "Views", run: fuzzViews), .init(name: "Weights", run: fuzzWeights),
    .init(name: "Zip", run: fuzzZip),
  ]

  /// Traps on what is one mutation away from its seed "key:1", so that a test sees that traps are found.
  package static let planted = FuzzTarget(name: "planted") { bytes in
    precondition(!bytes.starts(with: Array("kex".utf8)))
  }

  package static func named(_ name: String) -> FuzzTarget? { (all + [planted]).first { $0.name == name } }
}
