// Where a text may be cut.

import Testing

@testable import TextAnalysis

@Suite struct BoundariesTests {
  @Test(arguments: [
    "plain text", "e\u{301}galite\u{301}", "İran’ın", "ایران می\u{200C}شود", "हिन्दी क़लम", "한국 \u{1112}\u{1161}\u{11AB}", "👩‍👩‍👧 👍🏽 🇦🇿🇮🇷🇦🇲",
    "a\r\nb", "ไทย", "ガ\u{3099}", "❤️ x",
  ])
  func aCutIsSafeWhereCharactersOfAStringMeet(_ text: String) {
    var expected: Set<Int> = [0]
    var offset = 0
    for character in text {
      offset += character.utf8.count
      expected.insert(offset)
    }
    let bytes = Array(text.utf8)
    let found = Set((0...bytes.count).filter { Boundaries.isBoundary(bytes, at: $0) })
    // A cut may be refused where Unicode allows one, never the other way round.
    #expect(found.isSubset(of: expected))
    #expect(found.contains(0) && found.contains(bytes.count))
  }

  @Test func theNearestCutsAreFound() {
    let bytes = Array("ae\u{301}b".utf8)
    #expect((0...bytes.count).map { Boundaries.floor(bytes, $0) } == [0, 1, 1, 1, 4, 5])
    #expect((0...bytes.count).map { Boundaries.ceil(bytes, $0) } == [0, 1, 4, 4, 4, 5])
    #expect(Boundaries.floor(bytes, 99) == 5)
    #expect(Boundaries.ceil(bytes, -3) == 0)
  }
}
