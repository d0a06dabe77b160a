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
    height = gray.height
    width = gray.width
    coefficients = try DenseMatrix(
      rows: gray.values.rows, columns: height * width, blockRows: 256, workers: workers,
      block: { range in
        try checkCancellation()
        return range.flatMap { transform.apply(gray.values.row($0)) }
      })
  }
}
