import CNcurses
import Screen

/// Color pairs of ncurses, made when first needed. A full table is emptied before the next frame, never within
/// one: `alloc_pair` of ncurses 6.4 does not recycle, so the table is kept here.
struct PairTable {
  private struct Colors: Hashable {
    var foreground: Int32
    var background: Int32
  }
  private var pairs: [Colors: Int32] = [:]
  /// What true colors are reduced to.
  private var known: [Color: Color] = [:]
  private static let maxKnown = 16_384
  private var next: Int32 = 1
  private let limit: Int32
  private let colors: Capabilities.Colors

  init(colors: Capabilities.Colors, limit: Int32) {
    self.colors = colors
    self.limit = limit
  }

  /// Whether so few pairs are left that the table should be emptied before the next frame.
  var isNearlyFull: Bool { colors != .none && next > limit - limit / 4 }

  mutating func removeAll() {
    pairs.removeAll(keepingCapacity: true)
    known.removeAll(keepingCapacity: true)
    next = 1
  }

  /// The style in the colors that a terminal of 256 has, so that those that look the same are the same; of others in those
  /// that were asked for.
  mutating func reduced(_ style: Style) -> Style {
    var style = style
    style.foreground = reduced(style.foreground)
    style.background = reduced(style.background)
    return style
  }

  private mutating func reduced(_ color: Color) -> Color {
    let (red, green, blue): (UInt8, UInt8, UInt8)
    switch color {
    case .rgb(let r, let g, let b), .approximate(let r, let g, let b): (red, green, blue) = (r, g, b)
    case .standard, .palette: return color
    }
    guard colors == .many else { return .rgb(red, green, blue) }
    if let known = known[color] { return known }
    let reduced = Color.palette(UInt8(ColorReduction.xterm256(red, green, blue)))
    if known.count == Self.maxKnown { known.removeAll(keepingCapacity: true) }
    known[color] = reduced
    return reduced
  }

  /// Attributes and pair of a style. Where the table is full the cell has the terminal's colors: its text and
  /// attributes carry the meaning.
  mutating func attributes(of style: Style) -> (attributes: attr_t, pair: Int32) {
    var attributes: attr_t = 0
    if style.bold { attributes |= ft_bold() }
    if style.dim { attributes |= ft_dim() }
    if style.underline { attributes |= ft_underline() }
    if style.reverse { attributes |= ft_reverse() }
    guard colors != .none else { return (attributes, 0) }
    // Eight colors have no bright ones: bold stands for them, as terminals of that kind show it.
    if colors == .eight, case .palette(let index) = style.foreground, (8...15).contains(index) {
      attributes |= ft_bold()
    }
    let colors = Colors(foreground: number(style.foreground), background: number(style.background))
    return (attributes, pair(colors))
  }

  /// The terminal's own colors have a pair too: back to it leads one short sequence, to pair 0 a reset of all attributes.
  private mutating func pair(_ wanted: Colors) -> Int32 {
    if let known = pairs[wanted] { return known }
    guard next < limit, init_extended_pair(next, wanted.foreground, wanted.background) == OK else { return 0 }
    pairs[wanted] = next
    next += 1
    return next - 1
  }

  /// The number by which ncurses knows a color, -1 for the terminal's default.
  private func number(_ color: Color) -> Int32 {
    switch (color, colors) {
    case (.standard, _), (_, .none): -1
    case (.palette(let index), .eight): Int32(index % 8)
    case (.palette(let index), .trueColor) where index >= 8:
      packed(ColorReduction.bright[Int(index) % 8])
    case (.palette(let index), _): Int32(index)
    case (.rgb(let red, let green, let blue), .eight), (.approximate(let red, let green, let blue), .eight):
      ColorReduction.named8(red, green, blue).map(Int32.init) ?? -1
    case (.rgb(let red, let green, let blue), .many), (.approximate(let red, let green, let blue), .many):
      Int32(ColorReduction.xterm256(red, green, blue))
    case (.rgb(let red, let green, let blue), .trueColor),
      (.approximate(let red, let green, let blue), .trueColor):
      packed((red, green, blue))
    }
  }

  /// The direct terminfo entries take 0x000000...0x000007 for the named eight: the darkest blues become one above.
  private func packed(_ rgb: (UInt8, UInt8, UInt8)) -> Int32 {
    let value = Int32(rgb.0) << 16 | Int32(rgb.1) << 8 | Int32(rgb.2)
    return (1...7).contains(value) ? 8 : value
  }
}
