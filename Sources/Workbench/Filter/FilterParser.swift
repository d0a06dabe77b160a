extension FilterExpression {
  /// Deeper nesting is refused, so that no input can exhaust the stack.
  static let maximumDepth = 64

  /// Reads a filter; the grammar stands at `FilterExpression`.
  package static func parse(_ source: String) throws(FilterError) -> FilterExpression {
    var parser = FilterParser(tokens: try filterTokens(source), end: source.count)
    guard !parser.tokens.isEmpty else {
      throw FilterError(offset: 0, message: "write a column, e.g. suspicion >= 0.9")
    }
    let expression = try parser.disjunction(depth: 0)
    if let extra = parser.peek {
      throw FilterError(
        offset: extra.offset, length: extra.length,
        message: extra.kind == .close ? "no parenthesis is open here" : "expected and, or, or the end")
    }
    return expression
  }
}

private struct FilterParser {
  let tokens: [FilterToken]
  let end: Int
  var at = 0

  init(tokens: [FilterToken], end: Int) {
    self.tokens = tokens
    self.end = end
  }

  var peek: FilterToken? { at < tokens.count ? tokens[at] : nil }

  mutating func take(_ kind: FilterToken.Kind) -> Bool {
    guard peek?.kind == kind else { return false }
    at += 1
    return true
  }

  func failure(_ message: String) -> FilterError {
    FilterError(offset: peek?.offset ?? end, length: peek?.length ?? 1, message: message)
  }

  mutating func disjunction(depth: Int) throws(FilterError) -> FilterExpression {
    var left = try conjunction(depth: depth)
    while take(.or) { left = .or(left, try conjunction(depth: depth)) }
    return left
  }

  mutating func conjunction(depth: Int) throws(FilterError) -> FilterExpression {
    var left = try factor(depth: depth)
    while take(.and) { left = .and(left, try factor(depth: depth)) }
    return left
  }

  mutating func factor(depth: Int) throws(FilterError) -> FilterExpression {
    guard depth < FilterExpression.maximumDepth else {
      throw failure("too many parentheses inside one another")
    }
    if take(.not) { return .not(try factor(depth: depth + 1)) }
    if take(.open) {
      let inner = try disjunction(depth: depth + 1)
      guard take(.close) else { throw failure("expected a closing parenthesis") }
      return inner
    }
    return .comparison(try comparison())
  }

  mutating func comparison() throws(FilterError) -> FilterExpression.Comparison {
    let column = try word("expected a column")
    guard case .operation(let operation)? = peek?.kind else {
      throw failure("expected = != < > <= >= or ~ after \(column.text)")
    }
    at += 1
    return .init(column: column, operation: operation, value: try word("expected a value"))
  }

  mutating func word(_ message: String) throws(FilterError) -> FilterExpression.Word {
    guard let token = peek else { throw failure(message) }
    switch token.kind {
    case .word(let text), .quoted(let text):
      at += 1
      return .init(text: text, offset: token.offset, length: token.length)
    default: throw failure(message)
    }
  }
}
