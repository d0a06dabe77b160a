import Model

/// Several arrays in one file, or in files that go together: each is read as if it were a file of its own.
protocol ArrayBundle {
  /// The files that it is.
  var files: [String] { get }
  /// Names of the arrays, as files of a folder would be called.
  var members: [String] { get }
  /// Names of classes in order; none where it tells none.
  var classes: [String] { get }
  /// The bytes of an array, as an NPY file holds them.
  /// - Throws: `FormatError` where they cannot be read.
  func content(of member: String) throws(FormatError) -> MappedFile
}

extension ArrayBundle {
  var classes: [String] { [] }
}

/// A path of an array within a bundle: that of the file or folder, a zero byte, which no path holds, and the name.
enum MemberPath {
  private static let separator: Character = "\0"

  static func path(of member: String, in bundle: String) -> String { "\(bundle)\(separator)\(member)" }

  /// Nil for the path of a file.
  static func parts(of path: String) -> (bundle: String, member: String)? {
    guard let place = path.firstIndex(of: separator) else { return nil }
    return (String(path[..<place]), String(path[path.index(after: place)...]))
  }
}

/// A format of files that are bundles.
protocol BundleFormat: DatasetFormat {
  /// - Throws: `FormatError` where the file is none.
  func bundle(at path: String, name: String) throws(FormatError) -> any ArrayBundle
}
