import Model
import Screen

extension Frame {
  /// What is kept under which letter, while a letter is awaited.
  mutating func paint(_ asked: LetterPrompt) {
    let entries = letterEntries(asked.purpose)
    let width = min(grid.width - 4, 64)
    let height = min(layout.body.height, max(1, entries.count) + 3)
    let rect = Rect(
      row: layout.body.row + layout.body.height - height, column: (grid.width - width) / 2, height: height,
      width: width)
    grid.fill(rect)
    let inner = grid.box(
      rect, title: letterTitle(asked), style: theme[.border], titleStyle: theme[.title],
      capabilities: capabilities)
    let list = Rect(
      row: inner.row, column: inner.column + 1, height: max(0, inner.height - 1), width: inner.width - 2)
    let none = asked.purpose == .bookmark || asked.purpose == .jump ? "no bookmarks yet" : "no macros yet"
    draw(
      entries.isEmpty
        ? [Line(none, theme[.dim])]
        : entries.map { Line([("\($0.letter)  ", theme[.key]), ($0.text, .plain)]) }, in: list)
    draw(
      Line("a letter or a digit, Esc cancels", theme[.dim]), row: inner.height - 1,
      in: Rect(
        row: inner.row, column: list.column, height: inner.height, width: list.width))
  }

  private func letterTitle(_ asked: LetterPrompt) -> String {
    switch asked.purpose {
    case .bookmark: "bookmark this place under"
    case .jump: "return to"
    case .record: "record a macro under"
    case .play: asked.count > 1 ? "play \(grouped(asked.count)) times" : "play"
    }
  }

  private func letterEntries(_ purpose: LetterPrompt.Purpose) -> [(letter: Character, text: String)] {
    switch purpose {
    case .bookmark, .jump:
      return state.session.bookmarks.sorted { $0.key < $1.key }.map { letter, bookmark in
        let list = bookmark.queue.map { queue -> String in
          let parts = (queue.rule.map { [$0] } ?? []) + queue.filters
          return "  \(displayText(parts.isEmpty ? "all samples" : parts.joined(separator: " & ")))"
        }
        let sample = bookmark.queue?.sample.map { " #\(displayText($0))" } ?? ""
        let screen = bookmark.screen == Context.findings.rawValue ? "incidents" : bookmark.screen
        return (letter, screen + sample + (list ?? ""))
      }
    case .record, .play:
      return state.session.macros.keys.sorted { $0.key < $1.key }.map {
        ($0, displayText($1.map { KeyNames.written($0) }.joined()))
      }
    }
  }
}
