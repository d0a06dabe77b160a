import Model

/// `text` in a form that may be pasted anywhere: as it is where all of it can be shown, else quoted for a shell as
/// `$'...'` (POSIX.1-2024; bash, zsh, ksh), in which every byte that is not plain ASCII is an octal escape. What a
/// terminal would act on, such as the end of a bracketed paste, is never in it, and a shell makes the very same bytes of
/// it again.
package func pastable(_ text: String) -> (text: String, isQuoted: Bool) {
  guard displayText(text) != text else { return (text, false) }
  var quoted = "$'"
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "'"), UInt8(ascii: "\\"): quoted += "\\" + String(Unicode.Scalar(byte))
    case 0x20..<0x7F: quoted.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      let digits = String(byte, radix: 8)
      // Always three digits: one that follows is none of them.
      quoted += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }
  }
  return (quoted + "'", true)
}
