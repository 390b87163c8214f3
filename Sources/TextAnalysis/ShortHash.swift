// A hash of words, eight bytes at a time: words are short, and are looked up by the million.

package enum ShortHash {
  @inlinable
  package static func hash(_ bytes: UnsafePointer<UInt8>, _ count: Int, seed: UInt32) -> UInt32 {
    var hash = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: count)
    var offset = 0
    while offset + 8 <= count {
      hash = mix(hash ^ UnsafeRawPointer(bytes + offset).loadUnaligned(as: UInt64.self))
      offset += 8
    }
    return UInt32(truncatingIfNeeded: mix(hash ^ tail(bytes + offset, count - offset)) >> 32)
  }

  /// Up to seven bytes as a number, with two loads that overlap rather than a loop whose end nobody can foresee.
  @inlinable
  package static func tail(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    let raw = UnsafeRawPointer(bytes)
    if count >= 4 {
      return UInt64(raw.loadUnaligned(as: UInt32.self)) | UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)) << 32
    }
    guard count > 0 else { return 0 }
    return UInt64(bytes[0]) | UInt64(bytes[count >> 1]) << 8 | UInt64(bytes[count - 1]) << 16
  }

  @inlinable
  static func mix(_ value: UInt64) -> UInt64 {
    let product = value &* 0xD6E8_FEB8_6659_FD93
    return product ^ product >> 32
  }
}
