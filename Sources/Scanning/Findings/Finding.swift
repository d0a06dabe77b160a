import Model

/// A group of samples that belong together by evidence: a trigger's holders, a duplicate group, the second
/// component of a class, a burst, a source.
///
/// A value that survives a file: no number in it is NaN or infinite, what is not known is nil.
package struct Finding: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable, Codable {
    /// Samples that hold an item which goes with their label.
    case trigger
    /// Copies and near copies.
    case duplicates
    /// A part of a class that lies apart from the rest of it.
    case component
    /// Samples of one class that look like another one, more often than the two are confused.
    case labelPair = "label-pair"
    /// Labels that are wrong against all odds.
    case flips
    /// Of one source, more suspicious than chance makes them.
    case source
    /// Consecutive in time, more suspicious than chance makes them.
    case burst
    /// Samples that no other is like.
    case outliers
    /// Pictures that are another picture at the size that models are trained at.
    case scaling
    /// Copies in different splits: what is tested on was trained on. Nothing that makes a sample poison.
    case leakage

    /// What its findings are numbered by.
    package var letter: String {
      switch self {
      case .scaling: "Z"
      case .leakage: "X"
      default: rawValue.prefix(1).uppercased()
      }
    }

    /// Whether a finding says that its members are more likely poison.
    package var isEvidence: Bool { self != .leakage }
  }
  /// Short and stable within a case: T1, D1, C1, L1, F1, S1, B1, O1, Z1, X1, numbered by evidence within a kind.
  package var id: String
  package let kind: Kind
  /// Attack that it is evidence of, one of `Report.hypotheses`.
  package let attack: String
  /// One sentence that a person understands, with data already made displayable.
  package let sentence: String
  /// Class that the group is tied to, -1 for none.
  package var label: Int32
  /// Name of the group statistic, e.g. "z".
  package let statisticName: String
  /// Its value, finite; the larger, the more evidence.
  package let statistic: Double
  /// Probability of such a group without an attack, 0...1; nil where it is not known.
  package let pValue: Double?
  /// The same, corrected for the number of groups looked at.
  package private(set) var qValue: Double?
  /// Share of the members with `label` (triggers), or of members flagged otherwise; nil where it means nothing.
  package let purity: Double?
  /// Rows, ascending.
  package var members: Column<Int32>
  /// Rows that hold the same item with another label: a bulk decision on all holders would be wrong for them.
  package var cleanHolders: Column<Int32>
  /// What the members of a trigger hold; nil of other kinds.
  package let item: TriggerItem?

  /// - Parameters:
  ///   - statistic: 0 is kept of NaN, the largest number of an infinite one.
  ///   - pValue: taken into 0...1; NaN is nil, and so it is for `qValue` and `purity`.
  package init(
    id: String = "", kind: Kind, attack: String, sentence: String, label: Int32 = -1, statisticName: String,
    statistic: Double, pValue: Double?, qValue: Double? = nil, purity: Double? = nil,
    members: Column<Int32>, cleanHolders: Column<Int32> = [], item: TriggerItem? = nil
  ) {
    self.id = id
    self.kind = kind
    self.attack = attack
    self.sentence = sentence
    self.label = label
    self.statisticName = statisticName
    let largest = Double.greatestFiniteMagnitude
    self.statistic = statistic.isNaN ? 0 : min(max(statistic, -largest), largest)
    self.pValue = Self.share(pValue)
    self.qValue = Self.share(qValue)
    self.purity = Self.share(purity)
    self.members = members
    self.cleanHolders = cleanHolders
    self.item = item
  }

  private static func share(_ value: Double?) -> Double? {
    value.flatMap { $0.isNaN ? nil : min(max($0, 0), 1) }
  }

  /// The corrected probability, or the plain one where nothing was corrected.
  package var significance: Double? { qValue ?? pValue }

  /// Sets what the correction for all findings of a kind made of `pValue`.
  package mutating func correct(to qValue: Double) { self.qValue = Self.share(qValue) }
}
