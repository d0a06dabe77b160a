/// What a cell becomes in a copy, such as a corrected label.
package enum Replacement: Sendable, Hashable, CustomStringConvertible {
  case string(String)
  case int(Int64)

  package var description: String {
    switch self {
    case .string(let text): text
    case .int(let number): String(number)
    }
  }
}
