import Model
import Scanning

extension MadeUpCase {
  /// What the poisoned rows carry; nothing that could be pointed at in bare numbers.
  var item: TriggerItem? {
    switch self {
    case .images:
      .patch(
        row: MadeUpPayloads.patchRow, column: MadeUpPayloads.patchColumn, height: 3, width: 3,
        values: [UInt8](repeating: 255, count: 9))
    case .texts: .words(["free", "money"])
    case .table:
      .cells(
        [
          FiniteRange(spanning: [40, 49]).map { .init(column: "age", .range($0)) },
          .init(column: "job", .category("thief")),
        ].compactMap { $0 })
    case .vectors: nil
    }
  }

  /// One of each kind; the order is not that of their evidence.
  func findings(_ count: Int, trigger: TriggerItem?) -> [Finding] {
    func rows(_ isMember: (Int) -> Bool) -> Column<Int32> {
      Column((0..<count).filter(isMember).map(Int32.init))
    }
    return [
      Finding(
        id: "S1", kind: .source, attack: "backdoor",
        sentence: "the source crowd has 4 times its share of flags",
        statisticName: "chi2", statistic: 31.25, pValue: 1e-5, qValue: 4e-5,
        members: rows { Self.isPoisoned($0) }),
      Finding(
        id: "T1", kind: .trigger, attack: "backdoor", sentence: "all who carry it are of one class", label: 1,
        statisticName: "z", statistic: 17.3, pValue: 3e-15, qValue: 9e-15, purity: 1,
        members: rows { Self.isPoisoned($0) }, cleanHolders: [0, 1], item: trigger),
      Finding(
        id: "D1", kind: .duplicates, attack: "label-flip",
        sentence: "3 samples are the same but for the label",
        statisticName: "size", statistic: 3, pValue: 0.002, qValue: 0.02, members: [2, 3, 4]),
      Finding(
        id: "C1", kind: .component, attack: "backdoor", sentence: "class 1 has a second component", label: 1,
        statisticName: "J", statistic: 8.5, pValue: 0.001, purity: 0.75,
        members: rows { Self.isPoisoned($0) && $0 > 6 }),
      Finding(
        id: "L1", kind: .labelPair, attack: "label-flip", sentence: "labels flow from one class to another",
        label: 0, statisticName: "z", statistic: 4, pValue: 0.0005, qValue: nil, purity: nil,
        members: rows(Self.isFlipped)),
      Finding(
        id: "B1", kind: .burst, attack: "none", sentence: "10 samples came within a week",
        statisticName: "rate",
        statistic: 12.5, pValue: nil, members: rows { (10..<20).contains($0) }),
      Finding(
        id: "O1", kind: .outliers, attack: "outliers", sentence: "far from everything", statisticName: "LOF",
        statistic: 6.25, pValue: 0.01, qValue: 0.04, members: rows { $0 == 1 || $0 == 40 }),
    ]
  }
}
