import Foundation

/// What is done to a text before it is cut into words, one step after the other.
struct Normalizer: Sendable {
  enum Step: Sendable, Equatable {
    case bert(BertNormalizer)
    case lowercase
    case nfc, nfd, nfkc, nfkd
  }
  var steps: [Step] = []

  func apply(_ text: String) -> String {
    steps.reduce(text) { text, step in
      switch step {
      case .bert(let normalizer): normalizer.apply(text)
      case .lowercase: Self.lowercased(text)
      case .nfc: text.precomposedStringWithCanonicalMapping
      case .nfd: text.decomposedStringWithCanonicalMapping
      case .nfkc: text.precomposedStringWithCompatibilityMapping
      case .nfkd: text.decomposedStringWithCompatibilityMapping
      }
    }
  }

  /// Scalar by scalar, whatever stands beside it.
  static func lowercased(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
    }
    return String(result)
  }

  static func withoutMarks(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { !TextClasses.isMark($0) }))
  }
}
