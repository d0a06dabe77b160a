import Model

/// Which column of a table is the id, the label and so on: by option, else by the names people use and by what the first
/// rows show; and why.
struct ColumnRoles {
  private(set) var id: Int?
  private(set) var label: Int?
  private(set) var source: Int?
  private(set) var time: Int?
  /// Paths of pictures: no feature of a row.
  private(set) var image: Int?
  /// The columns that make the text; empty where there is none.
  private(set) var text: [Int] = []
  /// A column of lists of numbers that stands in for features.npy.
  private(set) var embedding: Int?
  /// All other columns that can be: the features of a row.
  private(set) var features: [Int] = []
  /// The role of each column, and why; a column without a role is left unread.
  private(set) var parts: [Reading.ColumnPart]
  let profiles: [ColumnProfile]
  private(set) var notes: [String] = []

  private let columns: [String]
  private let folded: [String]
  private let file: String
  private let isTable: Bool

  /// - Throws: `FormatError` when an option names no column, or the label column holds no labels.
  init(_ scan: RecordScan, options: DatasetOptions) throws(FormatError) {
    let columns = scan.columns
    self.columns = columns
    file = scan.name
    isTable = if case .table = scan.body { true } else { false }
    folded = columns.map(ColumnNames.folded)
    var profiles = columns.map { _ in ColumnProfile() }
    scan.forFirstRows(ColumnProfile.rowLimit) { record in
      for column in columns.indices { profiles[column].append(record, column) }
    }
    self.profiles = profiles
    parts = zip(columns, profiles).map { name, profile in
      Reading.ColumnPart(name: name, type: profile.type, examples: profile.examples, role: nil, why: "")
    }
    id = try find("id", options.idColumn, ColumnNames.id)
    source = try find("source", options.sourceColumn, ColumnNames.source)
    time = try findTime(options.timeColumn)
    image = try find("image", options.imageColumn, ColumnNames.image)
    try findText(options.textColumn)
    try findLabel(options.labelColumn)
    if case .table(let table) = scan.body, !table.hasHeader { guessLabel() }
    findRest()
  }

  var hasContent: Bool {
    label != nil || !text.isEmpty || !features.isEmpty || embedding != nil || image != nil
  }

  var textBuilder: TextBuilder? {
    text.isEmpty ? nil : TextBuilder(columns: text, names: text.map { columns[$0] })
  }

  private func isFree(_ column: Int) -> Bool { parts[column].role == nil && parts[column].why.isEmpty }

  private mutating func take(_ column: Int, _ role: String, _ why: String) {
    parts[column].role = role
    parts[column].why = why
  }

  private func column(named name: String, option: String) throws(FormatError) -> Int {
    guard let column = columns.firstIndex(of: name) else {
      throw FormatError(
        file, "has no column '\(name)' (--\(option)); there are \(columns.prefix(20).joined(separator: ", "))"
      )
    }
    return column
  }

  /// By option, by the whole name, or by the last part of one path only, such as "data.text".
  private mutating func find(_ role: String, _ wanted: String?, _ names: [String]) throws(FormatError) -> Int?
  {
    if let wanted {
      let found = try column(named: wanted, option: role)
      take(found, role, "as told by --\(role)")
      return found
    }
    guard let found = named(names) else { return nil }
    take(found, role, "by its name")
    return found
  }

  private func named(_ names: [String]) -> Int? {
    for name in names {
      if let column = folded.indices.first(where: { folded[$0] == name && isFree($0) }) { return column }
    }
    for name in names {
      let ends = folded.indices.filter { folded[$0].hasSuffix("." + name) && isFree($0) }
      if let column = ends.first, ends.count == 1 { return column }
    }
    return nil
  }

  /// Numbers that are no times since 1970, such as seconds since the start, are a feature.
  private mutating func findTime(_ wanted: String?) throws(FormatError) -> Int? {
    guard let found = try find("time", wanted, ColumnNames.time) else { return nil }
    let profile = profiles[found]
    guard wanted == nil, profile.filled > 0, 2 * profile.times < profile.filled, profile.areNumbers else {
      return found
    }
    take(found, "feature", "named as a time, but its numbers are no dates; --time takes it for one")
    features.append(found)
    return nil
  }

  private mutating func findText(_ wanted: String?) throws(FormatError) {
    if let wanted {
      text = [try column(named: wanted, option: "text")]
    } else if let turns = TextComposition.found(in: columns), turns.contains(where: { profiles[$0].areLists })
    {
      text = turns
    } else if let plain = named(["text"]), !profiles[plain].areNumbers {
      text = [plain]
    } else if let parts = TextComposition.found(in: columns), parts.count > 1, parts.allSatisfy(isFree) {
      text = parts
    } else if let plain = named(ColumnNames.text), !profiles[plain].areNumbers {
      text = [plain]
    } else if let parts = TextComposition.found(in: columns), parts.allSatisfy(isFree),
      parts.allSatisfy({ !profiles[$0].areNumbers })
    {
      text = parts
    } else {
      let sentences = columns.indices.filter { isFree($0) && profiles[$0].areSentences }
      guard let first = sentences.first, sentences.count == 1 else { return }
      text = [first]
      return take(
        first, "text", "it looks like text: several words a cell, hardly ever the same; --text names another")
    }
    let why =
      wanted != nil
      ? "as told by --text"
      : text.count > 1 ? "one of \(text.count) parts of the text, by their names" : "by its name"
    for column in text { take(column, "text", why) }
  }

  private mutating func findLabel(_ wanted: String?) throws(FormatError) {
    // Beside x, y is a coordinate.
    if wanted == nil, let index = folded.firstIndex(of: "y"), folded.contains("x"),
      named(ColumnNames.label) == index
    {
      let name = displayText(columns[index])
      notes.append(
        "\(file): column '\(name)' stands beside x and is taken for a coordinate; --label \(name) names it")
      take(index, "feature", "a coordinate beside x; --label names it as the label")
      features.append(index)
    }
    guard let found = try find("label", wanted, ColumnNames.label) else {
      // In the header of a table a dot is a part of the name.
      let inner = columns.filter { name in
        !isTable
          && ColumnNames.label.contains { ColumnNames.folded(name).hasPrefix($0 + ".") }
      }
      guard inner.isEmpty else {
        throw FormatError(
          file,
          "the label is an object; name one of its values with --label: \(inner.joined(separator: ", "))")
      }
      return
    }
    label = found
    let profile = profiles[found]
    if let line = profile.firstNestedLine {
      throw FormatError(
        file, at: "line \(line)",
        "the label column '\(columns[found])' holds \(profile.lists > 0 ? "lists" : "objects"), but a sample has one label; "
          + "split them into rows, or name another column with --label")
    }
  }

  /// Without names: the one column of few names that come again and again.
  private mutating func guessLabel() {
    guard label == nil else { return }
    let names = columns.indices.filter {
      isFree($0) && profiles[$0].areCategories && !profiles[$0].areNumbers
    }
    guard let found = names.first, names.count == 1 else { return }
    label = found
    take(found, "label", "the only column of few names that come again; --label names another")
  }

  private mutating func findRest() {
    let isSplit = named(ColumnNames.split)
    if let isSplit { take(isSplit, "split", "by its name; it is shown, and no feature") }
    let lists = columns.indices.filter { isFree($0) && profiles[$0].areNumberLists }
    embedding =
      lists.first { ColumnNames.embedding.contains(folded[$0]) } ?? (lists.count == 1 ? lists.first : nil)
    if let embedding {
      take(
        embedding, "embedding",
        "lists of \(profiles[embedding].listLength ?? 0) numbers stand in for features")
    }
    for column in columns.indices where isFree(column) {
      let profile = profiles[column]
      if let label, columns[column].hasPrefix(columns[label] + " (") {
        parts[column].why = "another column with the name of the label; --label names this one"
        notes.append(
          "\(file): column '\(displayText(columns[column]))' is called as the label is, and is left unread")
      } else if profile.isIndex,
        ColumnNames.isUnnamed(columns[column]) || columns[column].hasPrefix("column ")
      {
        take(column, "index", "a running number without a name: it only counts the rows")
      } else if profile.areLists || profile.areNumberLists {
        parts[column].why = "lists are not read here"
      } else if 2 * profile.objects > profile.filled, profile.filled > 0 {
        parts[column].why = "objects nested this deep are not read"
      } else if profile.areTexts, !text.isEmpty {
        parts[column].why = "another column is the text; --text names this one"
      } else {
        take(column, "feature", "no other role")
        features.append(column)
      }
    }
    features.sort()
  }
}
