// What a title, a name and a typed beginning are compared by: folded, words parted by one blank, nothing else between them.
import TextAnalysis

enum PhraseKey {
  /// `"U.S.–Iran" talks` gives `us iran talks`.
  /// - Parameter longest: bytes after which the key is cut, between two letters.
  static func of(_ text: some StringProtocol, longest: Int = .max) -> [UInt8] {
    let folded = Fold.folded(text)
    var key: [UInt8] = []
    key.reserveCapacity(min(folded.count, longest))
    var parts = false
    var at = 0
    folded.withUnsafeBufferPointer { folded in
      while at < folded.count {
        let (scalar, length) = FormList.decode(folded, at, folded.count)
        defer { at += length }
        switch scalar {
        case 0x27, 0x2E, 0x2019, 0x200C, 0x200D: continue  // apostrophes, the full stops of U.S., joiners
        case 0x30...0x39, 0x61...0x7A: break
        case 0..<0x80, 0xA0...0xBF, 0x2000...0x206F, 0x3000...0x3003, 0x3008...0x3011, 0x60C, 0x61B, 0x61F, 0x66A...0x66D, 0x6D4,
          0x55A...0x55F,
          0x589, 0x58A, 0xFF01...0xFF0F:
          parts = !key.isEmpty
          continue
        default: break
        }
        guard key.count + (parts ? 1 : 0) + length <= longest else { return }
        if parts { key.append(0x20) }
        parts = false
        key.append(contentsOf: folded[at..<(at + length)])
      }
    }
    return key
  }

  /// Where the words of a key begin.
  static func wordStarts(_ key: some RandomAccessCollection<UInt8>) -> [Int] {
    guard !key.isEmpty else { return [] }
    return [0] + key.enumerated().filter { $0.element == 0x20 }.map { $0.offset + 1 }
  }
}
