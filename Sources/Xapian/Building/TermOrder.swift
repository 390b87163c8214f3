// The order of terms, by their bytes.
import Glibc

enum TermOrder {
  /// The first eight bytes as one number, so that most comparisons are of numbers.
  @inline(__always)
  static func head(_ term: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var head: UInt64 = 0
    for index in 0..<min(8, term.count) { head |= UInt64(term[index]) << UInt64(56 - 8 * index) }
    return head
  }

  /// Whether a term comes before another.
  static func isBefore(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    let common = min(left.count, right.count)
    if common > 0, let left = left.baseAddress, let right = right.baseAddress {
      let order = memcmp(left, right, common)
      if order != 0 { return order < 0 }
    }
    return left.count < right.count
  }

  static func isBefore(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.withUnsafeBufferPointer { left in right.withUnsafeBufferPointer { isBefore(left, $0) } }
  }

  /// Whether a term comes before another, of which the heads are known.
  @inline(__always)
  static func isBefore(
    _ left: (head: UInt64, term: UnsafeBufferPointer<UInt8>), _ right: (head: UInt64, term: UnsafeBufferPointer<UInt8>)
  ) -> Bool {
    left.head != right.head ? left.head < right.head : isBefore(left.term, right.term)
  }
}
