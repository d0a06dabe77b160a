import Model

/// What is odd about the names of classes: spellings of one name, lists of names.
enum ClassNotes {
  private static let listed = 5

  static func all(_ classes: [String], from: String) -> [String] {
    variants(classes, from: from) + lists(classes, from: from)
  }

  /// Classes that differ by case, spaces or Unicode form only, or are one number.
  private static func variants(_ classes: [String], from: String) -> [String] {
    var groups: [String: [String]] = [:]
    var order: [String] = []
    for name in classes {
      let key = folded(name)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(name)
    }
    let doubled = order.compactMap { groups[$0] }.filter { $0.count > 1 }
    guard !doubled.isEmpty else { return [] }
    let shown = doubled.prefix(listed).map { names in
      names.prefix(listed).map { "'\(visible($0))'" }.joined(separator: " and ")
    }
    let more = doubled.count > listed ? ", …" : ""
    return [
      "\(from): classes that differ only by case, spaces or Unicode form stay as they are written: "
        + shown.joined(separator: "; ") + more
    ]
  }

  /// As `ClassSpelling` has it, and without leading zeros.
  static func folded(_ name: String) -> String {
    let folded = ClassSpelling.folded(name)
    guard let number = NumericName(folded), let whole = number.whole else { return folded }
    return String(whole)
  }

  /// With spaces, marks and escapes to be seen.
  private static func visible(_ name: String) -> String {
    let hasMarks = name.unicodeScalars.contains {
      [.nonspacingMark, .spacingMark].contains($0.properties.generalCategory)
    }
    guard hasMarks else { return displayText(name) }
    return displayText(
      name.unicodeScalars.reduce(into: "") { text, scalar in
        let isMark = [.nonspacingMark, .spacingMark].contains(scalar.properties.generalCategory)
        text += isMark ? "<\(String(scalar.value, radix: 16, uppercase: true))>" : String(scalar)
      })
  }

  /// "sport|food" beside "sport": several labels in one.
  private static func lists(_ classes: [String], from: String) -> [String] {
    let known = Set(classes)
    for separator in ["|", ";", ","] as [Character] {
      let joined = classes.filter { name in
        let parts = name.split(separator: separator).map { $0.drop { $0 == " " } }
        return parts.count > 1 && parts.contains { known.contains(String($0)) }
      }
      guard let first = joined.first else { continue }
      return [
        "\(from): \(counted(joined.count, "class looks like a list", "classes look like lists")) of others, such as '\(displayText(first))'; each is taken as "
          + "a class of its own"
      ]
    }
    return []
  }
}
