import Glibc
import Learning
import Model
import Numerics
import Scanning

/// Pictures that look like others: each of the 63 lowest frequencies of the brightness, above or below its median over
/// the set, is a bit of a hash (a pHash, Zauner, 2010, whose bits are balanced over the set as in Weiss et al.,
/// "Spectral hashing", NIPS 2008), and pictures whose hashes differ in at most 3 bits are copies. The score is the
/// surprise of their number (`CopyGroups`). Range from 0; blank pictures have no hash and score 0.
///
/// A chain of copies that the set's own repetition does not explain is a finding where its members are also each
/// other's nearest neighbors: pictures of one simple thing (a stroke, a sky) have like hashes and lie among many others.
struct PictureCopies: Detector {
  let info = DetectorInfo(
    name: "picture-copies", family: .duplicates,
    summary: "looks like unusually often repeated pictures")
  static let farthest = 3
  /// Of a bucket of many each is compared with so many after it.
  private static let maxInBucket = 48

  func run(on input: ScanInput) throws -> Detection {
    let hashes = try Self.hashes(of: input)
    var sets = DisjointSets(count: input.count)
    var copies = [Double](repeating: 1, count: input.count)
    for (a, b) in Self.pairs(hashes) {
      sets.join(a, b)
      copies[a] += 1
      copies[b] += 1
    }
    let all = sets.groups { hashes[$0] != nil }
    let groups = CopyGroups(all, strata: nil, isLanguage: false)
    var scores = [Float](repeating: 0, count: input.count)
    for (index, group) in all.enumerated() {
      for row in group { scores[row] = Float(groups.surprise(group: index, weight: copies[row])) }
    }
    let findings = groups.findings(input, "look alike").filter { finding in
      Self.isClosed(finding.members.map { Int($0) }, input.neighbors)
    }
    return Detection(scores: scores, findings: findings)
  }

  /// One a picture; nil of blank ones.
  /// - Throws: `CannotRun` without pictures of 8 x 8 and more; what `checkCancellation` throws.
  static func hashes(of input: ScanInput) throws -> [UInt64?] {
    let spectra = try input.cosineSpectra()
    guard spectra.height >= 8, spectra.width >= 8 else { throw CannotRun("needs images of at least 8 x 8") }
    return hashes(
      (0..<input.count).map { lowest(spectra.coefficients, row: $0, width: spectra.width) })
  }

  private static let closedShare = 0.8
  private static let lookedAt = 10

  /// Whether the nearest neighbors of the rows are mostly of them; true where neighbors are not known.
  private static func isClosed(_ rows: [Int], _ table: NeighborTable) -> Bool {
    guard table.k > 0 else { return true }
    let members = Set(rows)
    let count = min(lookedAt, rows.count - 1)
    let inside = rows.reduce(0) { sum, row in
      sum + table.neighbors(of: row, limit: count).count(where: members.contains)
    }
    return Double(inside) >= closedShare * Double(count * rows.count)
  }

  /// Coefficients of the 63 lowest frequencies but the mean; none where the picture has next to no contrast.
  private static func lowest(_ coefficients: DenseMatrix, row: Int, width: Int) -> [Float] {
    let low = (1..<64).map { coefficients[row, $0 / 8 * width + $0 % 8] }
    return low.contains { abs($0) > 0.1 } ? low : []
  }

  private static func hashes(_ low: [[Float]]) -> [UInt64?] {
    let shown = low.filter { !$0.isEmpty }
    let medians = (0..<63).map { index in Float(Statistics.median(shown.map { $0[index] })) }
    return low.map { low in
      low.isEmpty
        ? nil : low.indices.reduce(UInt64(0)) { low[$1] > medians[$1] ? $0 | 1 << UInt64($1) : $0 }
    }
  }

  private struct Keyed {
    let key: UInt64
    let hash: UInt64
    let row: Int
  }

  /// Of four runs of 16 bits at least one is the same in hashes that differ in at most 3 bits.
  static func pairs(_ hashes: [UInt64?]) -> [(Int, Int)] {
    var codes = Set<UInt64>()
    for run in 0..<4 {
      var keyed: [Keyed] = []
      for (row, hash) in hashes.enumerated() {
        guard let hash else { continue }
        keyed.append(Keyed(key: hash >> UInt64(16 * run) & 0xFFFF, hash: hash, row: row))
      }
      keyed.sort { ($0.key, $0.hash, $0.row) < ($1.key, $1.hash, $1.row) }
      for (position, a) in keyed.enumerated() {
        for b in keyed[(position + 1)...].prefix(maxInBucket) {
          guard b.key == a.key else { break }
          guard (a.hash ^ b.hash).nonzeroBitCount <= farthest else { continue }
          codes.insert(UInt64(min(a.row, b.row)) << 32 | UInt64(max(a.row, b.row)))
        }
      }
    }
    return codes.sorted().map { (Int($0 >> 32), Int($0 & 0xFFFF_FFFF)) }
  }
}
