// What tells one set of terms from another, without their order: it follows a change of some of them without the others.

public struct TermDigest: Sendable, Equatable {
  public private(set) var value: UInt32

  /// That of no terms.
  public init(value: UInt32 = 0) { self.value = value }

  public mutating func add(_ term: UnsafeBufferPointer<UInt8>, wdf: UInt32) { value &+= Self.digest(term, wdf) }

  public mutating func add(_ term: [UInt8], wdf: UInt32) { term.withUnsafeBufferPointer { add($0, wdf: wdf) } }

  /// Takes out a term that was added with that wdf.
  public mutating func remove(_ term: [UInt8], wdf: UInt32) { value &-= term.withUnsafeBufferPointer { Self.digest($0, wdf) } }

  private static func digest(_ term: UnsafeBufferPointer<UInt8>, _ wdf: UInt32) -> UInt32 {
    mixed(UInt64(hash(term)) << 32 | UInt64(wdf))
  }

  /// Takes eight bytes at a time, each by a multiplication of which both halves are kept. Digests are stored: it may never be another.
  static func hash(_ term: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let raw = UnsafeRawBufferPointer(term)
    var hash = UInt64(term.count) &* 0x9E37_79B9_7F4A_7C15
    var at = 0
    while at < raw.count {
      var word: UInt64 = 0
      if at + 8 <= raw.count {
        word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      } else {
        for index in at..<raw.count { word = word << 8 | UInt64(raw[index]) }
      }
      let product = (hash ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
      hash = product.high ^ product.low
      at += 8
    }
    return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
  }

  private static func mixed(_ number: UInt64) -> UInt32 {
    let product = (number ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
    let hash = product.high ^ product.low
    return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
  }
}
