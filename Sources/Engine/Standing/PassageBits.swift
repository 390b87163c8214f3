// Which of a few passages: one bit each.

struct PassageBits: Sendable, Equatable {
  /// Passages that there is room for.
  static let capacity = 256

  private var words: SIMD4<UInt64>

  init() { words = .zero }

  private init(_ words: SIMD4<UInt64>) { self.words = words }

  /// The first so many.
  init(first count: Int) {
    words = .zero
    for index in 0..<min(count, Self.capacity) { insert(index) }
  }

  var isEmpty: Bool { words == .zero }

  func contains(_ index: Int) -> Bool { words[index >> 6] & 1 << UInt64(index & 63) != 0 }
  mutating func insert(_ index: Int) { words[index >> 6] |= 1 << UInt64(index & 63) }
  mutating func remove(_ index: Int) { words[index >> 6] &= ~(1 << UInt64(index & 63)) }

  static func & (a: PassageBits, b: PassageBits) -> PassageBits { PassageBits(a.words & b.words) }
  static func | (a: PassageBits, b: PassageBits) -> PassageBits { PassageBits(a.words | b.words) }
  func subtracting(_ other: PassageBits) -> PassageBits { PassageBits(words & ~other.words) }

  /// Calls `body` with each passage, ascending.
  func forEach(_ body: (Int) throws -> Void) rethrows {
    for word in 0..<4 {
      var left = words[word]
      while left != 0 {
        try body(word * 64 + left.trailingZeroBitCount)
        left &= left - 1
      }
    }
  }

  func filter(_ isWanted: (Int) throws -> Bool) rethrows -> PassageBits {
    var kept = self
    try forEach { if try !isWanted($0) { kept.remove($0) } }
    return kept
  }
}
