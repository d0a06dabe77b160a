import Model

/// Which column of a table is the id, the label and so on: by option, else by the names people use and by what the first
/// rows show; and why.
struct ColumnRoles {
  private(set) var id: Int?
  private(set) var label: Int?
  private(set) var source: Int?
  private(set) var time: Int?
  /// Which part of a dataset a row is of, such as train: no feature of a row.
  private(set) var split: Int?
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
  private let hasHeader: Bool

  /// - Throws: `FormatError` when an option names no column, or the label is an object.
  init(_ scan: RecordScan, options: DatasetOptions) throws(FormatError) {
    let columns = scan.columns
    self.columns = columns
    file = scan.name
    isTable = scan.rows.isTable
    hasHeader = scan.rows.hasHeader ?? false
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
    if isTable, !hasHeader { guessLabel() }
    leaveTwins(of: label, scan)
    findRest()
  }

  var hasContent: Bool {
    label != nil || !text.isEmpty || !features.isEmpty || embedding != nil || image != nil
  }

  /// The columns that play a role, as options that ask for them.
  func named(_ columns: [String]) -> DatasetOptions {
    DatasetOptions(
      labelColumn: label.map { columns[$0] }, textColumn: text.count == 1 ? columns[text[0]] : nil,
      imageColumn: image.map { columns[$0] }, idColumn: id.map { columns[$0] },
      sourceColumn: source.map { columns[$0] }, timeColumn: time.map { columns[$0] })
  }

  var textBuilder: TextBuilder? {
    guard !text.isEmpty else { return nil }
    return TextBuilder(
      columns: text, names: text.map { columns[$0] },
      turnStrings: Set(text.filter { profiles[$0].areTurnStrings }))
  }

  /// Whether nobody gave the column a name that says anything.
  private func isUnnamed(_ column: Int) -> Bool {
    ColumnNames.isUnnamed(columns[column]) || columns[column] == "column \(column + 1)"
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
    } else if let turns = TextComposition.found(in: columns),
      turns.contains(where: { profiles[$0].areLists || profiles[$0].areTurnStrings })
    {
      text = turns
    } else if let plain = folded.firstIndex(of: "text"), isFree(plain), !profiles[plain].areNumbers {
      text = [plain]
    } else if let parts = TextComposition.found(in: columns), parts.count > 1, parts.allSatisfy(isFree),
      parts.contains(where: { profiles[$0].filled > 0 && !profiles[$0].areNumbers })
    {
      text = parts
    } else if let plain = named(ColumnNames.text), !profiles[plain].areNumbers {
      text = [plain]
    } else if let parts = TextComposition.found(in: columns), parts.allSatisfy(isFree),
      parts.allSatisfy({ !profiles[$0].areNumbers })
    {
      text = parts
    } else {
      text = sentences
      let why =
        text.count > 1
        ? "one of \(text.count) columns that look like text and are read as its parts; --text names one"
        : "it looks like text: several words a cell, hardly ever the same; --text names another"
      for column in text { take(column, "text", why) }
      return
    }
    let why =
      wanted != nil
      ? "as told by --text"
      : text.count > 1 ? "one of \(text.count) parts of the text, by their names" : "by its name"
    for column in text { take(column, "text", why) }
  }

  /// Columns that are surely texts, else such as stand side by side in one object: "translation.en", "translation.fr".
  private var sentences: [Int] {
    let sure = columns.indices.filter { isFree($0) && profiles[$0].areSentences }
    guard sure.isEmpty else { return sure }
    let texts = columns.indices.filter { isFree($0) && profiles[$0].areTexts && columns[$0].contains(".") }
    let parents = texts.map {
      columns[$0].prefix(through: columns[$0].lastIndex(of: ".") ?? columns[$0].startIndex)
    }
    guard !isTable, texts.count > 1, Set(parents).count == 1 else { return [] }
    return texts
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
    let inner = columns.filter { !isTable && $0.hasPrefix(columns[found] + ".") }
    guard inner.isEmpty else {
      throw FormatError(
        file,
        "the label column '\(displayText(columns[found]))' holds objects in some rows (\(inner.prefix(5).joined(separator: ", "))), "
          + "but a sample has one label; name another column with --label")
    }
  }

  /// A second column of labels would tell the answer as a feature.
  private mutating func leaveTwins(of label: Int?, _ scan: RecordScan) {
    guard let label else { return }
    let candidates = columns.indices.filter { isFree($0) && LabelTwins.isLabelLike(folded[$0]) }
    guard !candidates.isEmpty else { return }
    var twins = LabelTwins(label: label, candidates: candidates)
    scan.forFirstRows(ColumnProfile.rowLimit) { twins.append($0) }
    for twin in twins.found {
      let name = displayText(columns[twin.column])
      let differing = twin.rows - twin.same
      let often = differing == 0 ? "in all" : "in all but \(differing)"
      parts[twin.column].why =
        "it names the class as the label does \(often) of the first \(twin.rows) rows; --label names it"
      notes.append(
        "\(file): column '\(name)' names the class as '\(displayText(columns[label]))' does \(often) of the first "
          + "\(twin.rows) rows: it is no feature and is left unread; --label \(name) takes it for the label")
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
    split = named(ColumnNames.split)
    if let split { take(split, "split", "by its name; it is shown, and no feature") }
    findEmbedding()
    for column in columns.indices where isFree(column) {
      let profile = profiles[column]
      if let label, columns[column].hasPrefix(columns[label] + " (") {
        parts[column].why = "another column with the name of the label; --label names this one"
        notes.append(
          "\(file): column '\(displayText(columns[column]))' is called as the label is, and is left unread")
      } else if profile.isIndex, isUnnamed(column) {
        take(column, "index", "a running number without a name: it only counts the rows")
      } else if profile.isKey, column == 0, isTable, isUnnamed(column), hasHeader {
        take(column, "index", "without a name, and another in each row: it names the rows")
      } else if profile.areNumberLists {
        parts[column].why =
          "lists of \(profile.listLength) numbers: called \"embedding\" they would stand in for features"
      } else if profile.areLists || 2 * profile.numberLists > profile.filled {
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

  /// Lists of numbers by their name; by what they are only where there is no text that they would hide, or where they
  /// are too long to be anything else. Short ones, such as boxes, stand in for features only where there are no others.
  private mutating func findEmbedding() {
    let lists = columns.indices.filter { isFree($0) && profiles[$0].areNumberLists }
    let byName =
      lists.first { ColumnNames.embedding.contains(folded[$0]) }
      ?? lists.first { ColumnNames.isEmbeddingLike(folded[$0]) }
    let hasOthers = columns.indices.contains { column in
      isFree(column) && profiles[column].filled > 0 && !profiles[column].areLists && !isUnnamed(column)
    }
    let vectors = lists.filter { column in
      let profile = profiles[column]
      guard !isUnnamed(column), profile.areEvenLists else { return false }
      if !text.isEmpty { return profile.listLength >= 32 && profile.haveFractions }
      return profile.listLength >= 8 || !hasOthers
    }
    guard let found = byName ?? (vectors.count == 1 ? vectors.first : nil) else { return }
    embedding = found
    take(
      found, "embedding", "lists of \(profiles[found].listLength) numbers stand in for features")
  }
}
