/// What the terminal can show. Widgets choose glyphs and colors by it and never carry a meaning by color alone.
package struct Capabilities: Sendable, Equatable {
  package enum Colors: Int, Sendable, Comparable {
    case none = 0
    case eight = 8
    case many = 256
    case trueColor = 16_777_216
    package static func < (a: Colors, b: Colors) -> Bool { a.rawValue < b.rawValue }
  }
  /// The terminal's encoding is UTF-8: boxes, blocks, braille and text of all scripts can be drawn.
  package var unicode: Bool
  package var colors: Colors
  package init(unicode: Bool, colors: Colors) {
    self.unicode = unicode
    self.colors = colors
  }
  /// Stands where text was cut off.
  package var ellipsis: String { unicode ? "…" : "~" }
}
