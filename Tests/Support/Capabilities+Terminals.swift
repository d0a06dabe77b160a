import Screen

extension Capabilities {
  /// A terminal of UTF-8 and 256 colors.
  package static let full = Capabilities(unicode: true, colors: .many)
  /// A terminal of ASCII without colors.
  package static let plain = Capabilities(unicode: false, colors: .none)
}
