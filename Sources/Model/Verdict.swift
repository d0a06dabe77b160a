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
}
