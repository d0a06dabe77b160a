import Model
import Numerics

/// Attention among the places of a sequence, then two layers on each place by itself (Vaswani et al., 2017).
struct TransformerLayer: Sendable {
  /// Where the rows are normalised: behind each half (BERT), or before it (ViT).
  enum NormPlace: Sendable { case after, before }

  /// Queries, keys and values side by side: [3 H, H].
  let projections: Linear
  let mixed: Linear
  let attentionNorm: LayerNorm
  let up: Linear
  let down: Linear
  let outputNorm: LayerNorm
  let heads: Int
  let activation: Activation
  let normPlace: NormPlace

  var width: Int { mixed.outputs }

  /// - Parameters:
  ///   - x: [rows, H], all sequences one behind the other; overwritten.
  ///   - sequences: rows of each.
  func apply(_ x: UnsafeMutablePointer<Float>, sequences: [Range<Int>], in space: WorkSpace) {
    let rows = sequences.last?.upperBound ?? 0
    switch normPlace {
    case .after:
      attend(x, sequences, rows, space)
      mixed.apply(space.context, rows: rows, to: x, adds: true)
      attentionNorm.apply(x, rows: rows, to: x)
      widen(x, rows, space)
      down.apply(space.wide, rows: rows, to: x, adds: true)
      outputNorm.apply(x, rows: rows, to: x)
    case .before:
      attentionNorm.apply(x, rows: rows, to: space.normed)
      attend(space.normed, sequences, rows, space)
      mixed.apply(space.context, rows: rows, to: x, adds: true)
      outputNorm.apply(x, rows: rows, to: space.normed)
      widen(space.normed, rows, space)
      down.apply(space.wide, rows: rows, to: x, adds: true)
    }
  }

  private func widen(_ x: UnsafePointer<Float>, _ rows: Int, _ space: WorkSpace) {
    up.apply(x, rows: rows, to: space.wide)
    activation.apply(space.wide, count: rows * up.outputs)
  }

  /// softmax(Q Kᵀ / √d) V of each sequence and head, side by side in `space.context`.
  private func attend(
    _ x: UnsafePointer<Float>, _ sequences: [Range<Int>], _ rows: Int, _ space: WorkSpace
  ) {
    projections.apply(x, rows: rows, to: space.projected)
    let size = width / heads
    let stride = 3 * width
    let factor = 1 / Float(size).squareRoot()
    for sequence in sequences {
      let length = sequence.count
      for head in 0..<heads {
        let query = space.projected + sequence.lowerBound * stride + head * size
        BLAS.gemm(
          m: length, n: length, k: size, alpha: factor, query, lda: stride, query + width, ldb: stride,
          transposeB: true, space.scores, ldc: length)
        for row in 0..<length {
          Softmax.apply(UnsafeMutableBufferPointer(start: space.scores + row * length, count: length))
        }
        BLAS.gemm(
          m: length, n: size, k: length, space.scores, lda: length, query + 2 * width, ldb: stride,
          space.context + sequence.lowerBound * width + head * size, ldc: width)
      }
    }
  }
}

/// What a pass through the layers writes to on its way; one a thread.
final class WorkSpace {
  let projected: UnsafeMutablePointer<Float>
  let context: UnsafeMutablePointer<Float>
  let wide: UnsafeMutablePointer<Float>
  let normed: UnsafeMutablePointer<Float>
  /// [longest, longest]
  let scores: UnsafeMutablePointer<Float>

  init(rows: Int, longest: Int, width: Int, wide: Int) {
    func room(_ count: Int) -> UnsafeMutablePointer<Float> {
      let values = UnsafeMutablePointer<Float>.allocate(capacity: max(1, count))
      values.initialize(repeating: 0, count: max(1, count))
      return values
    }
    projected = room(rows * 3 * width)
    context = room(rows * width)
    self.wide = room(rows * wide)
    normed = room(rows * width)
    scores = room(longest * longest)
  }

  deinit { for values in [projected, context, wide, normed, scores] { values.deallocate() } }
}
