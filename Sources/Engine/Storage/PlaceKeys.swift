// A few bits of the hashes of some terms, by which these are told from each other.

/// The bits of hashes that tell terms from each other, under a seed.
enum PlaceKeys {
  /// - Parameter width: bytes.
  static func key(_ hash: UInt64, _ seed: UInt8, _ width: Int) -> UInt64 {
    (hash &* (0x9E37_79B9_7F4A_7C15 &* (2 &* UInt64(seed) &+ 1))) >> UInt64(64 - 8 * width)
  }

  static func areApart(_ keys: [UInt64]) -> Bool {
    let sorted = keys.sorted()
    return zip(sorted, sorted.dropFirst()).allSatisfy { $0 != $1 }
  }
}

/// Finds keys for the terms of a group, and keeps its memory from one to the next.
struct PlaceKeyChooser {
  private(set) var keys: [UInt64] = []
  /// A bit for each key of two bytes; none is set between two groups.
  private var seen = [UInt64](repeating: 0, count: 1 << 10)

  /// The narrowest keys, and a seed, that tell terms from each other.
  mutating func choose(_ hashes: [UInt64]) -> (width: Int, seed: UInt8) {
    // Two bytes tell some five hundred terms apart under one seed in seven, three some eight thousand, four a hundred thousand.
    for (width, most) in [(2, 512), (3, 8 << 10), (4, 128 << 10)] where hashes.count <= most {
      for seed in UInt8(0)...255 {
        keys.removeAll(keepingCapacity: true)
        for hash in hashes { keys.append(PlaceKeys.key(hash, seed, width)) }
        if width == 2 ? areApartInTwoBytes() : PlaceKeys.areApart(keys) { return (width, seed) }
      }
    }
    keys = hashes.map { PlaceKeys.key($0, 0, 8) }
    return (8, 0)
  }

  private mutating func areApartInTwoBytes() -> Bool {
    var number = 0
    while number < keys.count {
      let (word, bit) = (Int(keys[number] >> 6), UInt64(1) << (keys[number] & 63))
      if seen[word] & bit != 0 { break }
      seen[word] |= bit
      number += 1
    }
    for key in keys[..<number] { seen[Int(key >> 6)] = 0 }
    return number == keys.count
  }
}
