import Glibc
import Model
import Numerics
import Scanning

/// Samples whose payload is the same to the byte as another's: log of the number of holders, plus one where they carry
/// more than one label, since of two labels at most one is right. Range from 0 (nothing like it); NaN never.
///
/// A group that the set's own repetition does not explain (`CopyGroups`; of texts by length) is a finding. Rows of a table
/// coincide by nature, as all that are left at a default do, but then they carry the label of what lies around them: there
/// a group is a finding only where the samples around it have another (`SurroundingLabels`).
struct ExactCopies: Detector {
  let info = DetectorInfo(
    name: "exact-copies", family: .duplicates, summary: "exact copy of another sample")

  func run(on input: ScanInput) throws -> Detection {
    let hashes = try PayloadHashes.make(input)
    let groups = RowGroups(equal: hashes)
    // Where most rows are copies (a table of few categories) a copy is nothing to remark.
    guard groups.count * 2 > input.count else { throw CannotRun("needs payloads that are mostly distinct") }
    var scores = [Float](repeating: 0, count: input.count)
    for rows in groups where rows.count > 1 {
      let labels = Set(rows.map { input.labels[$0] })
      let score = Float(log(Double(rows.count))) + (labels.count > 1 ? 1 : 0)
      for row in rows { scores[row] = score }
    }
    let strata = input.dataset.texts.map { texts in
      (0..<input.count).map { row in texts.withUTF8(at: row) { Int(log2(Double($0.count + 1))) } }
    }
    var findings = CopyGroups(groups, strata: strata, isLanguage: strata != nil).findings(
      input, "are exact copies of each other")
    if !input.dataset.hasPicturesOrTexts {
      let inGroups = Set(findings.flatMap { $0.members.map(Int.init) })
      findings.removeAll {
        !SurroundingLabels.contradict($0.members.map(Int.init), inGroups: inGroups, input)
      }
    }
    return Detection(scores: scores, findings: findings)
  }
}

/// A 64-bit hash of each payload, the label left out.
enum PayloadHashes {
  static func make(_ input: ScanInput) throws -> [UInt64] {
    let dataset = input.dataset
    if let images = dataset.images, images.count == input.count {
      return try rows(input) { row in
        images.withPixels(at: row) { Hash.bytes($0) }
      }
    }
    if let texts = dataset.texts, texts.count == input.count {
      return try rows(input) { row in texts.withUTF8(at: row) { Hash.bytes($0) }
      }
    }
    guard !dataset.table.isEmpty else { throw CannotRun("needs images, texts or table columns") }
    return try rows(input) { row in
      dataset.table.reduce(UInt64(0)) { hash, column in Hash.mix(hash ^ column.bits(at: row)) }
    }
  }

  private static func rows(_ input: ScanInput, _ hash: @Sendable (Int) -> UInt64) throws -> [UInt64] {
    try input.workers.map(count: input.count, blockSize: 1024) { $0.map(hash) }.flatMap { $0 }
  }
}
