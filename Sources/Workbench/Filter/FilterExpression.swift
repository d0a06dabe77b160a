/// A filter as it was written:
///
///     filter     = term { "or" term }
///     term       = factor { "and" factor }
///     factor     = "not" factor | "(" filter ")" | comparison
///     comparison = column operator value
///     operator   = "=" | "!=" | "<" | ">" | "<=" | ">=" | "~"
///     value      = word | "quoted text, \" and \\ escaped"
///
/// "&" and "&&" stand for "and", "|" and "||" for "or", "!" before a factor for "not", "==" for "=".
/// `~` asks whether the text contains the value, without regard to the case of ASCII letters.
package indirect enum FilterExpression: Sendable, Equatable {
  case comparison(Comparison)
  case not(FilterExpression)
  case and(FilterExpression, FilterExpression)
  case or(FilterExpression, FilterExpression)

  package struct Comparison: Sendable, Equatable {
    package var column: Word
    package var operation: Operation
    package var value: Word
  }
  package enum Operation: String, Sendable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case greater = ">"
    case atMost = "<="
    case atLeast = ">="
    case contains = "~"
  }
  /// A word and where it stands, in characters from the start, so that an error can point at it.
  package struct Word: Sendable, Equatable {
    package var text: String
    package var offset: Int
    package var length: Int
  }
}

/// Why a filter cannot be used, and the place: `length` characters from `offset`.
package struct FilterError: Error, Sendable, Equatable {
  package var offset: Int
  package var length: Int
  package var message: String
  package init(offset: Int, length: Int = 1, message: String) {
    self.offset = offset
    self.length = max(1, length)
    self.message = message
  }
}
