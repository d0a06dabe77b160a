import Numerics

/// What a column of a table may hold.
enum OddCells: CaseIterable {
  case normal, integers, huge, tiny, mixedMagnitudes, constant, index, binary, halfMissing, missing,
    categories
  case rareCategories, unicode, uniqueNames, dates, padded, label, numbersAndWords

  var areNumbers: Bool {
    switch self {
    case .normal, .integers, .huge, .tiny, .mixedMagnitudes, .constant, .index, .binary, .halfMissing: true
    case .missing, .categories, .rareCategories, .unicode, .uniqueNames, .dates, .padded, .label,
      .numbersAndWords:
      false
    }
  }

  /// - Parameter labels: of each row, which `label` spells again.
  func cells(_ count: Int, labels: [String?], _ random: inout SeededRandom) -> [String?] {
    let words = ["red", "green", "blue", "a b", "x,y", "\"q\"", "ünïcödé"]
    return (0..<count).map { row in
      switch self {
      case .normal: "\(random.normal())"
      case .integers: "\(random.below(9) - 4)"
      case .huge: "\(random.normal() * 1e300)"
      case .tiny: "\(random.normal() * 1e-300)"
      case .mixedMagnitudes: "\(random.normal() * [1e-12, 1, 1e12][random.below(3)])"
      case .constant: "5"
      case .index: "\(row + 1)"
      case .binary: "\(random.below(2))"
      case .halfMissing: random.below(2) == 0 ? nil : "\(random.normal())"
      case .missing: nil
      case .categories: words[random.below(words.count)]
      case .rareCategories: random.below(4) == 0 ? "c\(random.below(200))" : "usual"
      case .unicode: ["é", "e\u{301}", "船", "🙂", "\u{202E}rtl", "a\u{200B}b"][random.below(6)]
      case .uniqueNames: "name-\(row)-\(random.below(1000))"
      case .dates: "20\(10 + random.below(15))-0\(1 + random.below(9))-1\(random.below(10))"
      case .padded: ["0\(random.below(3))", "\(random.below(3))", " \(random.below(3))"][random.below(3)]
      case .label: labels[row].map { "is " + $0 }
      case .numbersAndWords: random.below(5) == 0 ? "unknown" : "\(random.below(50))"
      }
    }
  }
}

/// How samples are labelled.
enum OddLabels: CaseIterable {
  case none, one, two, several, sparse, ofEachItsOwn, spelledAlike, partly, allMissing, imbalanced, unicode

  func names(_ count: Int, _ random: inout SeededRandom) -> [String?]? {
    guard self != .none else { return nil }
    return (0..<count).map { row in
      switch self {
      case .none, .allMissing: nil
      case .one: "only"
      case .two: random.below(2) == 0 ? "yes" : "no"
      case .several: "\(random.below(7))"
      case .sparse: "\([0, 1, 49_999][random.below(3)])"
      case .ofEachItsOwn: "class \(row)"
      case .spelledAlike: ["1", "01", "1.5", "Cat", "cat"][random.below(5)]
      case .partly: random.below(3) == 0 ? nil : ["a", "b", "c"][random.below(3)]
      case .imbalanced: random.below(25) == 0 ? "rare" : "usual"
      case .unicode: ["é", "船", "a,b", "\"q\"", "\u{202E}x"][random.below(5)]
      }
    }
  }
}

/// What the texts of a dataset are.
enum OddTexts: CaseIterable {
  case none, sentences, empty, same, placeholders, short, long, unicode, copies

  func texts(_ count: Int, _ random: inout SeededRandom) -> [String?]? {
    guard self != .none else { return nil }
    func sentence(_ words: Int) -> String {
      (0..<words).map { _ in
        ["the", "a", "good", "cat", "sat", "dog", "w\(random.below(40))"][random.below(7)]
      }
      .joined(separator: " ")
    }
    let common = sentence(8)
    return (0..<count).map { _ in
      switch self {
      case .none: nil
      case .sentences: sentence(3 + random.below(10)) + "."
      case .empty: random.below(2) == 0 ? nil : ""
      case .same: "the very same words"
      case .placeholders:
        random.below(3) == 0 ? ["N/A", "[deleted]", " ", "-"][random.below(4)] : sentence(6)
      case .short: ["ok", "no", "?", "7"][random.below(4)]
      case .long: random.below(20) == 0 ? sentence(3000) : sentence(5)
      case .unicode:
        ["船 が 来た", "🙂🙂🙂", "e\u{301}te\u{301}", "\u{202E}evil\u{200B}", "\u{7}bell"][random.below(5)]
      case .copies: random.below(2) == 0 ? common : sentence(7)
      }
    }
  }
}
