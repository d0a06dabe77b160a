import Formats

/// One vector from those of the tokens, as `1_Pooling/config.json` of sentence-transformers asks for.
struct Pooling: Sendable {
  enum Mode: String, Sendable, CaseIterable {
    case first = "pooling_mode_cls_token"
    case max = "pooling_mode_max_tokens"
    case mean = "pooling_mode_mean_tokens"
    case meanOfRoot = "pooling_mode_mean_sqrt_len_tokens"

    var words: String {
      switch self {
      case .first: "first token"
      case .max: "largest values of the tokens"
      case .mean: "mean of the tokens"
      case .meanOfRoot: "sum of the tokens over the root of their number"
      }
    }
  }

  /// Side by side, in the order of `Mode`.
  let modes: [Mode]

  /// What stands in where a folder says nothing of it, as in sentence-transformers.
  static let byDefault = Pooling(modes: [.mean])

  private init(modes: [Mode]) { self.modes = modes }

  init(_ settings: Settings) throws(FormatError) {
    for other in ["pooling_mode_weightedmean_tokens", "pooling_mode_lasttoken"] {
      try settings.require(other, .bool(false))
    }
    var modes: [Mode] = []
    if let name = try settings.string("pooling_mode") {
      guard let mode = [("cls", Mode.first), ("max", .max), ("mean", .mean)].first(where: { $0.0 == name })
      else { throw settings.problem("pooling_mode", "'\(name)' is not supported") }
      modes = [mode.1]
    } else {
      for mode in Mode.allCases where try settings.bool(mode.rawValue) ?? false { modes.append(mode) }
    }
    guard !modes.isEmpty else { throw FormatError(settings.file, "asks for no kind of pooling") }
    self.modes = modes
  }

  /// - Parameter states: [tokens, width] of one text, which has at least one token.
  func apply(_ states: ArraySlice<Float>, width: Int) -> [Float] {
    modes.flatMap { mode -> [Float] in
      let first = Array(states.prefix(width))
      if mode == .first { return first }
      var result = first
      for start in stride(from: states.startIndex + width, to: states.endIndex, by: width) {
        for index in 0..<width {
          let value = states[start + index]
          result[index] = mode == .max ? Swift.max(result[index], value) : result[index] + value
        }
      }
      let count = Float(states.count / width)
      switch mode {
      case .mean: return result.map { $0 / count }
      case .meanOfRoot: return result.map { $0 / count.squareRoot() }
      case .first, .max: return result
      }
    }
  }
}
