/// A set of words of at most eight ASCII letters, each looked up as one number: quick enough to ask for every word of a text.
package struct ShortWords: Sendable {
  /// The words by their hash, each in the first free place from its own on; 0 is free.
  private var table: [UInt64]
  private let shift: UInt64

  /// - Parameter words: in lower case, with blanks or line ends between them.
  package init(_ words: String) {
    let keys = words.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { $0.utf8.reduce(UInt64(0)) { Self.key($0, $1) } }
    var bits: UInt64 = 4
    while 1 << bits < keys.count * 3 { bits += 1 }
    shift = 64 - bits
    table = [UInt64](repeating: 0, count: 1 << bits)
    for key in keys {
      var slot = slot(key)
      while table[slot] != 0, table[slot] != key { slot = (slot + 1) & (table.count - 1) }
      table[slot] = key
    }
  }

  /// The number of the letters so far and one more; that of no letters is 0.
  @inline(__always)
  package static func key(_ key: UInt64, _ letter: UInt8) -> UInt64 { key << 8 | UInt64(letter) }

  /// - Parameter key: of at most eight letters in lower case.
  package func contains(_ key: UInt64) -> Bool {
    var slot = slot(key)
    while table[slot] != 0 {
      if table[slot] == key { return true }
      slot = (slot + 1) & (table.count - 1)
    }
    return false
  }

  @inline(__always)
  private func slot(_ key: UInt64) -> Int { Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift) }
}
