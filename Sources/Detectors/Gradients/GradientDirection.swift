import Model
import Numerics
import Scanning

/// 1 − cos of the angle between a sample's last-layer gradient g = (p − e_y) ⊗ h and the mean gradient of its class, h
/// less the mean of all samples (Killamsetty et al., "GRAD-MATCH", ICML 2021, compare gradients likewise). With
/// G = Σ (p − e_y)hᵀ of the class, g·G = (p − e_y)ᵀGh, so that no g is formed. Range 0...2; NaN without a label or
/// finite features.
struct GradientDirection: Detector {
  let info = DetectorInfo(
    name: "gradient-direction", family: .gradients,
    summary: "loss gradient points away from that of its class")

  func run(on input: ScanInput) throws -> Detection {
    try Needs.probabilities(input)
    guard input.features.columns > 0 else { throw CannotRun("needs features") }
    let usable = (0..<input.count).filter { !input.unusableRows.contains($0) }
    let mean = try ClassSums.mean(of: input.features, rows: usable, workers: input.workers)
    let classes = input.rowsByClass.map { rows in rows.filter { !input.unusableRows.contains($0) } }
    let parts = try input.workers.map(count: classes.count, blockSize: 1) { range in
      try input.checkCancellation()
      return Self.scores(input, classes[range.lowerBound], mean)
    }
    var scores = [Float](repeating: .nan, count: input.count)
    for (rows, part) in zip(classes, parts) {
      for (row, score) in zip(rows, part) { scores[row] = score }
    }
    return Detection(scores: scores)
  }

  private static func scores(_ input: ScanInput, _ rows: [Int], _ mean: [Float]) -> [Float] {
    guard rows.count >= 2 else { return rows.map { _ in .nan } }
    let (width, classCount) = (input.features.columns, input.classCount)
    let points = Products.gather(input.features, rows: rows, center: mean)
    var errors = Products.gather(input.probabilities, rows: rows)
    for (index, row) in rows.enumerated() { errors[index * classCount + input.labels[row]] -= 1 }
    // Gh of every row is points · (pointsᵀ errors).
    var gradient = [Float](repeating: 0, count: width * classCount)
    var products = [Float](repeating: 0, count: rows.count * classCount)
    points.withUnsafeBufferPointer { x in
      errors.withUnsafeBufferPointer { e in
        gradient.withUnsafeMutableBufferPointer { gradient in
          products.withUnsafeMutableBufferPointer { products in
            guard let x = x.baseAddress, let e = e.baseAddress, let g = gradient.baseAddress,
              let c = products.baseAddress
            else { return }
            BLAS.gemm(
              m: width, n: classCount, k: rows.count, x, lda: width, transposeA: true, e, ldb: classCount, g,
              ldc: classCount)
            BLAS.gemm(
              m: rows.count, n: classCount, k: width, x, lda: width, g, ldb: classCount, c, ldc: classCount)
          }
        }
      }
    }
    let length = Distance.dot(gradient[...], gradient[...]).squareRoot()
    return rows.indices.map { index in
      let error = errors[index * classCount..<(index + 1) * classCount]
      let point = points[index * width..<(index + 1) * width]
      let own = (Distance.dot(error, error) * Distance.dot(point, point)).squareRoot()
      guard own > 0, length > 0 else { return 1 }
      return 1 - Distance.dot(error, products[index * classCount..<(index + 1) * classCount]) / (own * length)
    }
  }
}
