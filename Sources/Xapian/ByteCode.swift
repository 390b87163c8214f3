// The alphabet of what crosses to the shim: numbers as LEB128, byte strings with their length before them.

/// A growing run of bytes that the shim decodes.
struct ByteCode: Sendable, Hashable {
  var bytes: [UInt8] = []

  mutating func append(command: Int) {
    bytes.append(UInt8(truncatingIfNeeded: command))
  }

  /// Appends a number, 7 bits a byte, low bits first.
  mutating func append(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func append(_ number: UInt32) {
    append(UInt64(number))
  }

  mutating func append(count: Int) {
    append(UInt64(clamping: count))
  }

  /// Appends a string: its length, then its bytes.
  mutating func append(string: some Collection<UInt8>) {
    append(count: string.count)
    bytes.append(contentsOf: string)
  }

  /// Appends a string put together from two parts.
  mutating func append(prefix: [UInt8], string: UnsafeBufferPointer<UInt8>) {
    append(count: prefix.count + string.count)
    bytes.append(contentsOf: prefix)
    bytes.append(contentsOf: string)
  }

  /// Appends the eight bytes of a floating-point number, little-endian.
  mutating func append(_ number: Double) {
    withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
