import Glibc
import Model

/// Whether a word occurs among its usual neighbors. A word of the language has its collocates: "rude" follows "so" and "be" far
/// more often than these words are frequent (collocations: Firth, 1957; Dunning, 1993, "Accurate methods for the
/// statistics of surprise and coincidence"). A word that was planted into texts follows whatever happened to stand there.
///
/// The measure is the logarithm of the Bayes factor of a distribution of neighbors of its own, with a Dirichlet prior
/// around the frequencies in all texts, against these frequencies; left and right, and for standing alone in a text. It
/// does not depend on labels, so that items can be filtered by it before their labels are tested (independent filtering:
/// Bourgon, Gentleman & Huber, 2010).
package struct Collocations: Sendable {
  /// Concentration of the prior, as a number of holders. On a collection of texts with words and sentences planted into
  /// them all of these are far below 0 at 10; at 5 frequent words that are typical of a class are, too, and at 50 a planted
  /// sentence no longer is.
  private static let concentration = 10.0
  /// Holders that are looked at; of more, a sample spread evenly.
  static let maxHolders = 256
  private static let ends = TextTokens.ends

  let tokens: TextTokens
  /// Counts of the words anywhere, first in a sentence, and last in one.
  private let anywhere: Counts
  private let first: Counts
  private let last: Counts
  /// Share of texts without a word.
  private let empty: Double

  private struct Counts: Sendable {
    var counts: [UInt64: Int32] = [:]
    var total = 0.0
    mutating func add(_ word: UInt64) {
      counts[word, default: 0] += 1
      total += 1
    }
    /// A word that was not seen counts as a tenth of one.
    func share(_ word: UInt64) -> Double { max(0.1, Double(counts[word] ?? 0)) / max(1, total) }
  }

  package init(_ texts: StringColumn) {
    let tokens = TextTokens(texts)
    self.tokens = tokens
    var (anywhere, first, last) = (Counts(), Counts(), Counts())
    var empty = 0.1
    for row in 0..<tokens.rowCount {
      let own = tokens.range(of: row)
      if own.allSatisfy({ Self.ends.contains(tokens.codes[$0]) }) { empty += 1 }
      for at in own where !Self.ends.contains(tokens.codes[at]) {
        let word = tokens.codes[at]
        anywhere.add(word)
        if Self.isEdge(at - 1, of: own, tokens) { first.add(word) }
        if Self.isEdge(at + 1, of: own, tokens) { last.add(word) }
      }
    }
    self.empty = empty / Double(tokens.rowCount + 1)
    (self.anywhere, self.first, self.last) = (anywhere, first, last)
  }

  /// Whether a sentence begins or ends there: beyond the text, or at a full stop.
  private static func isEdge(_ at: Int, of own: Range<Int>, _ tokens: TextTokens) -> Bool {
    !own.contains(at) || ends.contains(tokens.codes[at])
  }

  /// Above 0 for an item among its usual neighbors, far below for one that stands anywhere.
  /// - Parameters:
  ///   - occurrences: one a holder, its row and the words that are the item.
  ///   - holders: all of them, ascending.
  ///   - copies: by row, the first row of the group of its copies. Of a group only the first holder's neighbors count, as
  ///     those of copies are the same; but a text that many samples consist of is an utterance, and all of them count as such.
  func logBayesFactor(
    of occurrences: [(row: Int32, run: Range<Int>)], holders: [Int32], copies: [Int]?
  ) -> Double {
    var (left, right, alone) = (NeighborCounts(), NeighborCounts(), NeighborCounts())
    for (row, run) in occurrences {
      let own = tokens.range(of: Int(row))
      let (before, after) = (run.lowerBound - 1, run.upperBound)
      let isFirst = Self.isEdge(before, of: own, tokens)
      let isLast = Self.isEdge(after, of: own, tokens)
      let isAlone =
        isFirst && isLast && own.allSatisfy { run.contains($0) || Self.ends.contains(tokens.codes[$0]) }
      alone.add(isAlone ? 1 : 0, share: isAlone ? empty : 1 - empty)
      if let copies, !Self.isFirst(row, among: holders, copies: copies) { continue }
      // A sentence without the item would begin or end with its neighbor.
      if !isFirst {
        let share = share(of: before, isFirst: Self.isEdge(before - 1, of: own, tokens), isLast: isLast)
        left.add(tokens.codes[before], share: share)
      }
      if !isLast {
        let share = share(of: after, isFirst: isFirst, isLast: Self.isEdge(after + 1, of: own, tokens))
        right.add(tokens.codes[after], share: share)
      }
    }
    return [left, right, alone].reduce(0) { $0 + $1.logBayesFactor(concentration: Self.concentration) }
  }

  /// Whether no copy of a row is among the holders before it.
  private static func isFirst(_ row: Int32, among holders: [Int32], copies: [Int]) -> Bool {
    let group = copies[Int(row)]
    // Most rows have no copies, and of those that have the first of the group is mostly a holder, too.
    guard group < row else { return true }
    let start = holders.partitioningIndex { $0 >= group }
    return !holders[start...].prefix { $0 < row }.contains { copies[Int($0)] == group }
  }

  private func share(of at: Int, isFirst: Bool, isLast: Bool) -> Double {
    (isFirst ? first : isLast ? last : anywhere).share(tokens.codes[at])
  }

  /// What stands on one side of an item.
  private struct NeighborCounts {
    /// By word, how often it stands there, and the sum of the expected shares.
    private var words: [UInt64: (count: Double, shares: Double)] = [:]

    mutating func add(_ word: UInt64, share: Double) {
      let own = words[word] ?? (0, 0)
      words[word] = (own.count + 1, own.shares + share)
    }

    /// Of the Dirichlet-multinomial distribution against the multinomial one.
    func logBayesFactor(concentration: Double) -> Double {
      var sum = 0.0
      var total = 0.0
      // In a fixed order: sums of floating-point numbers depend on it.
      for word in words.keys.sorted() {
        guard let (count, shares) = words[word] else { continue }
        let share = shares / count
        sum += lgamma(count + concentration * share) - lgamma(concentration * share) - count * log(share)
        total += count
      }
      return sum + lgamma(concentration) - lgamma(total + concentration)
    }
  }
}
