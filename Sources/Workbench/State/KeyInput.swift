import Screen

/// Keys that wait for more: a count, and the first of two keys.
package struct KeyInput: Sendable, Equatable {
  package var count: Int?
  package var keys: [Key] = []

  /// What the status line shows while more is awaited.
  package var text: String { (count.map { String($0) } ?? "") + KeyNames.text(keys) }
  package var isEmpty: Bool { count == nil && keys.isEmpty }

  /// Takes a digit into the count; false where it is not one. A leading 0 is none.
  mutating func takeDigit(_ key: Key) -> Bool {
    guard keys.isEmpty, case .character(let character) = key, let digit = character.wholeNumberValue,
      character.isASCII, digit > 0 || count != nil
    else { return false }
    // Nobody means more than a billion, and it must not overflow.
    count = min((count ?? 0) * 10 + digit, 999_999_999)
    return true
  }
}
