/// The class that a person means by a name.
package enum ClassChoice {
  /// The class of that name, else the one that is the same number, else the only one that differs by case, spaces or
  /// Unicode form; nil where there is none.
  package static func meant(_ text: String, among classes: [String]) -> String? {
    if let exact = classes.first(where: { $0.utf8.elementsEqual(text.utf8) }) { return exact }
    if let number = NumericName(text) {
      return classes.first { NumericName($0)?.name == number.name }
    }
    let folded = ClassNotes.folded(text)
    let alike = classes.filter { ClassNotes.folded($0) == folded }
    return alike.count == 1 ? alike.first : nil
  }
}
