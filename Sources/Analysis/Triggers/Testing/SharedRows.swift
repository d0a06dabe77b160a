/// How far two lists of rows, both rising, are the same.
enum SharedRows {
  static func count(_ a: [Int32], _ b: [Int32]) -> Int {
    var i = 0
    var j = 0
    var common = 0
    while i < a.count && j < b.count {
      if a[i] == b[j] {
        common += 1
        i += 1
        j += 1
      } else if a[i] < b[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return common
  }

  /// Whether more than half of all their rows are in both (Jaccard).
  static func areMostly(_ a: [Int32], _ b: [Int32]) -> Bool {
    let common = count(a, b)
    return 2 * common > a.count + b.count - common
  }
}
