/// Cuts a filter into tokens.
struct FilterToken: Equatable {
  enum Kind: Equatable {
    case word(String)
    case quoted(String)
    case operation(FilterExpression.Operation)
    case and, or, not, open, close
  }
  var kind: Kind
  var offset: Int
  var length: Int

  /// What stands there as a name or a value.
  var word: String? {
    switch kind {
    case .word(let text), .quoted(let text): text
    default: nil
    }
  }
}

func filterTokens(_ source: String) throws(FilterError) -> [FilterToken] {
  let characters = Array(source)
  var tokens: [FilterToken] = []
  var at = 0
  func character(_ index: Int) -> Character? { index < characters.count ? characters[index] : nil }
  func add(_ kind: FilterToken.Kind, _ length: Int) {
    tokens.append(FilterToken(kind: kind, offset: at, length: length))
    at += length
  }
  while let first = character(at) {
    switch first {
    case " ", "\t": at += 1
    case "(": add(.open, 1)
    case ")": add(.close, 1)
    case "&": add(.and, character(at + 1) == "&" ? 2 : 1)
    case "|": add(.or, character(at + 1) == "|" ? 2 : 1)
    case "=": add(.operation(.equal), character(at + 1) == "=" ? 2 : 1)
    case "~": add(.operation(.contains), 1)
    case "<": character(at + 1) == "=" ? add(.operation(.atMost), 2) : add(.operation(.less), 1)
    case ">": character(at + 1) == "=" ? add(.operation(.atLeast), 2) : add(.operation(.greater), 1)
    case "!": character(at + 1) == "=" ? add(.operation(.notEqual), 2) : add(.not, 1)
    case "\"":
      var text = ""
      var end = at + 1
      while let next = character(end), next != "\"" {
        if next == "\\", let escaped = character(end + 1), escaped == "\"" || escaped == "\\" {
          text.append(escaped)
          end += 2
        } else {
          text.append(next)
          end += 1
        }
      }
      guard character(end) != nil else {
        throw FilterError(
          offset: at, length: characters.count - at, message: "this text has no closing quote")
      }
      add(.quoted(text), end + 1 - at)
    default:
      var end = at
      while let next = character(end), !" \t()&|=~<>!\"".contains(next) { end += 1 }
      let word = String(characters[at..<end])
      switch word.lowercased() {
      case "and": add(.and, 3)
      case "or": add(.or, 2)
      case "not": add(.not, 3)
      default: add(.word(word), end - at)
      }
    }
  }
  return tokens
}
