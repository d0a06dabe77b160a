/// A value of the subset of TOML 1.0 that a policy is written in.
package enum TOMLValue: Sendable, Equatable {
  case string(String)
  case integer(Int)
  case float(Double)
  case boolean(Bool)
  /// Of the other kinds, not of arrays.
  case array([TOMLValue])

  /// What a message calls it.
  var kind: String {
    switch self {
    case .string: "a string"
    case .integer: "an integer"
    case .float: "a number"
    case .boolean: "true or false"
    case .array: "an array"
    }
  }
}

/// One key with its value and where it stands, for messages that a person can follow.
package struct TOMLEntry: Sendable, Equatable {
  /// The names of its table, then its own.
  package let path: [String]
  package let value: TOMLValue
  /// From 1.
  package let line: Int
}
