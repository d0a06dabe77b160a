import Crypto
import Model

/// SHA-256, of a line or of what comes in blocks.
struct LineHash {
  private var hasher = SHA256()

  static func of(_ bytes: UnsafeRawBufferPointer) -> Model.Digest {
    var hash = LineHash()
    hash.update(bytes)
    return hash.digest
  }

  mutating func update(_ bytes: UnsafeRawBufferPointer) { hasher.update(bufferPointer: bytes) }

  /// Of all that was taken in.
  var digest: Model.Digest {
    guard let digest = hasher.finalize().withUnsafeBytes({ Model.Digest(rawBytes: $0) }) else {
      preconditionFailure("SHA-256 gives 32 bytes")
    }
    return digest
  }
}
