/// One key as the program understands it, whatever bytes the terminal sent.
package enum Key: Sendable, Hashable {
  /// A printable character; Space is `.character(" ")`.
  case character(Character)
  /// `control("d")` is ^D; the letter is lower case. Tab, Enter and Escape have cases of their own.
  case control(Character)
  case enter, tab, backTab, escape, backspace, delete
  case up, down, left, right, home, end, pageUp, pageDown
  case function(Int)
}
