import Model

/// The files are those that a manifest or a Croissant description has hashed. Where content behind a URL has changed
/// since it was listed, that shows here: split-view poisoning (Carlini et al., "Poisoning web-scale training datasets is
/// practical", 2024).
struct ManifestCheck: Check {
  let name = "manifest"
  let summary = "SHA-256 of the files that a manifest lists"

  func run(on input: CheckInput) -> [CheckResult] {
    let place = ManifestPlace(dataset: input.path)
    let paths = input.policy.manifest.files
    let manifests = paths.isEmpty ? place.found() : paths.map(place.path)
    guard !manifests.isEmpty else {
      return [
        input.policy.manifest.isRequired
          ? broken(input, "there is no manifest") : notApplicable("there is no manifest")
      ]
    }
    var listed: Set<String> = []
    var results: [CheckResult] = []
    for path in manifests {
      do {
        let manifest = try ManifestFile.read(path: path)
        let outcome = manifest.compare()
        listed.formUnion(outcome.found)
        results.append(result(of: outcome, in: path, input))
      } catch {
        results.append(broken(input, error.description, subject: path))
      }
    }
    return results + [coverage(place, listed, manifests, input)]
  }

  private func result(of outcome: ManifestOutcome, in path: String, _ input: CheckInput) -> CheckResult {
    let parts = [
      outcome.changed.isEmpty ? nil : "changed: \(shortList(outcome.changed))",
      outcome.absent.isEmpty ? nil : "missing: \(shortList(outcome.absent))",
      outcome.unusable.isEmpty ? nil : "without a usable SHA-256: \(shortList(outcome.unusable))",
    ].compactMap(\.self)
    if !parts.isEmpty { return broken(input, parts.joined(separator: "; "), subject: path) }
    return outcome.same == 0
      ? broken(input, "lists no files", subject: path)
      : pass("\(counted(outcome.same, "file")) as listed", subject: path)
  }

  /// A file that no manifest lists may be anybody's.
  private func coverage(
    _ place: ManifestPlace, _ listed: Set<String>, _ manifests: [String], _ input: CheckInput
  ) -> CheckResult {
    let known = listed.union(manifests.compactMap(ManifestPlace.resolved))
    let others = place.files().filter { !known.contains($0) }
    return others.isEmpty
      ? pass("every file is listed", subject: "files")
      : broken(
        input, "in no manifest: \(shortList(others.map(place.shown)))", subject: "files")
  }
}
