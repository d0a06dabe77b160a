import Scanning

/// A text that can be shown, and which of its scalars belong to a trigger.
struct HighlightedText {
  private let scalars: [Unicode.Scalar]
  private var marked: [Bool]

  struct Piece: Equatable {
    var text: String
    var isMarked: Bool
  }

  init(_ text: String, items: [TriggerItem]) {
    let searched = SearchedText(text)
    scalars = searched.scalars
    marked = [Bool](repeating: false, count: scalars.count)
    for index in items.flatMap({ $0.kind.places(in: searched) }).joined() { marked[index] = true }
  }

  /// Cuts lines, which are the text wrapped, into marked and other pieces. Wrapping leaves out spaces and line
  /// feeds and nothing else.
  func pieces(of lines: [String]) -> [[Piece]] {
    var at = 0
    return lines.map { line in
      var pieces: [Piece] = []
      for scalar in line.unicodeScalars {
        while at < scalars.count, scalars[at] != scalar { at += 1 }
        let isMarked = at < scalars.count && marked[at]
        at += 1
        if pieces.last?.isMarked == isMarked {
          pieces[pieces.count - 1].text.unicodeScalars.append(scalar)
        } else {
          pieces.append(Piece(text: String(scalar), isMarked: isMarked))
        }
      }
      return pieces
    }
  }
}
