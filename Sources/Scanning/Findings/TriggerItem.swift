/// What the members of a trigger finding carry, told so that a screen can point at it.
package enum TriggerItem: Sendable, Equatable {
  /// Words next to each other in the text (one word, or an n-gram), lower-cased.
  case words([String])
  /// Characters next to each other in the text, as they are written.
  case characters(String)
  /// A patch of pixels with these values at a fixed place; `values` row-major, channels interleaved.
  case patch(row: Int, column: Int, height: Int, width: Int, values: [UInt8])
  /// A patch of pixels with about these values somewhere; `values` as in `patch`.
  case shiftedPatch(height: Int, width: Int, values: [UInt8])
  /// A faint pattern over the whole picture, a blended image or a wave: what it adds, 128 for nothing; layout as in
  /// `patch`.
  case blend(height: Int, width: Int, values: [UInt8])
  /// Columns of a row that all meet their condition.
  case cells([Cell])

  /// How much of a sample it speaks of: of items that explain the same holders, the one of least breadth is told.
  package var breadth: Int {
    switch self {
    case .words, .patch, .cells: 0
    case .characters, .shiftedPatch: 1
    case .blend: 2
    }
  }

  package struct Cell: Sendable, Equatable {
    package var column: String
    package var condition: Condition
    package init(column: String, _ condition: Condition) {
      self.column = column
      self.condition = condition
    }
  }

  /// What a cell must hold.
  package enum Condition: Sendable, Equatable {
    case range(FiniteRange)
    case category(String)
  }
}

/// From one finite number to another that is not less.
package struct FiniteRange: Sendable, Equatable {
  package let low: Double
  package let high: Double

  /// Spans the finite ones of `values`; nil where there are none.
  package init?(spanning values: some Sequence<Double>) {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return nil }
    self.low = low
    self.high = high
  }
}
