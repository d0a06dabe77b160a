import CaseFiles
import Formats
import Foundation
import Model

/// What `foretaste` says by itself: what it is, and what to type here.
enum Welcome {
  /// Datasets that are named.
  private static let shown = 6

  static func text(in folder: String) -> String {
    let found = NearbyDatasets.names(in: folder)
    let named = found.prefix(shown).map { name in
      let isScanned = FileManager.default.fileExists(
        atPath: CaseFolder.defaultPath(forDataset: folder + "/" + name))
      return displayText(name) + (isScanned ? " (scanned)" : "")
    }
    let more = found.count > shown ? " and \(found.count - shown) more" : ""
    let here =
      found.isEmpty
      ? "No dataset lies here; one is a CSV, JSON Lines or Parquet file, or a folder of pictures or arrays."
      : "Here: " + named.joined(separator: ", ") + more
    return """
      Foretaste finds poison in training data and keeps the record of what was decided.

        foretaste \(found.first.map(word) ?? "DATASET")
            scans it and opens the workbench, where ? lists the keys

      \(here)
      foretaste --help lists the commands.

      """
  }

  /// As a shell takes it.
  private static func word(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { byte in
      byte > 0x7F || "/._-+=:,@%".utf8.contains(byte) || Character(.init(byte)).isLetter
        || Character(.init(byte)).isNumber
    }
    let shown = displayText(name)
    return isPlain ? shown : "'" + shown.replacingOccurrences(of: "'", with: #"'\''"#) + "'"
  }
}
