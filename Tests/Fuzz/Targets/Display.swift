import Model
import Screen

/// What is shown of any text moves no cursor and hides nothing, takes as many columns as its scalars, and can be wrapped
/// and fitted to a width.
func fuzzDisplay(_ bytes: UnsafeRawBufferPointer) {
  let text = String(decoding: bytes, as: UTF8.self)
  let shown = displayText(text)
  precondition(shown.unicodeScalars.allSatisfy { !$0.movesOrHides })
  precondition(displayText(shown) == shown)
  precondition(
    displayText(text, keepNewlines: true).split(separator: "\n").allSatisfy { displayText($0) == $0 })
  precondition(TextWidth.width(shown) == shown.unicodeScalars.reduce(0) { $0 + TextWidth.width(of: $1) })
  for width in [1, 2, 7, 80] {
    precondition(TextWidth.wrap(shown, to: width).allSatisfy { TextWidth.width($0) <= max(2, width) })
    precondition(TextWidth.width(TextWidth.fit(shown, to: width, alignment: .left, ellipsis: "~")) == width)
  }
}
