/// Along one side: the old pixels that each new one is taken from, and the area round them.
struct SampledAxis {
  struct Sample {
    let first: Int
    let second: Int
    let secondWeight: Double
    /// Of the area round it, as wide as a step.
    let area: Range<Int>
  }
  let samples: [Sample]

  init(_ phase: SamplingPlace.Phase, isBilinear: Bool, from old: Int, to new: Int) {
    let step = Double(old) / Double(new)
    samples = (0..<new).map { index in
      let position = min(max(0, (Double(index) + phase.share) * step + phase.offset), Double(old - 1))
      let first = Int(position)
      let weight = isBilinear ? position - Double(first) : 0
      // Pixels are as wide as 1: what is taken lies about the middle of one or between two.
      let center = (isBilinear ? position : Double(first)) + 0.5
      let low = min(max(0, Int((center - step / 2).rounded())), old - 1)
      let high = min(old, max(low + 1, Int((center + step / 2).rounded())))
      return Sample(first: first, second: min(first + 1, old - 1), secondWeight: weight, area: low..<high)
    }
  }
}
