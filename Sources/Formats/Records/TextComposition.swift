/// Texts that several columns or a list of messages make together: chat, instructions, preferences, pairs. They are
/// read as one text with a line for each part, "user: …" or "question: …", that says who speaks or what it is.
struct TextComposition: Equatable {
  /// Columns that must be there.
  let needed: [String]
  /// Columns that belong to it where they are there.
  let more: [String]

  private init(_ needed: [String], _ more: [String] = []) {
    self.needed = needed
    self.more = more
  }

  /// Lists of messages come first, then what has most columns.
  static let all = [
    TextComposition(["messages"]), TextComposition(["conversations"]), TextComposition(["conversation"]),
    TextComposition(["dialogue"]), TextComposition(["dialog"]), TextComposition(["chat"]),
    TextComposition(["prompt", "chosen", "rejected"]), TextComposition(["chosen", "rejected"]),
    TextComposition(["instruction", "output"], ["system", "input"]),
    TextComposition(["instruction", "response"], ["context", "input"]),
    TextComposition(["input", "output"], ["system"]),
    TextComposition(["prompt", "completion"], ["system"]),
    TextComposition(["prompt", "response"], ["system"]),
    TextComposition(["question", "answer"], ["context"]),
    TextComposition(["question", "answers"], ["context"]),
    TextComposition(["premise", "hypothesis"]), TextComposition(["sentence1", "sentence2"]),
    TextComposition(["question1", "question2"]), TextComposition(["query", "response"]),
    TextComposition(["text_a", "text_b"]), TextComposition(["title", "body"]),
    TextComposition(["prompt"]), TextComposition(["instruction"]), TextComposition(["question"]),
  ]
  static let columnNames = Set(all.flatMap { $0.needed + $0.more })

  /// The columns that make a text, in the order of the composition; nil where none is complete. They may all lie in one
  /// object, such as "data.messages", and hold their text one level deeper, such as "answers.text".
  static func found(in columns: [String]) -> [Int]? {
    let folded = columns.map(ColumnNames.folded)
    let parents = folded.reduce(into: [""]) { parents, name in
      guard let point = name.lastIndex(of: ".") else { return }
      let parent = String(name[...point])
      if !parents.contains(parent), parents.count < parentLimit { parents.append(parent) }
    }
    let places = Dictionary(folded.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for composition in all {
      for parent in parents {
        let place = { (name: String) in
          places[parent + name] ?? innerNames.lazy.compactMap { places["\(parent)\(name).\($0)"] }.first
        }
        let needed = composition.needed.compactMap(place)
        guard needed.count == composition.needed.count else { continue }
        return Set(needed + composition.more.compactMap(place)).sorted()
      }
    }
    return nil
  }

  private static let innerNames = ["text", "content", "value"]
  private static let parentLimit = 100
}

/// Builds the text of a record from its columns.
struct TextBuilder: Sendable {
  /// The columns in order; one that holds strings gives them as they are.
  let columns: [Int]
  /// What each column is called in the text.
  let names: [String]
  /// Columns whose strings are lists of messages.
  let turnStrings: Set<Int>

  /// Appends the text of `record`.
  /// - Returns: false where no part of it is there.
  @discardableResult
  func append(_ record: Record, to text: inout [UInt8]) -> Bool {
    let start = text.count
    for (place, column) in columns.enumerated() {
      record.withCell(column) { cell in
        guard let cell, !cell.isEmpty else { return }
        let isList = record.kind(column) == .list
        if isList || (turnStrings.contains(column) && Self.areTurns(cell)) {
          Self.appendTurns(cell, part: columns.count > 1 ? names[place] : nil, start: start, to: &text)
        } else if columns.count == 1 {
          text.append(contentsOf: cell)
        } else {
          Self.appendPart(names[place], cell, start: start, to: &text)
        }
      }
    }
    return text.count > start
  }

  /// Whether a string is a list of messages.
  static func areTurns(_ cell: UnsafeRawBufferPointer) -> Bool {
    guard cell.first == UInt8(ascii: "["), cell.last == UInt8(ascii: "]") else { return false }
    var cursor = JSONCursor(cell, in: 0..<cell.count, allowsNonFinite: true)
    var turns = 0
    do throws(JSONCursor.Problem) {
      try cursor.elements { cursor throws(JSONCursor.Problem) in
        cursor.skipSpaces()
        guard cursor.next == UInt8(ascii: "{") else { throw cursor.problem("an object is expected") }
        var turn = Turn()
        try turn.read(&cursor, depth: 0)
        if !turn.speaker.isEmpty || !turn.content.isEmpty { turns += 1 }
      }
    } catch {
      return false
    }
    return turns > 0 && cursor.next == nil
  }

  private static func appendPart(
    _ name: String, _ content: UnsafeRawBufferPointer, start: Int, to text: inout [UInt8]
  ) {
    if text.count > start { text.append(10) }
    text.append(contentsOf: name.utf8)
    text.append(contentsOf: ": ".utf8)
    text.append(contentsOf: content)
  }

  /// A list of messages, each an object with who speaks (`role`, `from`) and what (`content`, `value`, `text`); strings
  /// stand for themselves, other elements as they are written.
  /// - Parameter part: what the list is of the whole, such as "chosen".
  private static func appendTurns(
    _ list: UnsafeRawBufferPointer, part: String?, start: Int, to text: inout [UInt8]
  ) {
    var cursor = JSONCursor(list, in: 0..<list.count, allowsNonFinite: true)
    try? cursor.elements { cursor throws(JSONCursor.Problem) in
      cursor.skipSpaces()
      var turn = Turn()
      try turn.read(&cursor, depth: 0)
      let speaker = turn.speaker.isEmpty ? nil : String(decoding: turn.speaker, as: UTF8.self)
      let name = [part, speaker].compactMap { $0 }.joined(separator: " ")
      turn.content.withUnsafeBytes {
        appendPart(name.isEmpty ? "message" : name, $0, start: start, to: &text)
      }
    }
  }
}

/// One message of a conversation.
private struct Turn {
  var speaker: [UInt8] = []
  var content: [UInt8] = []

  private static let speakers: Set = ["role", "from", "speaker", "author"]
  private static let contents: Set = ["content", "value", "text", "message", "utterance", "body"]

  mutating func read(_ cursor: inout JSONCursor, depth: Int) throws(JSONCursor.Problem) {
    guard cursor.next == UInt8(ascii: "{"), depth < 4 else { return content += try Self.plain(&cursor) }
    try cursor.members { cursor, name throws(JSONCursor.Problem) in
      cursor.skipSpaces()
      let name = JSONParser.string(name, in: cursor.bytes)
      if Self.speakers.contains(name), cursor.next == UInt8(ascii: "\"") {
        speaker = try Self.plain(&cursor)
      } else if Self.contents.contains(name) {
        try readContent(&cursor, depth: depth)
      } else {
        try cursor.skipValue(depth: depth + 1)
      }
    }
  }

  /// A string, or parts of which those that are text count.
  private mutating func readContent(_ cursor: inout JSONCursor, depth: Int) throws(JSONCursor.Problem) {
    guard cursor.next == UInt8(ascii: "[") else { return content += try Self.plain(&cursor) }
    try cursor.elements { cursor throws(JSONCursor.Problem) in
      cursor.skipSpaces()
      var part = Turn()
      try part.read(&cursor, depth: depth + 1)
      if !content.isEmpty, !part.content.isEmpty { content.append(10) }
      content += part.content
    }
  }

  private static func plain(_ cursor: inout JSONCursor) throws(JSONCursor.Problem) -> [UInt8] {
    var bytes: [UInt8] = []
    if cursor.next == UInt8(ascii: "\"") {
      JSONText.decode(try cursor.string(), in: cursor.bytes, into: &bytes)
    } else {
      let start = cursor.position
      if try cursor.skipValue(depth: 1) != .null { bytes += cursor.bytes[start..<cursor.position] }
    }
    return bytes
  }
}
