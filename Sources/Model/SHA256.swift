import CCrypto

/// SHA-256 (FIPS 180-4) of what comes in pieces.
package struct SHA256 {
  private var state = SHA256_CTX()

  package init() { SHA256_Init(&state) }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    SHA256_Update(&state, bytes.baseAddress, bytes.count)
  }

  package mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

  /// Of all that was taken in.
  package var digest: Digest {
    var state = state
    return withUnsafeTemporaryAllocation(byteCount: Digest.byteCount, alignment: 8) { bytes in
      SHA256_Final(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), &state)
      guard let digest = Digest(rawBytes: UnsafeRawBufferPointer(bytes)) else {
        preconditionFailure("SHA-256 gives 32 bytes")
      }
      return digest
    }
  }

  package static func digest(of bytes: UnsafeRawBufferPointer) -> Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.digest
  }
}
