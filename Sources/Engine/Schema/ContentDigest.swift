// A hash by which the content of an article is compared with what it was: eight bytes at a time, since all of it goes through it.

/// Over 64 bits: each eight bytes are multiplied in, and what they move to the upper bits is brought down again. Little-endian, so that it
/// is the same on every machine.
struct ContentDigest {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { add($0) } }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var state = state
    var at = 0
    while at + 8 <= bytes.count {
      state = Self.step(state, UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
      at += 8
    }
    var rest: UInt64 = 0
    while at < bytes.count {
      rest = rest << 8 | UInt64(bytes[at])
      at += 1
    }
    // The length tells ("ab", "c") from ("a", "bc"), and a rest from zeros.
    self.state = Self.step(Self.step(state, rest), UInt64(bytes.count))
  }

  @inline(__always)
  private static func step(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let mixed = (state ^ word) &* 0x9FB2_1C65_1E98_DF25
    return mixed ^ (mixed >> 32)
  }

  var value: UInt64 {
    var mixed = state ^ (state >> 33)
    mixed = mixed &* 0xFF51_AFD7_ED55_8CCD
    return mixed ^ (mixed >> 33)
  }
}
