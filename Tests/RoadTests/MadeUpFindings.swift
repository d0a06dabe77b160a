import Model
import Numerics
import Scanning

/// Findings of every kind with items of every kind, made from a seed: numbers of any size, strings of any sort.
enum MadeUpFindings {
  enum ItemKind: CaseIterable { case none, words, characters, patch, shiftedPatch, blend, ranges, categories }

  static func make(seed: UInt64, count: Int) -> [Finding] {
    var random = SeededRandom(seed: seed)
    var numbers: [String: Int] = [:]
    return Finding.Kind.allCases.flatMap { kind in
      ItemKind.allCases.map { itemKind in
        let letter = kind.letter
        numbers[letter, default: 0] += 1
        let members = (0..<count).filter { _ in random.below(4) == 0 }.map(Int32.init)
        return Finding(
          id: letter + "\(numbers[letter] ?? 0)", kind: kind, attack: text(&random), sentence: text(&random),
          label: Int32(random.below(4)) - 2, statisticName: text(&random), statistic: number(&random),
          pValue: number(&random), qValue: random.below(2) == 0 ? nil : number(&random),
          purity: random.below(2) == 0 ? nil : random.uniform(), members: Column(members),
          cleanHolders: Column(members.prefix(random.below(3)).map { $0 }), item: item(itemKind, &random))
      }
    }
  }

  private static func number(_ random: inout SeededRandom) -> Double {
    let odd: [Double] = [
      .nan, .infinity, -.infinity, 0, -0.0, 1, 0.1, 1e-300, Double.leastNonzeroMagnitude, 1e300,
      .greatestFiniteMagnitude, -1,
    ]
    return random.below(2) == 0 ? random.uniform() : odd[random.below(odd.count)]
  }

  private static func text(_ random: inout SeededRandom) -> String {
    ["", "a plain one", "\"q\", \\ and \n", "\u{1B}[2J\u{7}", "船 \u{202E}rtl\u{2028}", "e\u{301}\u{FFFD}🙂"][
      random.below(6)]
  }

  static func item(_ kind: ItemKind, _ random: inout SeededRandom) -> TriggerItem? {
    let (height, width) = (1 + random.below(4), 1 + random.below(4))
    let values = (0..<height * width).map { _ in UInt8(random.below(256)) }
    switch kind {
    case .none: return nil
    case .words: return .words([text(&random), "word", text(&random)])
    case .characters: return .characters(text(&random) + "x")
    case .patch:
      return .patch(
        row: random.below(4), column: random.below(4), height: height, width: width, values: values)
    case .shiftedPatch: return .shiftedPatch(height: height, width: width, values: values)
    case .blend: return .blend(height: height, width: width, values: values)
    case .ranges:
      let cells = (0..<3).map { _ in
        FiniteRange(spanning: [0, number(&random), number(&random)]).map {
          TriggerItem.ColumnCondition(column: text(&random), .range($0))
        }
      }
      return .cells(cells.compactMap { $0 })
    case .categories: return .cells([.init(column: "x", .category(text(&random)))])
    }
  }
}
