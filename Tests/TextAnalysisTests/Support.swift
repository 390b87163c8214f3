// What the tests of the analysis share: words as strings, and a seeded generator.

@testable import TextAnalysis

extension WordStream {
  var exacts: [String] { words.indices.map { String(decoding: exact($0), as: UTF8.self) } }
  var foldeds: [String] { words.indices.map { String(decoding: folded($0), as: UTF8.self) } }
  var terms: [String] { words.indices.map { String(decoding: term($0), as: UTF8.self) } }
}

/// SplitMix64: the same numbers from the same seed everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
