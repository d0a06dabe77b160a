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
