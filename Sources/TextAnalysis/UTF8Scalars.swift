// UTF-8 by hand: decoding at an offset, encoding with a limit. Bytes that are not UTF-8 decode as U+FFFD, one by one.

/// A half-open view of text bytes that decodes scalars where it is asked to.
struct TextBytes {
  let base: UnsafePointer<UInt8>
  let count: Int

  @inline(__always) subscript(_ offset: Int) -> UInt8 { base[offset] }

  /// The scalar at an offset inside the text and its length in bytes; (U+FFFD, 1) for what is not UTF-8.
  @inline(__always) func decode(_ offset: Int) -> (scalar: UInt32, length: Int) {
    let first = base[offset]
    if first < 0x80 { return (UInt32(first), 1) }
    return decodeLong(offset, first)
  }

  private func decodeLong(_ offset: Int, _ first: UInt8) -> (scalar: UInt32, length: Int) {
    let left = count - offset
    if first >= 0xC2, first < 0xE0 {
      guard left >= 2, isTail(offset + 1) else { return (0xFFFD, 1) }
      return (UInt32(first & 0x1F) << 6 | tail(offset + 1), 2)
    }
    if first >= 0xE0, first < 0xF0 {
      guard left >= 3, isTail(offset + 1), isTail(offset + 2) else { return (0xFFFD, 1) }
      let scalar = UInt32(first & 0x0F) << 12 | tail(offset + 1) << 6 | tail(offset + 2)
      guard scalar >= 0x800, scalar < 0xD800 || scalar > 0xDFFF else { return (0xFFFD, 1) }
      return (scalar, 3)
    }
    if first >= 0xF0, first < 0xF5 {
      guard left >= 4, isTail(offset + 1), isTail(offset + 2), isTail(offset + 3) else { return (0xFFFD, 1) }
      let high = UInt32(first & 0x07) << 18 | tail(offset + 1) << 12
      let scalar = high | tail(offset + 2) << 6 | tail(offset + 3)
      guard scalar >= 0x1_0000, scalar < 0x11_0000 else { return (0xFFFD, 1) }
      return (scalar, 4)
    }
    return (0xFFFD, 1)
  }

  /// Where the scalar before an offset starts.
  func previous(_ offset: Int) -> Int {
    var start = offset - 1
    while start > 0, offset - start < 4, base[start] & 0xC0 == 0x80 { start -= 1 }
    return start + decode(start).length == offset ? start : offset - 1
  }

  @inline(__always) private func isTail(_ offset: Int) -> Bool { base[offset] & 0xC0 == 0x80 }
  @inline(__always) private func tail(_ offset: Int) -> UInt32 { UInt32(base[offset] & 0x3F) }
}

/// The bytes that a scalar takes in UTF-8.
@inline(__always) func utf8Length(_ scalar: UInt32) -> Int {
  scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x1_0000 ? 3 : 4
}

extension [UInt8] {
  /// Appends a scalar in UTF-8.
  mutating func append(scalar: UInt32) {
    switch utf8Length(scalar) {
    case 1: append(UInt8(truncatingIfNeeded: scalar))
    case 2:
      append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
      append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    case 3:
      append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
      append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
      append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    default:
      append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
      append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
      append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
      append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    }
  }

  /// Appends scalars in UTF-8 until the next one would go beyond `limit` bytes.
  mutating func append(scalars: [UInt32], limit: Int) {
    let end = count + limit
    for scalar in scalars {
      guard count + utf8Length(scalar) <= end else { return }
      append(scalar: scalar)
    }
  }
}
