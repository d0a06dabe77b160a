import Screen

extension Frame {
  mutating func paintHelp() {
    let body = layout.body
    let lines = HelpText.lines(for: state.views.helpContext)
    let keyWidth = 16
    let nameWidth = body.width >= 80 ? 28 : 0
    for (row, line) in lines.dropFirst(state.views.help.top).prefix(body.height).enumerated() {
      let place = Rect(row: body.row + row, column: 2, height: 1, width: body.width - 4)
      switch line {
      case .blank: break
      case .heading(let text): draw(Line(text, theme[.title]), row: 0, in: place)
      case .text(let text): draw(Line("  " + text), row: 0, in: place)
      case .command(let keys, let name, let help):
        grid.draw(keys, at: (0, 2), style: theme[.key], clippedTo: place)
        if nameWidth > 0 {
          grid.draw(
            TextWidth.truncate(name, to: nameWidth - 1), at: (0, 2 + keyWidth), style: theme[.dim],
            clippedTo: place)
        }
        grid.draw(
          help, at: (0, 2 + keyWidth + nameWidth), style: .plain, clippedTo: place,
          ellipsis: capabilities.ellipsis)
      }
    }
    ScrollBar(first: state.views.help.top, visible: body.height, total: lines.count, style: theme[.border])
      .draw(
        into: &grid, row: body.row, column: body.width - 1, height: body.height, capabilities: capabilities)
  }
}
