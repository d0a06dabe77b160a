extension String {
  /// Without spaces at either end.
  var trimmed: String {
    var view = self[...]
    while view.first == " " { view.removeFirst() }
    while view.last == " " { view.removeLast() }
    return String(view)
  }

  /// What stands before and behind the first occurrence of a word between spaces; nil where it does not stand there.
  func splitAtWord(_ word: String) -> (before: String, after: String)? {
    let words = split(separator: " ", omittingEmptySubsequences: false)
    guard let place = words.firstIndex(where: { $0 == word }) else { return nil }
    return (
      words[..<place].joined(separator: " ").trimmed, words[(place + 1)...].joined(separator: " ").trimmed
    )
  }
}
