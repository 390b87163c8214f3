// An article as it is stored, whole: its head, its text and its passages. It is read back to be shown, and to be tagged again without reading
// its file. `ArticleBytes` says how it is laid out.
import Articles
import TextAnalysis

struct StoredArticle: Sendable {
  var record: ArticleRecord
  var text: ArticleText
  /// In reading order.
  var passages: [PassageRecord]
  var places: ArticlePlaces

  init(record: ArticleRecord, text: ArticleText, passages: [PassageRecord], places: ArticlePlaces) {
    self.record = record
    self.text = text
    self.passages = passages
    self.places = places
  }

  func encoded() -> [UInt8] {
    var removed = ByteWriter()
    ArticleText.encode(text.removed, into: &removed)
    return text.text.withUnsafeBufferPointer { text in
      removed.bytes.withUnsafeBufferPointer { removed in
        ArticleBytes.encoded(record, text: text, removed: removed, passages: passages, places: places)
      }
    }
  }

  /// - Returns: nil where the bytes are not those of an article.
  init?(_ bytes: ArticleBytes, withPlaces: Bool = true) {
    guard let record = bytes.record, let passages = bytes.passages(of: record.id) else { return nil }
    self.record = record
    self.passages = passages
    text = ArticleText(text: Array(bytes.text), removed: bytes.removed)
    places = ArticlePlaces()
    guard withPlaces else { return }
    guard let places = bytes.allPlaces else { return nil }
    self.places = places
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

extension ArticleDate {
  /// `2023`, `2023-09`, `2023-09-05`
  init?(iso text: String) {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard let year = parts.first else { return nil }
    self.init(year: year, month: parts.count > 1 ? parts[1] : nil, day: parts.count > 2 ? parts[2] : nil)
  }
}
