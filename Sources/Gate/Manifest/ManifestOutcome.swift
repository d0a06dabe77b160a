import Formats
import Model

/// How files compare with what a manifest says of them.
struct ManifestOutcome: Equatable {
  /// Files that were found, without links.
  var found: [String] = []
  /// How many have the content that is listed.
  var same = 0
  var changed: [String] = []
  var absent: [String] = []
  var unusable: [String] = []
}

extension ManifestFile {
  /// Reads every listed file through once. Only what lies in the manifest's own folder is opened, whatever it names.
  func compare() -> ManifestOutcome {
    var outcome = ManifestOutcome()
    let root = ManifestPlace.resolved(folder).map { $0.hasSuffix("/") ? $0 : $0 + "/" }
    for entry in entries {
      guard let digest = entry.digest else {
        outcome.unusable.append(entry.name)
        continue
      }
      let path = entry.places.lazy.compactMap { ManifestPlace.resolved(folder + "/" + $0) }
        .first { path in root.map(path.hasPrefix) ?? false }
      guard let path, let file = try? MappedFile(path: path) else {
        outcome.absent.append(entry.name)
        continue
      }
      outcome.found.append(path)
      if file.withBytes(SHA256.digest) == digest {
        outcome.same += 1
      } else {
        outcome.changed.append(entry.name)
      }
    }
    return outcome
  }
}
