// Numbers of some bytes each that lie byte by byte: first the lowest of every number, then the next of every number. One is looked for among
// the lowest bytes, which nearly always tell it.
import Glibc

struct ByteColumns {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let count: Int
  private let width: Int

  /// - Parameters:
  ///   - bytes: `count * width` of them, lent for as long as this is used.
  ///   - count: how many numbers.
  ///   - width: bytes of each.
  init(_ bytes: UnsafeBufferPointer<UInt8>, count: Int, width: Int) {
    self.bytes = bytes
    self.count = count
    self.width = width
  }

  /// The index of the first that is a number, from an index on.
  func first(_ number: UInt64, from start: Int = 0) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    var from = start
    while from < count, let hit = memchr(base + from, Int32(number & 0xFF), count - from) {
      let at = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
      if (1..<width).allSatisfy({ base[$0 * count + at] == UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }) { return at }
      from = at + 1
    }
    return nil
  }
}

extension ByteWriter {
  /// Writes numbers as `ByteColumns` has them.
  @inline(__always)
  mutating func columns<Number: FixedWidthInteger>(_ numbers: [Number], width: Int) {
    for byte in 0..<width { for number in numbers { self.byte(UInt8(truncatingIfNeeded: number >> Number(8 * byte))) } }
  }
}
