import Scanning

enum ErrorNorm {
  static func of(_ row: Int, _ label: Int, _ input: ScanInput) -> Float {
    var sum: Float = 0
    for k in 0..<input.classCount {
      let difference = input.probabilities[row, k] - (k == label ? 1 : 0)
      sum += difference * difference
    }
    return sum.squareRoot()
  }
}
