import Formats

/// What stands before and behind a text, in the forms that `tokenizer.json` has for it.
extension TokenizerParts {
  mutating func take(_ part: Settings) throws(FormatError) {
    let type = try part.string("type") ?? ""
    switch type {
    case "Sequence":
      for value in try part.array("processors") ?? [] { try take(Settings(file: part.file, value: value)) }
    case "ByteLevel": break  // Places in the text, which nobody asks for.
    case "BertProcessing", "RobertaProcessing":
      prefix = [try Self.pair(part, "cls")]
      suffix = [try Self.pair(part, "sep")]
    case "TemplateProcessing": try takeTemplate(part)
    default: throw part.problem("post_processor", "'\(type)' is not supported")
    }
  }

  /// The number of `["NAME", number]`.
  private static func pair(_ part: Settings, _ name: String) throws(FormatError) -> Int32 {
    guard let pair = try part.array(name), pair.count == 2, case .number(let number) = pair[1],
      let id = Int32(exactly: number), id >= 0
    else { throw part.problem(name, "a token and its number are expected") }
    return id
  }

  private mutating func takeTemplate(_ part: Settings) throws(FormatError) {
    let tokens = try part.object("special_tokens")
    var hasText = false
    for value in try part.array("single") ?? [] {
      let piece = Settings(file: part.file, value: value)
      if piece["Sequence"] != nil {
        guard !hasText else { throw part.problem("single", "holds the text twice") }
        hasText = true
        continue
      }
      guard let name = try piece.object("SpecialToken")?.string("id"),
        let ids = try tokens?.object(name)?.array("ids")
      else { throw part.problem("single", "names a token that is none of special_tokens") }
      for id in ids {
        guard case .number(let number) = id, let id = Int32(exactly: number), id >= 0 else {
          throw part.problem("special_tokens", "'\(name)' has no number")
        }
        if hasText { suffix.append(id) } else { prefix.append(id) }
      }
    }
    guard hasText else { throw part.problem("single", "does not hold the text") }
  }
}
