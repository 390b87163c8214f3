import TestSupport
import Testing

@testable import Articles

/// What reads bytes where it could read characters, against plain models over strings and scalars.
@Suite("TextForms, Quotation, LabelLook, BlockStatistics")
struct TextFormsTests {
  static let seed: UInt64 = 20_200_927

  private static let pieces = [
    " ", "  ", "\n", "\t", "\u{A0}", "\u{2003}", "\u{3000}", "\u{FEFF}", "\u{85}", "\u{200B}", "a", "The", "the", "of", "AND", "lorem",
    "ipsum",
    "dolor", "word", "Iran", "İ", "I\u{307}", "ı", "ẞ", "Ⱥ", "\u{212A}", "ς", "Σ", "Ӂ", "Џ", "Ա", "ა", "Ა", "\u{301}", "\u{200D}", "é", "Ж",
    "文",
    "か", "ش", "१", "5", "2021", ":", "：", "\"", "“", "”", "„", "«", "»", "’", "(", ")", ".", "!", "?", ",", ";", "…", "—", "•", "- ", "🇦🇲",
    "\u{0}",
    "𐐀", "Ꭰ", "Ω", "ﬁ", "\r\n",
  ]

  private static func texts(_ count: Int, upTo length: Int = 30) -> [String] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in
      (0..<Int.random(in: 0...length, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }
  }

  @Test("Every character has the lower case of the standard library, without the dot of İ")
  func lowerOfAll() {
    var others: [UInt32] = []
    for value in UInt32(0)..<0x11_0000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(Character(scalar))
      let model = String(String.UnicodeScalarView(text.lowercased().unicodeScalars.filter { $0.value != 0x307 }))
      let lower = Array(text.utf8).withUnsafeBufferPointer { TextForms.lower($0) }
      if lower != Array(model.utf8) { others.append(value) }
    }
    #expect(others.isEmpty)
  }

  @Test("Lower case and single blanks of random texts are those of a model")
  func forms() {
    for text in Self.texts(4000) {
      let lower = String(String.UnicodeScalarView(text.lowercased().unicodeScalars.filter { $0.value != 0x307 }))
      #expect(Array(Names.lower(text).utf8) == Array(lower.utf8), "\(text.debugDescription)")
      let words = text.unicodeScalars.split { Scalars.isSpace($0.value) }.map { String(String.UnicodeScalarView($0)) }
      #expect(Array(Names.collapsed(text).utf8) == Array(words.joined(separator: " ").utf8), "\(text.debugDescription)")
    }
  }

  @Test("Quotations are those that a reader of characters finds, with what stands around them")
  func quotations() {
    for text in Self.texts(4000, upTo: 60) + [String(repeating: "a", count: 10) + "\"" + String(repeating: "é", count: 1500) + "\" b"] {
      let scalars = Array(text.unicodeScalars)
      let bytes = Array(text.utf8)
      func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
      let found = bytes.withUnsafeBufferPointer { bytes in
        Quotation.all(in: bytes).map { [string($0.inside), string($0.before(7, in: bytes)), string($0.after(5, in: bytes))] }
      }
      let model = Self.quotations(scalars).map { inside in
        [
          inside, max(0, inside.lowerBound - 8)..<inside.lowerBound - 1,
          inside.upperBound + 1..<min(scalars.count, inside.upperBound + 6),
        ].map { Names.string(scalars[$0]) }
      }
      #expect(found.map { $0.map { Array($0.utf8) } } == model.map { $0.map { Array($0.utf8) } }, "\(text.debugDescription)")
    }
  }

  /// By scalars: ranges between the marks.
  private static func quotations(_ text: [Unicode.Scalar]) -> [Range<Int>] {
    let closing: [Unicode.Scalar: [Unicode.Scalar]] = ["\"": ["\""], "“": ["”", "\""], "„": ["“", "”"], "«": ["»"]]
    var found: [Range<Int>] = []
    var at = 0
    while at < text.count {
      defer { at += 1 }
      guard let marks = closing[text[at]] else { continue }
      let open = at
      while at + 1 < text.count {
        at += 1
        if marks.contains(text[at]) { found.append(open + 1..<at) }
        if marks.contains(text[at]) || text[at] == "\n" || at - open > 1500 { break }
      }
    }
    return found
  }

  @Test("A look never denies a field's colon, pseudo-Latin or a link to another language")
  func looks() {
    for text in Self.texts(4000, upTo: 50) {
      let text = Names.collapsed(text)
      let lower = Array(Names.lower(text).utf8)
      if Names.withoutBullet(text).prefix(LabelLook.longestField).contains(where: { $0 == ":" || $0 == "：" }) {
        #expect(LabelLook.mayHaveField(Array(text.utf8)), "\(text.debugDescription)")
      }
      if Phrases.isLorem(Names.lower(text)) { #expect(LabelLook.mayBeLorem(lower), "\(text.debugDescription)") }
    }
    for start in LabelWords.alternateStarts { #expect(LabelLook.mayBeAlternate(Array(start.utf8))) }
    let long = String(repeating: "ա", count: 39) + " :"
    #expect(LabelLook.mayHaveField(Array(long.utf8)))
    #expect(!LabelLook.mayHaveField(Array(String(repeating: "’ab ", count: 12).utf8) + [0x3A]))
  }

  @Test("What a block's bytes count is what its characters count")
  func statistics() {
    for text in Self.texts(4000, upTo: 40) {
      let bytes = Array(text.utf8)
      let counted = bytes.withUnsafeBufferPointer { BlockStatistics($0, 0..<$0.count) }
      let scalars = Array(text.unicodeScalars)
      let shown = scalars.filter { !Scalars.isSpace($0.value) }
      let runs = scalars.split { Scalars.isSpace($0.value) }
      let letters = shown.filter { Scalars.isLetter($0.value) }
      let digits = shown.filter { Scalars.digit($0.value) != nil && !Scalars.isLetter($0.value) }
      let unspaced = letters.count { Scalars.isUnspaced($0.value) }
      let spaced = runs.filter {
        $0.contains { (Scalars.isLetter($0.value) && !Scalars.isUnspaced($0.value)) || Scalars.digit($0.value) != nil }
      }
      #expect(
        counted.marks == shown.count && counted.letters == letters.count && counted.digits == digits.count, "\(text.debugDescription)")
      #expect(counted.unspaced == unspaced && counted.words == spaced.count + (unspaced + 1) / 2, "\(text.debugDescription)")
      let small = spaced.count { run in
        let word = run.filter { Scalars.isLetter($0.value) || Scalars.digit($0.value) != nil }
        return ["the", "of", "and", "a"].contains(Names.string(word).lowercased())
      }
      #expect(counted.functionWords == small, "\(text.debugDescription)")
      #expect(counted.lastMark == shown.last { !Scalars.closes($0.value) }?.value ?? 0, "\(text.debugDescription)")
      #expect(counted.endsWithColon == (shown.last == ":" || shown.last == "："), "\(text.debugDescription)")
      #expect(counted.endsOpen == [",", ";", ":", "：", "،", "؛", "，", "、"].contains(shown.last), "\(text.debugDescription)")
      let head = shown.prefix(3).first { Scalars.isLetter($0.value) || Scalars.digit($0.value) != nil }
      #expect(
        counted.startsLower == (head.map { Scalars.isLetter($0.value) && $0.properties.isLowercase } ?? false), "\(text.debugDescription)")
    }
  }
}
