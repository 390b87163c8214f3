// An article as it is stored, whole: its head, its text and its passages, one behind the other. It is read back to be shown, and to be
// tagged again without reading its file.
//
// The bytes are: the head with its length before it; the text with its length before it; what was left out of the text, likewise; how
// many passages there are, for each its length and that of its places, and each passage followed by its places.
import Articles
import TextAnalysis

struct StoredArticle: Sendable {
  var record: ArticleRecord
  var text: ArticleText
  /// In reading order.
  var passages: [PassageRecord]
  /// By passage: its `PassagePlaces`, encoded.
  var places: [[UInt8]]

  init(record: ArticleRecord, text: ArticleText, passages: [PassageRecord], places: [[UInt8]]) {
    self.record = record
    self.text = text
    self.passages = passages
    self.places = places
  }

  func encoded() -> [UInt8] {
    var out = ByteWriter()
    var part = ByteWriter()
    record.encode(into: &part)
    out.data(part.bytes)
    out.data(text.text)
    part = ByteWriter()
    ArticleText.encode(text.removed, into: &part)
    out.data(part.bytes)
    part = ByteWriter()
    out.number(passages.count)
    for (passage, places) in zip(passages, places) {
      let start = part.bytes.count
      passage.encode(into: &part, article: text.text)
      out.number(part.bytes.count - start)
      out.number(places.count)
      part.append(places)
    }
    out.append(part.bytes)
    return out.bytes
  }

  /// - Returns: nil where the bytes are not those of an article.
  init?(_ bytes: ArticleBytes, withPlaces: Bool = true) {
    guard let record = bytes.record else { return nil }
    self.record = record
    text = ArticleText(text: Array(bytes.text), removed: bytes.removed)
    passages = []
    places = []
    passages.reserveCapacity(bytes.passageCount)
    for number in 1..<(bytes.passageCount + 1) {
      guard let passage = bytes.passage(number, of: record.id) else { return nil }
      passages.append(passage)
      guard withPlaces else { continue }
      guard let own = bytes.places(number) else { return nil }
      places.append(Array(own))
    }
  }

  /// The article as extraction made it, without what tagging added.
  var article: Article {
    Article(
      key: record.key, kind: record.kind, text: text.text, title: record.title, date: record.date.flatMap { ArticleDate(iso: $0) },
      authors: record.authors, publisher: record.publisher, publisherShort: record.publisherShort, url: record.url,
      language: Language(rawValue: record.language), keywords: record.keywords,
      passages: passages.map {
        Passage(
          heading: $0.heading, start: $0.start, end: $0.end, line: $0.line, language: Language(rawValue: $0.language), text: $0.text,
          offsets: $0.offsets)
      },
      removed: text.removed.map {
        RemovedSpan(start: $0.start, end: $0.end, line: 0, label: $0.label, reason: $0.reason, excerpt: $0.excerpt)
      },
      quality: record.quality)
  }
}

/// The bytes of a stored article where they lie, of which a part can be read without the rest. Good as long as they are lent.
struct ArticleBytes {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let head: Range<Int>
  private let textRange: Range<Int>
  private let removedRange: Range<Int>
  let passageCount: Int
  /// Where the lengths of the passages stand.
  private let lengths: Int

  /// - Returns: nil where the bytes are not those of an article.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var input = ByteCursor(bytes)
    head = input.range()
    textRange = input.range()
    removedRange = input.range()
    passageCount = input.number()
    lengths = input.at
    guard !input.failed, passageCount >= 0, passageCount <= bytes.count - lengths else { return nil }
    self.bytes = bytes
  }

  var all: [UInt8] { Array(bytes) }

  var text: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[textRange]) }

  var record: ArticleRecord? {
    var input = cursor(head)
    return ArticleRecord(&input)
  }

  var id: String {
    var input = cursor(head)
    return input.string()
  }

  var removed: [ArticleText.Removed] {
    var input = cursor(removedRange)
    return ArticleText.removed(&input)
  }

  /// - Parameters:
  ///   - number: from 1.
  ///   - article: its id.
  func passage(_ number: Int, of article: String) -> PassageRecord? {
    guard let range = ranges(number)?.passage else { return nil }
    var input = cursor(range)
    return PassageRecord(&input, article: article, text: text)
  }

  /// The language and the text of a passage, without the rest of it.
  func passageText(_ number: Int) -> (language: Language, heading: String?, text: [UInt8])? {
    guard let range = ranges(number)?.passage else { return nil }
    var input = cursor(range)
    return PassageRecord.text(&input, of: text)
  }

  /// The places of a passage's terms, encoded.
  func places(_ number: Int) -> UnsafeBufferPointer<UInt8>? {
    ranges(number).map { UnsafeBufferPointer(rebasing: bytes[$0.places]) }
  }

  /// The article under another head, with some of its passages and their places in the place of what it has.
  /// - Parameter replaced: given the index of a passage and its places, those that are not as they are here.
  func encoded(
    _ record: ArticleRecord, replacing replaced: (Int, _ places: UnsafeBufferPointer<UInt8>) -> (passage: PassageRecord, places: [UInt8])?
  ) -> [UInt8]? {
    var lengths = cursor(self.lengths..<bytes.count)
    var own: [(passage: Int, places: Int)] = []
    for _ in 0..<passageCount { own.append((lengths.number(), lengths.number())) }
    var at = self.lengths + lengths.at
    let text = Array(self.text)
    var head = ByteWriter()
    var (table, passages) = (ByteWriter(), ByteWriter())
    passages.reserve(bytes.count - at + 256)
    for (index, length) in own.enumerated() {
      guard length.passage >= 0, length.places >= 0, length.passage <= bytes.count - at, length.places <= bytes.count - at - length.passage
      else { return nil }
      let old = UnsafeBufferPointer(rebasing: bytes[at + length.passage..<at + length.passage + length.places])
      if let (passage, places) = replaced(index, old) {
        let start = passages.bytes.count
        passage.encode(into: &passages, article: text)
        table.number(passages.bytes.count - start)
        table.number(places.count)
        passages.append(places)
      } else {
        table.number(length.passage)
        table.number(length.places)
        passages.append(UnsafeBufferPointer(rebasing: bytes[at..<at + length.passage + length.places]))
      }
      at += length.passage + length.places
    }
    record.encode(into: &head)
    var out = ByteWriter()
    out.reserve(bytes.count + 512)
    out.data(head.bytes)
    out.append(UnsafeBufferPointer(rebasing: bytes[self.head.upperBound..<self.lengths]))
    out.append(table.bytes)
    out.append(passages.bytes)
    return lengths.failed ? nil : out.bytes
  }

  private func ranges(_ number: Int) -> (passage: Range<Int>, places: Range<Int>)? {
    guard number >= 1, number <= passageCount else { return nil }
    var input = cursor(lengths..<bytes.count)
    var start = 0
    var found = (length: 0, places: 0)
    for place in 1...passageCount {
      let next = (length: input.number(), places: input.number())
      guard next.length >= 0, next.places >= 0, next.length <= bytes.count, next.places <= bytes.count else { return nil }
      if place < number { start += next.length + next.places }
      if place == number { found = next }
      if start > bytes.count { return nil }
    }
    start += lengths + input.at
    guard !input.failed, start <= bytes.count, found.length + found.places <= bytes.count - start else { return nil }
    return (start..<start + found.length, start + found.length..<start + found.length + found.places)
  }

  private func cursor(_ range: Range<Int>) -> ByteCursor { ByteCursor(UnsafeBufferPointer(rebasing: bytes[range])) }
}

extension ArticleDate {
  /// `2023`, `2023-09`, `2023-09-05`
  init?(iso text: String) {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard let year = parts.first else { return nil }
    self.init(year: year, month: parts.count > 1 ? parts[1] : nil, day: parts.count > 2 ? parts[2] : nil)
  }
}
