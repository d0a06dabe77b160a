/// A member of an archive. Nothing is ever unpacked under its name.
package struct TarEntry: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    case file
    case folder
    case refused(Refusal)
  }

  /// Why a member is not opened.
  package enum Refusal: Sendable, Equatable, CustomStringConvertible {
    case emptyName, absoluteName, climbingName, invalidName
    case hardLink, symbolicLink, characterDevice, blockDevice, pipe, sparseFile
    case unknown(type: UInt8)

    package var description: String {
      switch self {
      case .emptyName: "has no name"
      case .absoluteName: "has an absolute name"
      case .climbingName: "has .. in its name"
      case .invalidName: "has a byte 0 in its name"
      case .hardLink: "is a hard link"
      case .symbolicLink: "is a symbolic link"
      case .characterDevice, .blockDevice: "is a device"
      case .pipe: "is a named pipe"
      case .sparseFile: "is a sparse file"
      case .unknown(let type): "is of the unknown type \(type)"
      }
    }
  }

  package let kind: Kind
  /// As it stands in the archive, in whatever encoding.
  package let nameBytes: [UInt8]
  /// Where its content lies.
  package let content: Range<Int>
  /// All that belongs to it: headers, those that tell a long name among them, content and padding.
  package let blocks: Range<Int>
  /// Of its own header.
  package let headerOffset: Int

  /// For people: what is no UTF-8 is replaced.
  package var name: String { String(decoding: nameBytes, as: UTF8.self) }

  /// Why no file may be called so; nil where it may.
  static func refusal(ofName name: [UInt8]) -> Refusal? {
    if name.isEmpty { return .emptyName }
    if name.contains(0) { return .invalidName }
    if name[0] == UInt8(ascii: "/") { return .absoluteName }
    let climbing = Array("..".utf8)
    let parts = name.split(separator: UInt8(ascii: "/"))
    return parts.contains { $0.elementsEqual(climbing) } ? .climbingName : nil
  }
}
