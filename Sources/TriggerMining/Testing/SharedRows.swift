import Numerics

/// How far two lists of rows, both rising, are the same.
enum SharedRows {
  /// Whether more than half of all their rows are in both.
  static func areMostly(_ a: [Int32], _ b: [Int32]) -> Bool { SortedSets.jaccard(a, b) > 0.5 }
}
