import Glibc

/// The orthonormal two-dimensional discrete cosine transform (type II) of blocks of one size.
package struct CosineTransform: Sendable {
  let height: Int
  let width: Int
  private let vertical: [Float]
  private let horizontal: [Float]

  package init(height: Int, width: Int) {
    self.height = height
    self.width = width
    vertical = Self.basis(height)
    horizontal = Self.basis(width)
  }

  /// Row k holds the k-th cosine over the positions.
  private static func basis(_ count: Int) -> [Float] {
    (0..<count * count).map { index in
      let (k, position) = (index / count, index % count)
      let scale = (k == 0 ? 1.0 : 2.0) / Double(count)
      return Float(
        scale.squareRoot() * cos(Double.pi * (Double(position) + 0.5) * Double(k) / Double(count)))
    }
  }

  /// Coefficients [height, width] of the block [height, width], rows of vertical frequency.
  package func apply(_ block: ArraySlice<Float>) -> [Float] {
    precondition(block.count == height * width)
    var half = [Float](repeating: 0, count: height * width)
    var result = half
    block.withUnsafeBufferPointer { x in
      half.withUnsafeMutableBufferPointer { half in
        result.withUnsafeMutableBufferPointer { result in
          vertical.withUnsafeBufferPointer { v in
            horizontal.withUnsafeBufferPointer { h in
              guard let x = x.baseAddress, let t = half.baseAddress, let y = result.baseAddress,
                let v = v.baseAddress, let h = h.baseAddress
              else { return }
              BLAS.gemm(m: height, n: width, k: height, v, lda: height, x, ldb: width, t, ldc: width)
              BLAS.gemm(
                m: height, n: width, k: width, t, lda: width, h, ldb: width, transposeB: true, y, ldc: width)
            }
          }
        }
      }
    }
    return result
  }
}
