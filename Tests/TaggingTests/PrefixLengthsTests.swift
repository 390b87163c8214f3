import Testing

@testable import Tagging

@Suite struct PrefixLengthsTests {
  private func lengths(_ all: PrefixLengths, of word: String) -> UInt64 { Array(word.utf8).withUnsafeBufferPointer { all.of($0) } }

  /// A word that begins with a prefix is told its length, however short both are; most others are told of none.
  @Test func everyPrefixOfAWordIsAmongItsLengths() {
    var lengths = PrefixLengths()
    let prefixes = ["sanction", "sanct", "oil", "x", "за", "газ", "газопров", "énerg", String(repeating: "a", count: 63)]
    for prefix in prefixes { lengths.add(Array(prefix.utf8)) }
    for prefix in prefixes {
      for ending in ["", "s", "ing", "ов", "文"] {
        #expect(self.lengths(lengths, of: prefix + ending) >> UInt64(prefix.utf8.count) & 1 == 1, "\(prefix)\(ending)")
      }
    }
    #expect(self.lengths(lengths, of: "") == 0)
    #expect(self.lengths(lengths, of: "oi") == 0)
    let letters = Array("abcdefghijklmnopqrstuvw")
    var told = 0
    for first in letters {
      for second in letters { for third in letters where self.lengths(lengths, of: "\(first)\(second)\(third)") != 0 { told += 1 } }
    }
    #expect(told < letters.count * letters.count * letters.count / 50)
  }
}
