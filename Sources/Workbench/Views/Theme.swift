import Screen

/// All colors of the program, by what they mean. The terminal's own background and foreground are the base, so
/// that light and dark terminals both read well; no meaning rests on color alone.
package struct Theme: Sendable {
  package enum Role: Sendable, Equatable {
    case text, dim, title, header, border, key
    /// Lines between panes: a color of their own would be a change in every row.
    case separator
    case cursor, inactiveCursor, selected
    case poisoned, clean, relabel, unsure
    /// A score that is high, in the middle, low.
    case high, middle, low
    /// The part of a sample that carries a trigger.
    case trigger
    case note, warning, error
    case status
    case cluster(Int)
  }

  private let colors: Capabilities.Colors
  private let isLight: Bool

  package init(capabilities: Capabilities, background: Background) {
    colors = capabilities.colors
    isLight = background == .light
  }

  package subscript(role: Role) -> Style {
    switch role {
    case .text, .separator: .plain
    case .dim: colors == .none ? .plain : colors == .eight ? Style(dim: true) : Style(foreground: gray)
    case .title: Style(foreground: accent, bold: true)
    case .header:
      Style(foreground: colors > .eight ? gray : .standard, bold: colors <= .eight, underline: true)
    case .border: colors > .eight ? Style(foreground: line) : Style(dim: colors != .none)
    case .key: Style(foreground: accent, bold: colors <= .eight)
    case .cursor: Style(reverse: true)
    case .inactiveCursor: Style(bold: true, underline: true)
    case .selected: Style(foreground: pick(yellow), bold: true)
    case .poisoned: Style(foreground: pick(red), bold: true)
    case .clean: Style(foreground: pick(green), bold: true)
    case .relabel: Style(foreground: pick(blue), bold: true)
    case .unsure: Style(foreground: pick(magenta), bold: true)
    case .high: Style(foreground: pick(red))
    case .middle: Style(foreground: pick(yellow))
    case .low: Style(foreground: pick(green))
    case .trigger:
      colors == .none
        ? Style(bold: true, reverse: true) : Style(foreground: pick(red), bold: true, reverse: true)
    case .note: Style(foreground: pick(green))
    case .warning: Style(foreground: pick(yellow), bold: true)
    case .error: Style(foreground: pick(red), bold: true, reverse: colors == .none)
    case .status:
      colors > .eight
        ? Style(
          foreground: isLight ? .rgb(40, 44, 52) : .rgb(208, 214, 224),
          background: isLight ? .rgb(222, 226, 233) : .rgb(44, 50, 60))
        : Style(reverse: true)
    case .cluster(let number): Style(foreground: cluster(number))
    }
  }

  package func style(_ mark: VerdictMark) -> Style {
    switch mark {
    case .poisoned: self[.poisoned]
    case .clean: self[.clean]
    case .relabel: self[.relabel]
    case .unsure: self[.unsure]
    }
  }

  /// Of a score between 0 and 1.
  package func score(_ value: Double) -> Style { self[value >= 0.9 ? .high : value >= 0.5 ? .middle : .low] }

  // MARK: Colors

  private typealias Pair = (dark: Color, light: Color, named: UInt8)
  private var red: Pair { (.rgb(240, 98, 98), .rgb(188, 28, 28), 1) }
  private var green: Pair { (.rgb(126, 198, 120), .rgb(26, 122, 46), 2) }
  private var yellow: Pair { (.rgb(226, 178, 88), .rgb(146, 96, 0), 3) }
  private var blue: Pair { (.rgb(108, 166, 244), .rgb(20, 84, 190), 4) }
  private var magenta: Pair { (.rgb(198, 140, 230), .rgb(132, 40, 160), 5) }
  private var accent: Color { pick((.rgb(96, 200, 206), .rgb(0, 110, 124), 6)) }
  private var gray: Color { isLight ? .rgb(104, 110, 120) : .rgb(142, 150, 162) }
  private var line: Color { isLight ? .rgb(176, 182, 192) : .rgb(84, 92, 104) }

  private func pick(_ pair: Pair) -> Color {
    switch colors {
    case .none: .standard
    case .eight: .palette(pair.named)
    case .many, .trueColor: isLight ? pair.light : pair.dark
    }
  }

  /// The colors of the plot, so that a cluster's name in the list has the color of its cells.
  private func cluster(_ number: Int) -> Color {
    switch colors {
    case .none: .standard
    case .eight: .palette([6, 3, 2, 5, 4, 1][max(0, number) % 6])
    case .many, .trueColor: ScatterPlot.defaultPalette[max(0, number) % ScatterPlot.defaultPalette.count]
    }
  }

  /// Of a group of a plot, so that its name in a list has the color of its cells. Verdicts and flags have their own
  /// everywhere; those of no group stand back.
  func group(_ index: Int, named name: String, of split: PlotSplit) -> Style {
    switch split {
    case .flag: index == 0 ? self[.high] : self[.low]
    case .column where name == "none" || name == "all others": self[.dim]
    case .column(.verdict): VerdictMark(rawValue: name).map { style($0) } ?? self[.dim]
    case .column(.cluster): self[.cluster(Int(name.dropFirst()) ?? index)]
    case .column: self[.cluster(index)]
    }
  }
}

extension State {
  package var theme: Theme { Theme(capabilities: capabilities, background: background) }
}
