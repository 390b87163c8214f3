// What is taken out of a paragraph that stays: citation markers, and the sentences at its end that speak to the reader.
import TextAnalysis

struct MarkerCut {
  /// The marker with the blank before it.
  var range: Range<Int>
  var marker: String
}

enum Cuts {
  /// Citation markers in a block: `[Data Ref]`, `[12]`, `[3, 4]`, `[citation needed]`, with the blank before each.
  static func markers(in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [MarkerCut] {
    var cuts: [MarkerCut] = []
    var i = range.lowerBound
    while i < range.upperBound {
      guard bytes[i] == 0x5B else {
        i += 1
        continue
      }
      let limit = min(range.upperBound, i + 60)
      var end = i + 1
      while end < limit, bytes[end] != 0x5D, bytes[end] != 0x5B, bytes[end] != 0x0A { end += 1 }
      guard end < limit, bytes[end] == 0x5D, i > range.lowerBound,
        // A link of Markdown has its words in brackets too.
        end + 1 >= range.upperBound || (bytes[end + 1] != 0x28 && bytes[end + 1] != 0x3A), isMarker(bytes, (i + 1)..<end)
      else {
        i += 1
        continue
      }
      var start = i
      while start > range.lowerBound, bytes[start - 1] == 0x20 { start -= 1 }
      if start > range.lowerBound {
        cuts.append(MarkerCut(range: start..<(end + 1), marker: String(decoding: bytes[i...end], as: UTF8.self)))
      }
      i = end + 1
    }
    return cuts
  }

  /// Whether the inside of brackets cites: numbers, or words that only speak of sources.
  private static func isMarker(_ bytes: UnsafeBufferPointer<UInt8>, _ inside: Range<Int>) -> Bool {
    guard !inside.isEmpty else { return false }
    if inside.allSatisfy({ (0x30...0x39).contains(bytes[$0]) || [0x20, 0x2C, 0x2D, 0x5E].contains(bytes[$0]) }) {
      return inside.count { (0x30...0x39).contains(bytes[$0]) } <= 12 && !isYear(bytes, inside)
    }
    let words = Names.lower(String(decoding: bytes[inside], as: UTF8.self)).split { !$0.isLetter }
    return !words.isEmpty && words.count <= 3 && words.allSatisfy { sourceWords.contains(String($0)) }
  }

  private static func isYear(_ bytes: UnsafeBufferPointer<UInt8>, _ inside: Range<Int>) -> Bool {
    inside.count == 4 && inside.allSatisfy { (0x30...0x39).contains(bytes[$0]) }
  }

  private static let sourceWords: Set<String> = [
    "data", "ref", "refs", "reference", "references", "citation", "citations", "cite", "cited", "source", "sources", "needed", "note",
    "footnote", "url", "link",
    "источник", "нужен", "не", "указан", "сноска", "джерело", "kaynak", "belirtilmeli", "mənbə", "göstərin", "منبع", "نیازمند", "المصدر",
    "مصدر", "աղբյուր", "წყარო", "quelle", "beleg", "réf",
  ]

  /// Where the sentences that call the reader to act begin, in the last paragraph of an article; nil when there are none.
  static func callToAction(in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
    guard range.count <= 20_000 else { return nil }
    let sentences = Sentences.split(UnsafeBufferPointer(rebasing: bytes[range]))
    var first = sentences.count
    while first > 1 {
      let sentence = sentences[first - 1]
      let text = Names.lower(
        String(decoding: bytes[(range.lowerBound + sentence.lowerBound)..<(range.lowerBound + sentence.upperBound)], as: UTF8.self))
      let calls = LabelWords.callToActionSet.occurs(in: text)
      let asks = first < sentences.count && asksReader(text)
      guard calls || asks else { break }
      first -= 1
    }
    guard first < sentences.count else { return nil }
    return range.lowerBound + sentences[first].lowerBound
  }

  private static func asksReader(_ lower: String) -> Bool {
    guard lower.contains("?") || lower.contains("؟") || lower.contains("՞") else { return false }
    return lower.split { !$0.isLetter }.contains { LabelWords.readerWords.contains(String($0)) }
  }
}
