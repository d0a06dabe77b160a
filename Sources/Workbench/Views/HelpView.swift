import Screen

extension Frame {
  mutating func paintHelp() {
    let body = layout.body
    let lines = state.helpLines
    let needle = state.session.needle.map(CaselessNeedle.init)
    let keyWidth = HelpText.keyWidth
    let helpWidth = HelpText.helpWidth(of: body.width)
    for (row, line) in lines.dropFirst(state.views.help.top).prefix(body.height).enumerated() {
      let place = Rect(row: body.row + row, column: 2, height: 1, width: body.width - 4)
      let isFound = needle?.isIn(line.words) ?? false
      switch line {
      case .blank: break
      case .heading(let text): draw(Line(text, theme[.title]), row: 0, in: place)
      case .text(let text): draw(Line("  " + text, isFound ? theme[.selected] : .plain), row: 0, in: place)
      case .command(let keys, let name, let help):
        // Without a key it is asked for by its name, whose arguments stand where there is room.
        let asked = TextWidth.width(name) < keyWidth ? name : String(name.prefix { $0 != " " })
        grid.draw(
          TextWidth.truncate(keys.isEmpty ? asked : keys, to: keyWidth - 1, ellipsis: capabilities.ellipsis),
          at: (0, 2), style: theme[.key], clippedTo: place)
        grid.draw(
          TextWidth.truncate(help, to: helpWidth, ellipsis: capabilities.ellipsis), at: (0, 2 + keyWidth),
          style: isFound ? theme[.selected] : .plain, clippedTo: place)
        if HelpText.nameWidth(of: body.width) > 0 {
          grid.draw(name, at: (0, 4 + keyWidth + helpWidth), style: theme[.dim], clippedTo: place)
        }
      }
    }
    ScrollBar(first: state.views.help.top, visible: body.height, total: lines.count, style: theme[.border])
      .draw(
        into: &grid, row: body.row, column: body.width - 1, height: body.height, capabilities: capabilities)
  }
}
