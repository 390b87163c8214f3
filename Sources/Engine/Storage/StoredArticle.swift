// An article read back from the index, whole: to give it to who asks for it, and to tag it again without reading its file.
import Articles
import TextAnalysis
import Xapian

struct StoredArticle: Sendable {
  var record: ArticleRecord
  var text: ArticleText
  var passages: [PassageRecord]

  init?(id: String, reading database: borrowing some DatabaseReading & ~Copyable) throws(XapianError) {
    guard let record = ArticleRecord(encoded: try database.metadata(ArticleRecord.key(id))),
      let text = ArticleText(encoded: try database.metadata(ArticleText.key(id)))
    else { return nil }
    self.record = record
    self.text = text
    passages = []
    for document in try database.postings(of: Term.value(Field.id.valuePrefix, id.utf8)) {
      if let passage = PassageRecord(encoded: try database.documentData(document)) { passages.append(passage) }
    }
    passages.sort { $0.number < $1.number }
  }

  /// The article as extraction made it, without what tagging added.
  var article: Article {
    Article(
      key: record.key, kind: record.kind, text: text.text, title: record.title, date: record.date.flatMap { ArticleDate(iso: $0) },
      authors: record.authors, publisher: record.publisher, publisherShort: record.publisherShort, url: record.url,
      language: Language(rawValue: record.language), keywords: record.keywords,
      passages: passages.compactMap { passage in
        guard let offsets = OffsetMap(runs: passage.shifts.map { OffsetMap.Run(cleaned: $0.at, shift: $0.shift) }) else { return nil }
        return Passage(
          heading: passage.heading, start: passage.start, end: passage.end, line: passage.line,
          language: Language(rawValue: passage.language), text: passage.text, offsets: offsets)
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
