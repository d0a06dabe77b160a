import Model

/// Why a case or an export cannot be read or written, in one line.
package struct CaseFileError: Error, CustomStringConvertible, Equatable {
  package enum Kind: Sendable { case notFound, invalid, cannotWrite }
  package let kind: Kind
  package let path: String
  package let message: String
  package init(_ kind: Kind, _ path: String, _ message: String) {
    self.kind = kind
    self.path = path
    self.message = message
  }
  package var description: String { displayText("\(path): \(message)") }
}
