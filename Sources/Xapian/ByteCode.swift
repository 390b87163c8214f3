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

/// A command on its way into a run of bytes: put together on the stack, so that the run grows once for it.
struct CommandBytes {
  /// Of the strings and of the numbers that one takes: a term as long as any, and an occurrence or two.
  static let longestString = 256
  static let mostNumbers = 8
  static let capacity = 1 + longestString + (mostNumbers + 3) * 10

  private let room: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  /// - Parameter room: `capacity` bytes.
  init(_ room: UnsafeMutableBufferPointer<UInt8>, command: Int) {
    self.room = room
    append(UInt8(truncatingIfNeeded: command))
  }

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: room[..<count]) }

  @inline(__always)
  private mutating func append(_ byte: UInt8) {
    room[count] = byte
    count += 1
  }

  @inline(__always)
  mutating func append(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }

  @inline(__always)
  mutating func append(prefix: [UInt8], string: UnsafeBufferPointer<UInt8>) {
    append(UInt64(prefix.count + string.count))
    for byte in prefix { append(byte) }
    guard let from = string.baseAddress, let to = room.baseAddress else { return }
    (to + count).update(from: from, count: string.count)
    count += string.count
  }
}
