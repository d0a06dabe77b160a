import Formats
import Foundation
import Model

/// A whole dataset of one file, or of two that are cut at a zero byte, is read or refused: its ids are distinct, its
/// labels lie among its classes, and the places of its records lie in the file and rise.
///
/// The first byte chooses which files.
func fuzzDataset(_ bytes: UnsafeRawBufferPointer) {
  let input = Array(bytes)
  guard let choice = input.first else { return }
  let folder = FileManager.default.temporaryDirectory.appending(path: "fuzz-set-\(getpid())").path
  mkdir(folder, 0o700)
  let names = [
    ["data.csv"], ["data.tsv"], ["data.jsonl"], ["data.json"], ["data.csv", "dataset.json"],
    ["metadata.csv", "features.npy"], ["dataset.json", "labels.npy"], ["data.csv", "pred_probs.npy"],
  ][Int(choice & 0x7F) % 8]
  // An array comes last: it holds zero bytes.
  let parts = names.count == 1 ? [input[1...]] : input[1...].split(separator: 0, maxSplits: 1)
  for (name, part) in zip(names, parts) { write(Array(part), to: folder + "/" + name) }
  defer { for name in names { unlink(folder + "/" + name) } }
  var options = DatasetOptions()
  options.skipBadLines = choice & 0x80 != 0
  check(folder, options)
}

private func write(_ bytes: [UInt8], to path: String) {
  guard let file = fopen(path, "w") else { return }
  fwrite(bytes, 1, bytes.count, file)
  fclose(file)
}

private func check(_ folder: String, _ options: DatasetOptions) {
  do throws(FormatError) {
    let data = try DatasetLoader.load(folder, options: options, progress: { _ in })
    precondition(data.count > 0 && data.ids.count == data.count)
    precondition(Set(data.ids.map { Array($0.utf8) }).count == data.count)
    precondition(data.labels.allSatisfy { $0 >= -1 && Int($0) < data.classes.count })
    for row in 0..<min(8, data.count) { _ = data.payloads.payload(at: row) }
    for file in try DatasetLoader.storedFiles(folder, options: options) {
      guard case .records(let stored) = file.layout else { continue }
      let records = stored.places
      precondition(records.count == data.count)
      var end = records.headerBytes.upperBound
      for row in 0..<records.count {
        let place = records.bytes(of: row)
        precondition(place.lowerBound >= end && place.upperBound <= UInt64(stored.bytes.count))
        end = place.upperBound
      }
    }
  } catch {
    precondition(!error.description.contains("\n"))
  }
}
