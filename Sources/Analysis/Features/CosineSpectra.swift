import Model

/// The cosine transform of each picture's brightness (`GrayPictures`), which whatever looks at frequencies starts from.
struct CosineSpectra: Sendable {
  let height: Int
  let width: Int
  /// [N, height * width], rows of vertical frequency.
  let coefficients: DenseMatrix

  init(_ input: ScanInput) throws {
    let gray = try input.derived(GrayPictures.init)
    let transform = CosineTransform(height: gray.height, width: gray.width)
    let blocks = try input.workers.map(count: input.count, blockSize: 256) { range -> [Float] in
      try input.checkCancellation()
      return range.flatMap { transform.apply(gray.values.row($0)) }
    }
    height = gray.height
    width = gray.width
    coefficients = DenseMatrix(rows: input.count, columns: height * width, joining: blocks)
  }
}
