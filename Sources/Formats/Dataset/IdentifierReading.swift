import Model

/// Sample ids that are distinct, whatever the file says.
struct IdentifierReading {
  let ids: StringColumn
  /// Ids that stand more than once, in order of their second appearance, and what that is called.
  private var doubled: [(id: String, name: String)] = []
  /// Rows whose id is not the one that the file gives them.
  private(set) var renamed = 0

  /// Given ids: from its second row on an id gets a number, "-2", "-3" …, which never makes it the id that another row
  /// was given. An empty id is derived.
  init(given: StringColumn, contents: SampleContents) {
    guard !Self.areRising(given) else {
      ids = given
      return
    }
    var taken = ByteInterner(expected: given.count)
    let codes = given.indices.map { row in
      given.withUTF8(at: row) { taken.code(of: UnsafeRawBufferPointer($0)) }
    }
    let empty = taken.known(.empty)
    // Nearly always.
    guard taken.count < given.count || empty != nil else {
      ids = given
      return
    }
    /// Rows of each given id so far.
    var uses = [Int32](repeating: 0, count: taken.count)
    var next: [Int32: Int] = [:]
    var builder = StringColumn.Builder()
    for row in given.indices {
      let code = codes[row]
      let isEmpty = code == empty
      uses[Int(code)] += 1
      guard isEmpty || uses[Int(code)] > 1 else {
        given.withUTF8(at: row) { builder.append(utf8: $0) }
        continue
      }
      renamed += 1
      let base = isEmpty ? Self.derived(contents, row) : given[row]
      let name = Self.unused(base, code, isEmpty: isEmpty, &taken, &next)
      if uses[Int(code)] == 2, !isEmpty { doubled.append((base, name)) }
      builder.append(name)
    }
    ids = builder.finish()
  }

  /// Whether each id is longer than the one before, or as long and greater: those that count rows are, and no two of them are
  /// the same. None is empty.
  private static func areRising(_ ids: StringColumn) -> Bool {
    ids.bytes.withUnsafeBufferPointer { bytes in
      ids.offsets.withUnsafeBufferPointer { offsets in
        func id(_ row: Int) -> UnsafeBufferPointer<UInt8> {
          UnsafeBufferPointer(rebasing: bytes[Int(offsets[row])..<Int(offsets[row + 1])])
        }
        return ids.isEmpty
          || !id(0).isEmpty
            && (1..<ids.count).allSatisfy { row in
              let (before, own) = (id(row - 1), id(row))
              return own.count != before.count
                ? own.count > before.count : before.lexicographicallyPrecedes(own)
            }
      }
    }
  }

  /// Ids of a dataset that brings none: the first 16 digits of the SHA-256 of each sample's content, without its label, so
  /// that a relabel that is carried out leaves them. Samples of the same content are numbered by the hash of their records,
  /// so that ids are stable however the rows are ordered.
  /// - Parameter known: the beginning of that hash of each row, as far as it is known.
  init(derivedFrom contents: SampleContents, count: Int, known: Column<UInt64>) {
    let prefixes =
      known.count == count ? known : Column((0..<count).map { contents.nameDigest(at: $0).prefix })
    // Which of the samples of the same content a row is, from 0.
    var places: [Int: Int] = [:]
    let doubled = Self.doubled(prefixes)
    let sorted =
      doubled.isEmpty
      ? []
      : (0..<count).filter { doubled.contains(prefixes[$0]) }
        .sorted { (prefixes[$0], $0) < (prefixes[$1], $1) }
    for alike in sorted.split(whereNeighbors: { prefixes[$0] != prefixes[$1] }) where alike.count > 1 {
      let ordered = alike.map { (hash: contents.recordHash(at: $0), row: $0) }.sorted { $0 < $1 }
      for (place, other) in ordered.enumerated() { places[other.row] = place }
    }
    var builder = StringColumn.Builder()
    for row in 0..<count {
      let place = places.isEmpty ? 0 : places[row] ?? 0
      if place > 0 {
        let digits = withUnsafeBytes(of: Digest.hexDigits(of: prefixes[row]), Array.init)
        builder.append(utf8: digits + Array("-\(place + 1)".utf8))
      } else {
        withUnsafeBytes(of: Digest.hexDigits(of: prefixes[row])) { builder.append(utf8: $0) }
      }
    }
    ids = builder.finish()
  }

  /// All that occur more than once; 0 may be among them without. Open addressing over at least twice as many slots, by the
  /// first bits, as digests are uniform.
  private static func doubled(_ prefixes: Column<UInt64>) -> Set<UInt64> {
    var doubled: Set<UInt64> = []
    let bits = UInt64(UInt64.bitWidth - (2 * prefixes.count).leadingZeroBitCount)
    var table = [UInt64](repeating: 0, count: 1 << bits)
    table.withUnsafeMutableBufferPointer { table in
      for prefix in prefixes {
        var place = Int(prefix >> (64 - bits))
        while table[place] != 0, table[place] != prefix { place = (place + 1) & (table.count - 1) }
        if table[place] == prefix { doubled.insert(prefix) }
        table[place] = prefix
      }
    }
    return doubled
  }

  private static func derived(_ contents: SampleContents, _ row: Int) -> String {
    String(contents.nameDigest(at: row).hex.prefix(16))
  }

  private static func code(of name: String, _ taken: inout ByteInterner) -> Int32 {
    var name = name
    return name.withUTF8 { taken.code(of: UnsafeRawBufferPointer($0)) }
  }

  /// `base`, or where that is taken with the next number that is free; `next` keeps a million equal ids linear.
  private static func unused(
    _ base: String, _ code: Int32, isEmpty: Bool, _ taken: inout ByteInterner, _ next: inout [Int32: Int]
  ) -> String {
    var code = code
    if isEmpty {
      let before = taken.count
      code = self.code(of: base, &taken)
      if taken.count > before { return base }
    }
    var number = next[code] ?? 2
    while true {
      let name = "\(base)-\(number)"
      let before = taken.count
      _ = self.code(of: name, &taken)
      number += 1
      if taken.count > before {
        next[code] = number
        return name
      }
    }
  }

  /// What a person should know of ids that are not unique.
  var note: String? {
    guard let first = doubled.first else {
      return renamed > 0
        ? counted(renamed, "sample has", "samples have") + " an empty id and got one made of the content"
        : nil
    }
    let others = doubled.count > 1 ? " and \(doubled.count - 1) more" : ""
    return
      "ids are not unique: the id '\(displayText(first.id))'\(others) stands more than once; \(counted(renamed, "sample has", "samples have")) a "
      + "number behind it, as in '\(displayText(first.name))'; lists of rows name each sample surely"
  }
}

/// Gives every name that was taken already a number.
struct DistinctNames {
  private let numbered: (String, Int) -> String
  private var seen: Set<String> = []
  private let reserved: Set<String>
  /// The number that a doubled name gets next, so that many equal names take no longer than different ones.
  private var next: [String: Int] = [:]

  /// - Parameters:
  ///   - reserved: names that stay those of who has them.
  ///   - numbered: a name with a number.
  init(reserved: [String], numbered: @escaping (String, Int) -> String) {
    self.reserved = Set(reserved)
    self.numbered = numbered
  }

  mutating func take(_ name: String) -> String {
    if seen.insert(name).inserted { return name }
    var number = next[name] ?? 2
    while reserved.contains(numbered(name, number)) || !seen.insert(numbered(name, number)).inserted {
      number += 1
    }
    next[name] = number + 1
    return numbered(name, number)
  }
}

extension [Int] {
  /// Runs of elements, cut where two that follow each other are said to be apart.
  fileprivate func split(whereNeighbors areApart: (Int, Int) -> Bool) -> [ArraySlice<Int>] {
    var runs: [ArraySlice<Int>] = []
    var start = 0
    for place in indices where place + 1 == count || areApart(self[place], self[place + 1]) {
      runs.append(self[start...place])
      start = place + 1
    }
    return runs
  }
}
