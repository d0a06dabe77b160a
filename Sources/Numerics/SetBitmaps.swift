/// Bitmaps of sets, which tell of most pairs that they overlap too little without a look at their members: a member whose
/// bit is not set in the other bitmap is not in the other set (a Bloom filter of one function: Bloom, "Space/time trade-offs
/// in hash coding with allowable errors", CACM 1970). No pair that overlaps enough is turned away.
package struct SetBitmaps: Sendable {
  /// 64 bits each, of a set.
  private let words: Int
  /// [N, words]
  private let bits: [UInt64]
  /// Bits of each set.
  private let counts: [Int32]
  private let sizes: [Int32]

  /// Bits that are provided for a member of a set of mean size: of two sets without a common member an eighth coincide.
  private static let bitsPerMember = 8
  private static let maxWords = 64

  /// - Parameter sets: [N], each without repetition.
  /// - Throws: never.
  package init(_ sets: [[UInt32]], workers: Workers) throws {
    let meanSize = sets.reduce(0) { $0 + $1.count } / max(1, sets.count)
    let words = min(max(1, Self.bitsPerMember * meanSize / UInt64.bitWidth), Self.maxWords)
    bits = try workers.map(count: sets.count, blockSize: 1024) { range in
      var bits = [UInt64](repeating: 0, count: range.count * words)
      for (place, set) in sets[range].enumerated() {
        for value in set {
          let bit = (Int(Hash.mix(UInt64(value)) >> 32) * words * UInt64.bitWidth) >> 32
          bits[place * words + bit / UInt64.bitWidth] |= 1 << UInt64(bit % UInt64.bitWidth)
        }
      }
      return bits
    }.flatMap { $0 }
    self.words = words
    let all = bits
    counts = sets.indices.map { set in
      Int32((set * words..<(set + 1) * words).reduce(0) { $0 + all[$1].nonzeroBitCount })
    }
    sizes = sets.map { Int32($0.count) }
  }

  /// Whether the Jaccard index of two sets may be `minimum`, 0...1, or more.
  package func mayReach(_ minimum: Double, _ a: Int, _ b: Int) -> Bool {
    let common = bits.withUnsafeBufferPointer { bits in
      var common = 0
      for word in 0..<words { common += (bits[a * words + word] & bits[b * words + word]).nonzeroBitCount }
      return common
    }
    // Each bit that the other has not stands for a member, at least, that the other has not.
    let maxCommon = min(
      Int(sizes[a]) - (Int(counts[a]) - common), Int(sizes[b]) - (Int(counts[b]) - common))
    let union = Int(sizes[a]) + Int(sizes[b]) - maxCommon
    return Double(maxCommon) >= minimum * Double(union) * (1 - 1e-9)
  }
}
