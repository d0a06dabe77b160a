/// One hash for all that spreads or tells apart content; the same on every machine and in every process.
public enum Hash {
  /// Spreads a code over all 64 bits (the finalizer of SplitMix64; Steele, Lea & Flood, OOPSLA 2014).
  @inlinable public static func mix(_ code: UInt64) -> UInt64 {
    var x = code
    x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
    x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
    return x ^ (x >> 31)
  }

  /// Appends a part to a code.
  @inlinable public static func combine(_ code: UInt64, _ part: UInt64) -> UInt64 {
    mix(code &* 0x9E37_79B9_7F4A_7C15 &+ part &+ 1)
  }

  /// FNV-1a (Fowler, Noll & Vo) with `mix` at its end. Equal bytes of another `kind` have another hash.
  @inlinable public static func bytes(_ bytes: some Sequence<UInt8>, kind: UInt64 = 0) -> UInt64 {
    var hash = noBytes ^ kind
    for byte in bytes { append(byte, to: &hash) }
    return mix(hash)
  }

  /// FNV-1a of no bytes.
  @inlinable public static var noBytes: UInt64 { 0xCBF2_9CE4_8422_2325 }

  /// Makes FNV-1a of some bytes that of one more.
  @inlinable public static func append(_ byte: UInt8, to hash: inout UInt64) {
    hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }
}
