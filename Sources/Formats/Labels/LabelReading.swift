import Model

/// Given labels as indices into class names, and by which rules they became so.
struct LabelReading {
  var codes: Column<Int32>
  var classes: [String]
  var part: Reading.LabelPart
  var notes: [String] = []
  /// Whether the order of the classes was given, by names in dataset.json or by their numbers.
  let hasGivenOrder: Bool
  /// Whether they are measurements, and no classes were made of them.
  private(set) var isContinuous = false

  /// - Parameters:
  ///   - description: the classes of dataset.json, in their order.
  ///   - areClasses: it is known that they are, as by probabilities of classes.
  /// - Throws: `FormatError` for a label that is none of the classes of dataset.json.
  init(_ given: GivenLabels, description: [String]?, areClasses: Bool = false) throws(FormatError) {
    let count = given.codes.count
    part = .init(from: given.from, order: "", labelled: given.labelled, unlabelled: count - given.labelled)
    if let note = given.missingNote { notes.append(note) }
    let numeric = given.names.map(NumericName.init)
    let target = description == nil ? ContinuousTarget(given) : nil
    if let target, !areClasses, target.isContinuous {
      classes = []
      codes = []
      hasGivenOrder = false
      isContinuous = true
      part.order = "none: a continuous target"
      part.labelled = 0
      part.unlabelled = count
      notes = [target.note(from: given.from)]
      return
    }
    if let doubt = target?.doubt(from: given.from) { notes.append(doubt) }
    let order: [String]
    /// Index into `order` of each written name.
    let classOf: [Int]
    if let description {
      order = description
      (classOf, part.order) = try Self.described(given, numeric, description)
      hasGivenOrder = true
    } else {
      (order, classOf) = Self.ordered(given.names, numeric)
      part.order =
        order.isEmpty
        ? "none"
        : numeric.allSatisfy({ $0 == nil })
          ? "names by code point"
          : numeric.contains { $0 == nil }
            ? "numbers by their value, then names by code point" : "numbers by their value"
      hasGivenOrder = false
    }
    classes = order
    codes = Column(given.codes.map { $0 < 0 ? -1 : Int32(classOf[Int($0)]) })
    // How most rows write a class that is called otherwise.
    for index in given.names.indices.sorted(by: { given.counts[$0] < given.counts[$1] }) {
      let name = order[classOf[index]]
      part.written[name] = given.names[index].utf8.elementsEqual(name.utf8) ? nil : given.names[index]
    }
    // Of those that occur: dataset.json may name a million others.
    notes += ClassNotes.all(Set(classOf).sorted().map { order[$0] }, from: given.from)
  }

  /// All spellings of a number are one class, whatever else there is: numbers by their value, then names by code point.
  /// - Returns: the classes, and of each name the place of its class.
  private static func ordered(_ names: [String], _ numeric: [NumericName?]) -> ([String], [Int]) {
    let called = zip(names, numeric).map { $1?.name ?? $0 }
    let sorted = names.indices.sorted { first, second in
      switch (numeric[first], numeric[second]) {
      case (let a?, let b?): NumericName.precedes(a, b)
      case (_?, nil): true
      case (nil, _?): false
      case (nil, nil): names[first].utf8.lexicographicallyPrecedes(names[second].utf8)
      }
    }
    var order: [String] = []
    var places = [Int](repeating: 0, count: names.count)
    for index in sorted {
      // By their bytes: Swift takes two Unicode forms of a name for one.
      if order.last?.utf8.elementsEqual(called[index].utf8) != true { order.append(called[index]) }
      places[index] = order.count - 1
    }
    return (order, places)
  }

  /// The cure of labels 1 to K beside K names.
  static let countedFromOne =
    "; the labels count from 1, the names of dataset.json from 0: put a name for 0 before the others, such as \"(none)\""

  /// The classes of dataset.json: by their names, or by their numbers from 0 where no label is a name.
  private static func described(
    _ given: GivenLabels, _ numeric: [NumericName?], _ classes: [String]
  ) throws(FormatError) -> ([Int], String) {
    let places = Dictionary(
      classes.enumerated().map { (Array($1.utf8), $0) }, uniquingKeysWith: { first, _ in first })
    let byName = given.names.map { places[Array($0.utf8)] }
    if !byName.contains(nil) { return (byName.compactMap { $0 }, "classes of dataset.json, by name") }
    let byNumber = numeric.map { name in
      name?.whole.flatMap { classes.indices.contains(Int($0)) ? Int($0) : nil }
    }
    if !byNumber.contains(nil), byName.allSatisfy({ $0 == nil }) {
      return (byNumber.compactMap { $0 }, "classes of dataset.json, by number from 0")
    }
    let unknown = byName.firstIndex(of: nil) ?? 0
    let row = given.codes.firstIndex(of: Int32(unknown)) ?? 0
    let name = given.names[unknown]
    let counts = numeric.compactMap { $0?.whole }
    let areFromOne =
      counts.count == numeric.count && counts.min() == 1 && counts.max() == Int64(classes.count)
    let near = classes.first { ClassNotes.folded($0) == ClassNotes.folded(name) }
    throw FormatError(
      given.file, at: "row \(row)",
      "label '\(name)' is none of the classes of dataset.json"
        + (near.map { "; there is '\($0)': write them alike" } ?? "") + (areFromOne ? countedFromOne : ""))
  }
}
