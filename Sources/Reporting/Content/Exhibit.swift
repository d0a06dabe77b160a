import Scanning

/// One sample of an incident with what is shown of its content.
package struct Exhibit: Sendable, Equatable {
  package enum Content: Sendable, Equatable {
    case picture(Picture)
    case text(MarkedText)
    /// Cells of a table, and how many more the row has.
    case row(cells: [CellValue], more: Int)
    /// A sample that is features alone: how many columns.
    case features(Int)
    /// Why the content could not be read.
    case unreadable(String)
    /// A picture for which the page has no room left (`ExhibitMaker.remainingBytes`).
    case leftOut
  }
  package struct CellValue: Sendable, Equatable {
    package enum Mark: String, Sendable {
      /// A condition of the trigger holds it.
      case trigger
      /// Hardly any sample of the class is as far out, or has the value.
      case extreme
    }
    package let column: String
    package let value: String
    package let mark: Mark?
  }

  package let id: String
  package let label: String?
  /// The class that the evidence suggests instead.
  package let suggested: String?
  /// 0...1.
  package let suspicion: Double
  package let verdict: String
  package let content: Content
}

/// A picture as PNG.
package struct Picture: Sendable, Equatable {
  package let png: [UInt8]
  /// In pixels of the picture that was scanned, which the PNG may be a smaller copy of.
  package let width: Int
  package let height: Int
  /// Where the trigger lies, in the same pixels.
  package let frame: PixelArea?
}

/// A text cut to `maxScalars` around the first trigger, in pieces that are part of a trigger or not.
package struct MarkedText: Sendable, Equatable {
  package struct Piece: Sendable, Equatable {
    package var text: String
    package var isMarked: Bool
  }
  package private(set) var pieces: [Piece] = []
  package let isCutBefore: Bool
  package let isCutAfter: Bool

  private static let maxScalars = 480
  /// Scalars that are shown before the first mark.
  private static let contextBefore = 160

  /// - Parameter text: displayable; that is what items are looked for in.
  init(_ text: String, items: [TriggerItem]) {
    let searched = SearchedText(text)
    var marked = [Bool](repeating: false, count: searched.scalars.count)
    for index in items.flatMap({ $0.kind.places(in: searched) }).joined() { marked[index] = true }
    let first = marked.firstIndex(of: true) ?? 0
    let start = first > Self.maxScalars - Self.contextBefore ? first - Self.contextBefore : 0
    let end = min(searched.scalars.count, start + Self.maxScalars)
    isCutBefore = start > 0
    isCutAfter = end < searched.scalars.count
    for index in start..<end {
      if pieces.last?.isMarked != marked[index] { pieces.append(Piece(text: "", isMarked: marked[index])) }
      pieces[pieces.count - 1].text.unicodeScalars.append(searched.scalars[index])
    }
  }
}
