import Model

/// Why a case or an export cannot be read or written, in one line.
package struct CaseFileError: Error, CustomStringConvertible, Equatable {
  package enum Kind: Sendable {
    /// Nothing is there.
    case notFound
    /// Something is there that cannot be read.
    case unreadable
    case invalid
    /// The file or folder cannot be made where it shall lie.
    case cannotWrite
    /// Another process holds a lock; to be tried again.
    case busy
    /// Writing began and failed: the disk is full, a sync was refused.
    case writeFailed
  }
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
