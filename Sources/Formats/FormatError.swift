import Model

/// Why an input cannot be read, in one line: file, place, what was expected and what was found.
package struct FormatError: Error, CustomStringConvertible, Equatable {
  package enum Kind: Sendable { case notFound, invalid }
  package let kind: Kind
  package let file: String
  /// "row 17", "line 3", "byte 128" or nil.
  package let place: String?
  package let message: String

  package init(_ file: String, at place: String? = nil, _ message: String, kind: Kind = .invalid) {
    self.kind = kind
    self.file = file
    self.place = place
    self.message = message
  }

  /// One line without control characters, whatever the file's name and content are.
  package var description: String {
    displayText(([file] + (place.map { [$0] } ?? []) + [message]).joined(separator: ": "))
  }
}
