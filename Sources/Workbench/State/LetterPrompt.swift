/// Waits for the letter that a bookmark or a macro is kept under.
package struct LetterPrompt: Sendable, Equatable {
  package enum Purpose: Sendable, Equatable { case bookmark, jump, record, play }
  package let purpose: Purpose
  /// How often a macro is to be played.
  package let count: Int

  /// What was typed as the letter of one of them; nil for anything else.
  static func letter(_ text: String) -> Character? {
    guard text.count == 1, let letter = text.first, letter.isASCII, letter.isLetter || letter.isNumber else {
      return nil
    }
    return letter
  }
}
