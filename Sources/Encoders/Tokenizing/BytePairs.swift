/// Byte-pair encoding (Sennrich, Haddow & Birch, 2016) over bytes: of all pairs that stand side by side the one that was
/// learnt first is joined, the leftmost of several, until none is left.
struct BytePairs: Sendable {
  /// The token of each single byte; -1 where there is none.
  private let tokens: [Int32]
  private let joins: [UInt64: Join]
  private let unknown: Int32?
  let largestID: Int

  private struct Join: Sendable {
    let rank: Int
    let id: Int32
  }

  /// - Parameters:
  ///   - vocabulary: the bytes of the tokens.
  ///   - merges: in the order in which they were learnt.
  /// - Returns: the first merge that names a token which is not there, as a failure.
  static func make(
    _ vocabulary: Vocabulary, merges: [(left: [UInt8], right: [UInt8])], unknown: Int32?
  ) -> Result<BytePairs, UnknownMerge> {
    var joins: [UInt64: Join] = [:]
    joins.reserveCapacity(merges.count)
    for (rank, merge) in merges.enumerated() {
      guard let left = vocabulary[merge.left], let right = vocabulary[merge.right],
        let id = vocabulary[merge.left + merge.right]
      else { return .failure(UnknownMerge(rank: rank)) }
      joins[key(left, right)] = Join(rank: rank, id: id)
    }
    let tokens = (0...255).map { vocabulary[[UInt8($0)]] ?? -1 }
    return .success(
      BytePairs(tokens: tokens, joins: joins, unknown: unknown, largestID: vocabulary.largestID))
  }

  struct UnknownMerge: Error { let rank: Int }

  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  func append(_ word: ArraySlice<UInt8>, to ids: inout [Int32]) {
    var symbols: [Int32] = []
    for byte in word {
      let token = tokens[Int(byte)]
      if token >= 0 { symbols.append(token) } else if let unknown { symbols.append(unknown) }
    }
    join(&symbols)
    ids += symbols.lazy.filter { $0 >= 0 }
  }

  /// Candidates wait in a heap, so that a word of a million bytes is no square of it; one whose symbols have been
  /// joined otherwise meanwhile is passed over. Symbols that went into another are -1.
  private func join(_ symbols: inout [Int32]) {
    guard symbols.count > 1 else { return }
    var next = symbols.indices.map { $0 + 1 }
    var previous = symbols.indices.map { $0 - 1 }
    var heap = Heap()
    func consider(_ left: Int) {
      guard left >= 0, next[left] < symbols.count else { return }
      if let join = joins[Self.key(symbols[left], symbols[next[left]])] {
        heap.push(Heap.Entry(rank: join.rank, place: left, id: join.id))
      }
    }
    for place in symbols.indices { consider(place) }
    while let best = heap.pop() {
      let (place, right) = (best.place, next[best.place])
      guard symbols[place] >= 0, right < symbols.count,
        joins[Self.key(symbols[place], symbols[right])]?.id == best.id
      else { continue }
      symbols[place] = best.id
      symbols[right] = -1
      next[place] = next[right]
      if next[right] < symbols.count { previous[next[right]] = place }
      consider(previous[place])
      consider(place)
    }
  }

  /// The smallest entry first.
  private struct Heap {
    struct Entry {
      let rank: Int
      let place: Int
      let id: Int32
      static func < (a: Entry, b: Entry) -> Bool { (a.rank, a.place) < (b.rank, b.place) }
    }
    private var entries: [Entry] = []

    mutating func push(_ entry: Entry) {
      entries.append(entry)
      var child = entries.count - 1
      while child > 0, entries[child] < entries[(child - 1) / 2] {
        entries.swapAt(child, (child - 1) / 2)
        child = (child - 1) / 2
      }
    }

    mutating func pop() -> Entry? {
      guard let first = entries.first, let last = entries.popLast() else { return nil }
      guard !entries.isEmpty else { return first }
      entries[0] = last
      var parent = 0
      while true {
        var smallest = parent
        for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
          if entries[child] < entries[smallest] { smallest = child }
        }
        if smallest == parent { return first }
        entries.swapAt(parent, smallest)
        parent = smallest
      }
    }
  }
}
