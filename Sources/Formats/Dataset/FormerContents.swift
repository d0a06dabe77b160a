import Model

extension SampleContents {
  /// A new column gives samples without ids other names, as those are made of their content; what was decided on them is
  /// known again by the digest of what was judged.
  func rowsNamedOtherwise(ids: StringColumn, digests: () -> Set<Digest>) -> [Digest: [Int]] {
    guard case .records(let reader) = store, ids.count > 0, isNamedByContent(0, ids) else { return [:] }
    let digests = digests()
    var result: [Digest: [Int]] = [:]
    let prefixes = Set(digests.map(\.prefix))
    for form in [.record] + reader.addable.map(Form.without) where result.count < digests.count {
      var found: [Digest: [Int]] = [:]
      for row in ids.indices {
        let digest = digest(of: row, labelled: labelName(row), form)
        guard prefixes.contains(digest.prefix), digests.contains(digest), isNamedByContent(row, ids) else {
          continue
        }
        found[digest, default: []].append(row)
      }
      result.merge(found) { known, _ in known }
    }
    return result
  }

  private func isNamedByContent(_ row: Int, _ ids: StringColumn) -> Bool {
    ids[row].hasPrefix(nameDigest(at: row).hex.prefix(16))
  }
}
