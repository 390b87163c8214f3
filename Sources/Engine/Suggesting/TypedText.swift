// What stands in a search box while somebody types: a word that is not finished, and what comes before it.
import TextAnalysis

struct TypedText {
  /// As typed, up to the last word.
  private(set) var head = ""
  /// The folded beginning of the last word; empty behind a blank.
  private(set) var lastKey: [UInt8] = []
  /// Whether the last word can be completed, or one be added.
  private(set) var isOpen = false
  /// Words before the last, without operators; those of a field's value if that is what is typed.
  private(set) var before: [Int] = []
  let words: WordStream
  /// The field of which a value is typed.
  private(set) var field: Field?
  /// The key of everything typed, or of the field's value.
  private(set) var key: [UInt8] = []
  /// Where each of the last words begins, with the key from there on: the whole first.
  private(set) var tails: [(start: Int, key: [UInt8])] = []
  private let bytes: [UInt8]

  /// Longest text that is looked at; of a longer one the end.
  private static let longest = 400
  /// Words of which an entry's name may be typed behind others.
  private static let mostTails = 4
  private static let operators: Set<String> = ["AND", "OR", "NOT", "NEAR", "ADJ"]

  init(_ q: String, analyzer: Analyzer, language: Language) {
    var bytes = Array(q.utf8)
    if bytes.count > Self.longest {
      var cut = bytes.count - Self.longest
      while cut < bytes.count, bytes[cut] & 0xC0 == 0x80 { cut += 1 }
      bytes.removeSubrange(..<cut)
    }
    self.bytes = bytes
    words = analyzer.analyze(bytes, language: language)
    let start = readField()
    var starts: [Int] = []
    for (i, word) in words.words.enumerated() where word.range.lowerBound >= start {
      if i == words.count - 1, word.range.upperBound == bytes.count {
        starts.append(word.range.lowerBound)
        // The last of a run of ideographs is half of a word that is typed already.
        isOpen = !word.flags.contains(.cjk) || i == 0 || words.words[i - 1].range.upperBound <= word.range.lowerBound
        lastKey = words.folded(i).filter { $0 != 0x27 }
        head = String(decoding: bytes[..<word.range.lowerBound], as: UTF8.self)
      } else if !Self.operators.contains(String(decoding: bytes[word.range], as: UTF8.self)) {
        starts.append(word.range.lowerBound)
        before.append(i)
      }
    }
    if lastKey.isEmpty {
      head = String(decoding: bytes, as: UTF8.self)
      isOpen = bytes.last.map { [0x20, 0x22, 0x28, 0x3A].contains($0) } ?? true
    }
    key = PhraseKey.of(text(from: start))
    tails = ([start] + starts.suffix(Self.mostTails).filter { $0 > starts.first ?? 0 }).map { ($0, PhraseKey.of(text(from: $0))) }
      .filter { !$0.1.isEmpty }
  }

  var isEmpty: Bool { key.isEmpty }

  /// What is typed before an offset.
  func text(before offset: Int) -> String { String(decoding: bytes[..<offset], as: UTF8.self) }

  private func text(from offset: Int) -> String { String(decoding: bytes[offset...], as: UTF8.self) }

  /// Notes the field of which a value is typed, and tells where the value begins; 0 where there is none.
  private mutating func readField() -> Int {
    var start = 0
    var isQuoted = false
    for (offset, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, byte == 0x20 || byte == UInt8(ascii: "(") { start = offset + 1 }
    }
    while start < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[start]) { start += 1 }
    guard let colon = bytes[start...].firstIndex(of: UInt8(ascii: ":")) else { return 0 }
    field = Field.named(String(decoding: bytes[start..<colon], as: UTF8.self))
    return field == nil ? 0 : colon + 1
  }
}
