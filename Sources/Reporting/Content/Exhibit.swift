import Scanning

/// One sample of an incident, as a person looks at it.
package struct Exhibit: Sendable, Equatable {
  package enum Content: Sendable, Equatable {
    case picture(Picture)
    case text(MarkedText)
    case row(cells: [CellValue], more: Int)
    /// Only features: how many.
    case numbers(Int)
    case unreadable(String)
    /// The page holds as many pictures as it can.
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
  package let suspicion: Double
  package let verdict: String
  package let content: Content
}

/// A picture as PNG.
package struct Picture: Sendable, Equatable {
  package let png: [UInt8]
  /// Of the picture as models are trained on it: what the frame counts in.
  package let width: Int
  package let height: Int
  package let frame: PixelArea?
}

/// A text cut to what can be read at a glance, in pieces of which some are what a trigger was found in.
package struct MarkedText: Sendable, Equatable {
  package struct Piece: Sendable, Equatable {
    package var text: String
    package var isMarked: Bool
  }
  package private(set) var pieces: [Piece] = []
  package let isCutBefore: Bool
  package let isCutAfter: Bool

  private static let maxScalars = 480
  /// Of what stands before the first mark.
  private static let lead = 160

  /// - Parameter text: displayable; that is what items are looked for in.
  init(_ text: String, items: [TriggerItem]) {
    let searched = SearchedText(text)
    var marked = [Bool](repeating: false, count: searched.scalars.count)
    for index in items.flatMap({ $0.kind.places(in: searched) }).joined() { marked[index] = true }
    let first = marked.firstIndex(of: true) ?? 0
    let start = first > Self.maxScalars - Self.lead ? first - Self.lead : 0
    let end = min(searched.scalars.count, start + Self.maxScalars)
    isCutBefore = start > 0
    isCutAfter = end < searched.scalars.count
    for index in start..<end {
      if pieces.last?.isMarked != marked[index] { pieces.append(Piece(text: "", isMarked: marked[index])) }
      pieces[pieces.count - 1].text.unicodeScalars.append(searched.scalars[index])
    }
  }
}
