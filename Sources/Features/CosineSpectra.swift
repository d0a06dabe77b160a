import Model
import Numerics

/// The cosine transform of each picture's brightness (`GrayPictures`), which whatever looks at frequencies starts from.
package struct CosineSpectra: Sendable {
  package let height: Int
  package let width: Int
  /// [N, height * width], rows of vertical frequency.
  package let coefficients: DenseMatrix

  /// - Throws: what `checkCancellation` throws.
  package init(_ gray: GrayPictures, workers: Workers, checkCancellation: @Sendable () throws -> Void) throws
  {
    let transform = CosineTransform(height: gray.height, width: gray.width)
    let blocks = try workers.map(count: gray.values.rows, blockSize: 256) { range -> [Float] in
      try checkCancellation()
      return range.flatMap { transform.apply(gray.values.row($0)) }
    }
    height = gray.height
    width = gray.width
    coefficients = DenseMatrix(rows: gray.values.rows, columns: height * width, joining: blocks)
  }
}
