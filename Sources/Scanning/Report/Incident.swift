import Model

/// Findings about the same samples, joined: what was done to them, when and from where they came.
///
/// A value that survives a file, as `Finding` is.
package struct Incident: Sendable, Equatable {
  /// I1, I2, … by evidence; the same for every scan of the same data.
  package var id: String
  /// The finding that tells the mechanism.
  package var head: Finding.Kind
  /// Attack that it is evidence of, one of `Report.hypotheses`.
  package var attack: String
  /// As of the finding that tells the mechanism; so are the figures.
  package var sentence: String
  /// Class that it is tied to, -1 for none.
  package var label: Int32
  package var statisticName: String
  package var statistic: Double
  package var pValue: Double?
  package var qValue: Double?
  /// Ids of the findings that it joins, the head first.
  package var findings: [String]
  /// What the strongest burst among them says of the time; nil without one.
  package var when: String?
  /// What the strongest finding on sources says; nil without one.
  package var origin: String?
  /// Rows, ascending.
  package var members: Column<Int32>
  /// How many of the members are flagged.
  package var flagged: Int

  package init(
    id: String, head: Finding.Kind, attack: String, sentence: String, label: Int32, statisticName: String,
    statistic: Double, pValue: Double?, qValue: Double?, findings: [String], when: String?, origin: String?,
    members: Column<Int32>, flagged: Int
  ) {
    self.id = id
    self.head = head
    self.attack = attack
    self.sentence = sentence
    self.label = label
    self.statisticName = statisticName
    self.statistic = statistic
    self.pValue = pValue
    self.qValue = qValue
    self.findings = findings
    self.when = when
    self.origin = origin
    self.members = members
    self.flagged = flagged
  }

  /// By row of a report the incident that it belongs to, the one of most evidence where there are several; -1 for none.
  package static func codes(_ incidents: [Incident], count: Int) -> Column<Int32> {
    var codes = [Int32](repeating: -1, count: count)
    for (index, incident) in incidents.enumerated().reversed() {
      for member in incident.members { codes[Int(member)] = Int32(index) }
    }
    return Column(codes)
  }
}

extension Finding.Kind {
  /// What a finding of the kind tells of an incident.
  package enum Part: Sendable, Equatable {
    /// What was done to the samples. The lower of two ranks explains the other: a trigger explains why its holders'
    /// labels look wrong.
    case mechanism(rank: Int)
    case when
    case origin
    /// What the samples look like to a model.
    case context
  }

  /// What a finding of this kind tells.
  package var part: Part {
    switch self {
    case .trigger: .mechanism(rank: 0)
    case .duplicates: .mechanism(rank: 1)
    case .flips: .mechanism(rank: 2)
    case .labelPair: .mechanism(rank: 3)
    case .outliers: .mechanism(rank: 4)
    case .scaling: .mechanism(rank: 1)
    case .component, .leakage: .context
    case .burst: .when
    case .source: .origin
    }
  }
}
