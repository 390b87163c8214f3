// Keys of whole strings.

import Testing

@testable import TextAnalysis

@Suite struct FoldTests {
  @Test(arguments: [
    ("  Heinrich   Boell\tStiftung ", "heinrich boell stiftung"), ("Sana’a", "sana'a"), ("İran", "iran"), ("I\u{307}ran", "iran"),
    ("ıĞŞ", "igs"), ("ÅÉØ", "aeo"), ("Müharibəsi", "muharibesi"), ("ﷲ", "الله"), ("ایران", "ايران"), ("إيران", "ايران"),
    ("ＡＢＣ１２", "abc12"), ("ﾊﾟﾝ", "パン"), ("Ё", "е"), ("Й", "й"), ("", ""), ("\u{A0}a\u{2028}b\u{3000}", "a b"), ("½", "1⁄2"),
    ("ԱՄՆ", "ամն"), ("Ⅷ", "viii"), ("٢٠٢٣", "2023"), ("Ꭰ", "ꭰ"), ("한\u{AD}국", "한국"), ("\u{1112}\u{1161}\u{11AB}", "한"),
  ])
  func aStringHasThisKey(_ text: String, _ key: String) {
    #expect(Fold.key(text) == key)
  }

  @Test func foldingAgainChangesNothing() {
    for scalar in (0..<0x11_0000).compactMap({ Unicode.Scalar(UInt32($0)) }) where scalar.value % 7 == 3 || scalar.value < 0x2000 {
      let once = Fold.folded("a\(scalar)b")
      #expect(Fold.folded(bytes: once) == once, "U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test func bytesThatAreNotUTF8DoNotBreakIt() {
    #expect(Fold.folded(bytes: [0x41, 0xFF, 0xC3, 0x42]) == Array("a\u{FFFD}\u{FFFD}b".utf8))
  }
}
