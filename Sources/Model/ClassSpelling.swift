/// Names of classes that differ by case, spaces or Unicode form only.
package enum ClassSpelling {
  /// Without case and spaces; in one Unicode form, since Swift compares characters.
  package static func folded(_ name: String) -> String {
    let letters = name.lowercased().unicodeScalars.filter {
      !$0.properties.isWhitespace && $0.value != 0x200B
    }
    return String(String.UnicodeScalarView(letters))
  }

  /// Classes that are one for whoever reads the names, in the order of the first of each. A name of one character is its
  /// own: "a" and "A" are two letters.
  /// - Parameter classes: indices into `names`.
  package static func groups(_ classes: [Int], names: [String]) -> [[Int]] {
    var place: [String: Int] = [:]
    var groups: [[Int]] = []
    for index in classes {
      let key = folded(names[index])
      if key.count > 1, let known = place[key] {
        groups[known].append(index)
      } else {
        place[key] = groups.count
        groups.append([index])
      }
    }
    return groups
  }
}
