/// What a reviewer says of a sample.
package enum Verdict: Hashable, Sendable {
  case poisoned
  case clean
  case unsure
  /// The sample is fine, its label is not; the class name that it should have.
  case relabel(String)

  /// The word that stands in the journal and in exports.
  package var word: String {
    switch self {
    case .poisoned: "poisoned"
    case .clean: "clean"
    case .unsure: "unsure"
    case .relabel: "relabel"
    }
  }
  /// - Returns: nil for an unknown word, for a relabel without a label, and for another verdict with one.
  package init?(word: String, newLabel: String?) {
    switch (word, newLabel) {
    case ("poisoned", nil): self = .poisoned
    case ("clean", nil): self = .clean
    case ("unsure", nil): self = .unsure
    case ("relabel", let label?): self = .relabel(label)
    default: return nil
    }
  }
  /// The class that a relabelled sample should have.
  package var newLabel: String? {
    if case .relabel(let label) = self { label } else { nil }
  }
}
