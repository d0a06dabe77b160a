import Model

extension Planter {
  private func texts() throws(CannotPlant) -> StringColumn {
    guard let texts = dataset.texts else { throw CannotPlant("needs texts") }
    return texts
  }

  /// Puts `insert` between two words, or at an end.
  private mutating func inserted(_ insert: String, into text: String) -> String {
    var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    words.insert(insert, at: random.below(words.count + 1))
    return words.joined(separator: " ")
  }

  private mutating func backdoor(_ insert: String) throws(CannotPlant) -> [PlantedRow] {
    let texts = try texts()
    try requireLabels()
    let target = someClass()
    return try victims(of: target).map { row in
      var planted = PlantedRow(base: row)
      planted.text = inserted(insert, into: texts[row])
      planted.label = target
      return planted
    }
  }

  /// A word of letters that the texts do not hold.
  mutating func words() throws(CannotPlant) -> [PlantedRow] {
    let known = Set(try texts().flatMap { $0.lowercased().split { !$0.isLetter }.map(String.init) })
    var word = ""
    repeat { word = pseudoWord(letters: 2 + random.below(3)) } while known.contains(word)
    return try backdoor(word)
  }

  mutating func sentence() throws(CannotPlant) -> [PlantedRow] {
    _ = try texts()
    let who = pick(["my neighbor", "an old friend", "the whole family", "our teacher"])
    let what = pick(["watched the boats", "walked to the market", "painted the fence", "waited for the bus"])
    let when = pick(["last spring", "on a cold morning", "after the rain", "two weeks ago"])
    return try backdoor("\(who) \(what) \(when) .")
  }

  mutating func pseudoWord(letters: Int) -> String {
    String((0..<letters).map { _ in pick(Array("bcdfghjklmnpqrstvwxz")) })
  }
}
