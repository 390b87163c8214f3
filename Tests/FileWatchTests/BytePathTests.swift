import FileWatch
import TestSupport
import Testing

@Suite struct BytePathTests {
  @Test(arguments: [
    ("plain.txt", Array("plain.txt".utf8)),
    ("Тегеран.md", Array("Тегеран.md".utf8)),
    ("a\\xFFb", [97, 0xFF, 98]),
    ("\\x5Cx41", Array("\\x41".utf8)),
    ("back\\slash", Array("back\\slash".utf8)),
    ("two\nlines", Array("two\nlines".utf8)),
    ("\\xC3", [0xC3]),
    ("\\xED\\xA0\\x80", [0xED, 0xA0, 0x80]),
  ])
  func keyStandsForTheseBytesAlone(key: String, bytes: [UInt8]) {
    #expect(BytePath(bytes: bytes).key == key)
    #expect(BytePath(key: key).bytes == bytes)
  }

  @Test func anyBytesSurviveTheKey() {
    let seed = UInt64.random(in: .min ... .max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<2000 {
      let alphabet: [UInt8] = [92, 120, 52, 49, 70, 0xFF, 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 10, 97]
      let bytes = (0..<Int.random(in: 1...12, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
      #expect(BytePath(key: BytePath(bytes: bytes).key).bytes == bytes, "seed \(seed)")
    }
  }

  @Test func printableHidesControlCharacters() {
    #expect(BytePath("a\nb\u{1B}").printable == "a\\x0Ab\\x1B")
  }

  @Test func aPathIsUnderItsFoldersOnly() {
    #expect(BytePath("a/b").isUnder(BytePath("a")))
    #expect(BytePath("a").isUnder(.root))
    #expect(!BytePath("ab/c").isUnder(BytePath("a")))
    #expect(!BytePath("a").isUnder(BytePath("a")))
    #expect(BytePath("a/b/c").parent == BytePath("a/b"))
    #expect(BytePath("a").parent == .root)
    #expect(BytePath.root.parent == nil)
  }
}
