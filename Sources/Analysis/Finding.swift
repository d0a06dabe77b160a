import Model

/// A group of samples that belong together by evidence: a trigger's holders, a duplicate group, the second
/// component of a class, a burst, a source.
package struct Finding: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case trigger, duplicates, component, labelPair = "label-pair", flips, source, burst, outliers
  }
  /// Short and stable within a case: T1, D1, C1, L1, F1, S1, B1, O1, numbered by evidence within a kind.
  package var id: String
  package var kind: Kind
  /// Attack that it speaks for, one of `Report.hypotheses`.
  package var attack: String
  /// One sentence that a person understands, with data already made displayable.
  package var sentence: String
  /// Class that the group is tied to, -1 for none.
  package var label: Int32
  /// Name and value of the group statistic, e.g. "z" and 17.3.
  package var statisticName: String
  package var statistic: Double
  /// Probability of such a group without an attack, corrected for the number of groups looked at (`qValue`).
  package var pValue: Double
  package var qValue: Double
  /// Share of the members with `label` (triggers), or of members flagged otherwise; NaN where it means nothing.
  package var purity: Double
  /// Rows, ascending.
  package var members: Column<Int32>
  /// Rows that hold the same item but speak against it (another label): what a bulk decision would hit wrongly.
  package var cleanHolders: Column<Int32>
  package var item: TriggerItem?

  package init(
    id: String = "", kind: Kind, attack: String, sentence: String, label: Int32 = -1, statisticName: String,
    statistic: Double, pValue: Double, qValue: Double = .nan, purity: Double = .nan, members: Column<Int32>,
    cleanHolders: Column<Int32> = [], item: TriggerItem? = nil
  ) {
    self.id = id
    self.kind = kind
    self.attack = attack
    self.sentence = sentence
    self.label = label
    self.statisticName = statisticName
    self.statistic = statistic
    self.pValue = pValue
    self.qValue = qValue
    self.purity = purity
    self.members = members
    self.cleanHolders = cleanHolders
    self.item = item
  }
}

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
  /// Columns of a row that all lie in their range (or equal the value where `low == high`), or have the category.
  case cells([Cell])

  package struct Cell: Sendable, Equatable {
    package var column: String
    package var low: Double
    package var high: Double
    package var category: String?
    package init(column: String, low: Double, high: Double, category: String? = nil) {
      self.column = column
      self.low = low
      self.high = high
      self.category = category
    }
  }
}
