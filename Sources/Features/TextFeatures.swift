import Glibc
import Model
import Numerics

/// Texts as hashed word 1–2-grams and character 3–5-grams: signed feature hashing (Weinberger et al., 2009), 1 +
/// log counts times inverse document frequency, rows of length 1.
package enum TextFeatures {
  static let buckets = 1 << 15
  static let components = 128
  /// Bytes of a text that count; the rest of a longer one is not looked at.
  package static let maxBytes = 4096

  static func build(_ texts: StringColumn, seed: UInt64, workers: Workers) throws -> DenseMatrix {
    let rows = try sparse(texts, workers: workers).withoutEmptyColumns()
    let vectors = try RandomizedSVD.rightVectors(rows, count: components, seed: seed, workers: workers)
    return try rows.project(onto: vectors.map(\.vector), workers: workers)
  }

  static func sparse(_ texts: StringColumn, workers: Workers) throws -> SparseRows {
    let blocks = try workers.map(count: texts.count, blockSize: 512) { range in
      range.reduce(into: CountedTexts()) { block, row in texts.withUTF8(at: row) { block.append(counts($0)) }
      }
    }
    var documents = [Int32](repeating: 0, count: buckets)
    for block in blocks {
      for (bucket, _) in block.counts { documents[Int(bucket)] += 1 }
    }
    let total = Double(texts.count)
    // Smoothed as if one more document held everything, so that what all hold keeps some weight.
    let weights = documents.map { Float(log((1 + total) / (1 + Double($0))) + 1) }
    var offsets = [0]
    var indices: [Int32] = []
    var values: [Float] = []
    for row in blocks.lazy.flatMap(\.rows) {
      let start = values.count
      var square: Float = 0
      for (bucket, count) in row where count != 0 {
        let value = (count < 0 ? -1 : 1) * (1 + Float(log(Double(abs(count))))) * weights[Int(bucket)]
        indices.append(bucket)
        values.append(value)
        square += value * value
      }
      let scale = square > 0 ? 1 / square.squareRoot() : 0
      for index in start..<values.count { values[index] *= scale }
      offsets.append(values.count)
    }
    return SparseRows(columns: buckets, offsets: offsets, indices: indices, values: values)
  }

  /// Signed counts by bucket of some texts, one text after the other in one array: of many texts these are the largest
  /// thing that a scan holds.
  private struct CountedTexts: Sendable {
    private(set) var counts: [(Int32, Int32)] = []
    private var ends: [Int] = [0]

    mutating func append(_ text: [(Int32, Int32)]) {
      counts += text
      ends.append(counts.count)
    }

    /// One a text.
    var rows: [ArraySlice<(Int32, Int32)>] {
      zip(ends, ends.dropFirst()).map { counts[$0..<$1] }
    }
  }

  /// Signed counts by bucket, buckets rising.
  private static func counts(_ utf8: UnsafeBufferPointer<UInt8>) -> [(Int32, Int32)] {
    let text = normalized(utf8.prefix(maxBytes))
    var hits: [UInt64] = []
    var words: [Range<Int>] = []
    var start = 0
    for (index, byte) in text.enumerated() where byte == space {
      if index > start { words.append(start..<index) }
      start = index + 1
    }
    for (index, word) in words.enumerated() {
      hits.append(Hash.bytes(text[word], kind: 1))
      if index + 1 < words.count {
        hits.append(Hash.bytes(text[word.lowerBound..<words[index + 1].upperBound], kind: 2))
      }
    }
    for size in 3...5 where text.count >= size {
      for first in 0...text.count - size {
        hits.append(Hash.bytes(text[first..<first + size], kind: UInt64(size)))
      }
    }
    var signed = hits.map { (Int32($0 % UInt64(buckets)), $0 >> 63 == 0 ? Int32(1) : -1) }
    signed.sort { $0.0 < $1.0 }
    var result: [(Int32, Int32)] = []
    for (bucket, sign) in signed {
      if let last = result.last, last.0 == bucket {
        result[result.count - 1].1 += sign
      } else {
        result.append((bucket, sign))
      }
    }
    return result
  }

  private static let space = UInt8(ascii: " ")

  /// ASCII letters lowered, everything that is no letter, digit or non-ASCII byte a single space, one space at
  /// both ends so that n-grams know where words begin.
  package static func normalized(_ utf8: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
    var text: [UInt8] = [space]
    text.reserveCapacity(utf8.count + 2)
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): text.append(byte + 32)
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
        text.append(byte)
      default: if text.last != space { text.append(space) }
      }
    }
    if text.last != space { text.append(space) }
    return text
  }
}
