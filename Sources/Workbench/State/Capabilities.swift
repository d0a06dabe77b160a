/// What the terminal can show, found out by the executable (TERM, NO_COLOR, LANG, options).
package struct Capabilities: Sendable, Equatable {
  package enum Colors: Sendable, Equatable { case none, eight, full }
  package enum Background: String, Sendable, Equatable, CaseIterable { case dark, light }
  package var colors: Colors
  /// Without it only ASCII is drawn by the program itself.
  package var unicode: Bool
  package var background: Background

  package init(colors: Colors = .full, unicode: Bool = true, background: Background = .dark) {
    self.colors = colors
    self.unicode = unicode
    self.background = background
  }
}

/// Rows and columns of the terminal.
package struct ScreenSize: Sendable, Equatable {
  package var height: Int
  package var width: Int
  package static let minimum = ScreenSize(height: 16, width: 60)

  package init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  package var isTooSmall: Bool { height < Self.minimum.height || width < Self.minimum.width }
  /// How many panes stand side by side.
  package var panes: Int { width >= 160 ? 3 : width >= 100 ? 2 : 1 }
}
