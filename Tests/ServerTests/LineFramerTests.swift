import TestSupport
import Testing

@testable import Server

@Suite struct LineFramerTests {
  /// The stream, and the frames it holds under a limit of 8 bytes, the stream ended and not ended.
  static let table: [(String, [String], [String])] = [
    ("", [], []),
    ("a\n", ["a"], ["a"]),
    ("a\nbc\n", ["a", "bc"], ["a", "bc"]),
    ("a\r\nb\r\n", ["a", "b"], ["a", "b"]),
    ("\n\r\n \t\na\n\n", ["a"], ["a"]),
    ("a", [], ["a"]),
    ("a\nhalf", ["a"], ["a", "half"]),
    ("12345678\n", ["12345678"], ["12345678"]),
    ("12345678\r\n", ["12345678"], ["12345678"]),
    ("123456789\n", ["OVERLONG"], ["OVERLONG"]),
    ("123456789", [], ["OVERLONG"]),
    ("1234567890", ["OVERLONG"], ["OVERLONG"]),
    ("a\n1234567890\nb\n", ["a", "OVERLONG"], ["a", "OVERLONG"]),
    ("a\u{0}b\n", ["a\u{0}b"], ["a\u{0}b"]),
    ("ə\nç", ["ə"], ["ə", "ç"]),
  ]

  @Test(arguments: table)
  func `a stream is cut at its line ends`(stream: String, open: [String], ended: [String]) {
    #expect(frames(Array(stream.utf8), cuts: [], end: false) == open)
    #expect(frames(Array(stream.utf8), cuts: [], end: true) == ended)
  }

  @Test(arguments: table)
  func `the cut does not depend on how the bytes arrive`(stream: String, open: [String], ended: [String]) {
    let bytes = Array(stream.utf8)
    #expect(frames(bytes, cuts: Array(bytes.indices), end: false) == open)
    #expect(frames(bytes, cuts: Array(bytes.indices), end: true) == ended)
  }

  @Test(arguments: 1...40)
  func `random streams in random pieces give the same frames`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let alphabet = Array("ab \r\n\n\u{ff}".utf8)
    let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }
    let whole = frames(bytes, cuts: [], end: true)
    for _ in 0..<20 {
      let cuts = bytes.indices.filter { _ in Bool.random(using: &random) }
      #expect(frames(bytes, cuts: cuts, end: true) == whole, "seed \(seed)")
    }
  }

  @Test func `nothing comes after an overlong line`() {
    var framer = LineFramer(maxLine: 2)
    var given: [Frame] = []
    for piece in ["abcdef", "\n", "a\n"] { Array(piece.utf8).withUnsafeBytes { framer.feed($0) { given.append($0) } } }
    framer.finish { given.append($0) }
    #expect(given == [.overlong])
  }

  private func frames(_ bytes: [UInt8], cuts: [Int], end: Bool) -> [String] {
    var framer = LineFramer(maxLine: 8)
    var given: [String] = []
    func give(_ frame: Frame) {
      switch frame {
      case .line(let line): given.append(String(decoding: line, as: UTF8.self))
      case .overlong: given.append("OVERLONG")
      }
    }
    var start = 0
    for cut in cuts + [bytes.count] {
      Array(bytes[start..<cut]).withUnsafeBytes { framer.feed($0, give) }
      start = cut
    }
    if end { framer.finish(give) }
    return given
  }
}
