// A record of a JSONL or CSV file: its fields by our names, and the article that they make. The article's text is the record's text
// unchanged; of a record with nothing but a title it is the title, so that the record can be found.
import TextAnalysis

struct Record {
  /// Our name of a field → the names it goes by in records, the surest first.
  private static let names: [String: [String]] = [
    "key": ["_id", "id", "ID", "Id"],
    "title": ["title", "headline", "Title", "Headline"],
    "text": ["text", "body", "content", "Text", "Body", "Content"],
    "date": [
      "date", "published", "date_published", "published_at", "publishedAt", "datePublished", "publish_date", "publication_date", "pub_date",
      "pubDate", "created_at", "Date",
    ],
    "url": ["url", "link", "URL", "Url"],
    "source": ["source", "publisher", "outlet", "Source", "Publisher"],
    "authors": ["authors", "author", "byline", "Authors", "Author"],
    "lang": ["lang", "language", "Lang", "Language"],
    "keywords": ["keywords", "tags", "Keywords", "Tags"],
  ]

  /// The names that hold a field of ours, those of the configuration first.
  static func names(of field: String, options: ExtractionOptions) -> [String] {
    let own = names[field] ?? []
    let alias = field == "key" ? options.fields["key"] ?? options.fields["id"] : options.fields[field]
    return alias.map { [$0] + own } ?? own
  }

  var key: String?
  var title: String?
  var text = ""
  var date: String?
  var url: String?
  var source: String?
  var authors: [String] = []
  var lang: String?
  var keywords: [String] = []

  /// Reads the fields of a record; `value` gives that of a name.
  init(options: ExtractionOptions, value: (String) -> JSON?) {
    func first(_ field: String) -> JSON? {
      for name in Self.names(of: field, options: options) {
        if let found = value(name), found != .null, found != .string("") { return found }
      }
      return nil
    }
    key = first("key")?.text
    title = first("title")?.texts.first.map(Names.collapsed)
    text = first("text")?.texts.joined(separator: "\n\n") ?? ""
    date = first("date")?.texts.first
    url = first("url")?.texts.first
    source = first("source")?.texts.first
    lang = first("lang")?.texts.first
    let people = first("authors")
    if case .array? = people {
      authors = people?.texts.map(Names.collapsed).filter { !$0.isEmpty } ?? []
    } else {
      authors = people?.texts.flatMap(Names.authors) ?? []
    }
    let words = first("keywords")
    if case .array? = words {
      keywords = words?.texts.map(Names.collapsed).filter { !$0.isEmpty } ?? []
    } else {
      keywords = words?.texts.flatMap(Names.keywords) ?? []
    }
  }

  /// The article of the record; nil when there is nothing to find in it.
  func article(kind: FileFormat, options: ExtractionOptions, dayFirst: Bool?, isRepaired: Bool) -> Article? {
    var bytes = Array(text.utf8)
    var blocks = PlainTextReader.blocks(of: bytes)
    if blocks.isEmpty, let title, !title.isEmpty {
      bytes = Array(title.utf8)
      blocks = PlainTextReader.blocks(of: bytes)
    }
    guard !blocks.isEmpty else { return nil }
    var draft = Draft(key: key, kind: kind.rawValue, mode: .record, text: bytes, blocks: blocks)
    draft.dayFirst = dayFirst
    if isRepaired { draft.quality.insert("repaired-encoding") }
    if let title { draft.metadata.setTitle(title, "record") }
    if let lang { draft.metadata.setLanguage(lang, "record") }
    if let date { draft.metadata.setDate(Self.day(date, dayFirst: dayFirst ?? !(draft.metadata.monthFirst ?? false)), "record") }
    draft.metadata.setAuthors(authors, "record")
    if let url { draft.metadata.setURL(url, "record") }
    if let source { draft.metadata.setPublisher(source, "record") }
    draft.metadata.addKeywords(keywords, "record")
    return Assembler.article(of: draft, options: options)
  }

  /// A date field: any written form, a year, or seconds or milliseconds since 1970.
  static func day(_ text: String, dayFirst: Bool) -> ArticleDate? {
    if text.utf8.count >= 9, text.utf8.count <= 13, let number = Int(text) {
      if text.utf8.count >= 12 { return Calendars.date(unixSeconds: number / 1000) }
      return Calendars.date(unixSeconds: number)
    }
    if text.utf8.count == 8, let number = Int(text) {
      return ArticleDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }
    if let point = text.firstIndex(of: "."), let number = Int(text[..<point]), number > 100_000_000 {
      return Calendars.date(unixSeconds: number)
    }
    return DateReader.field(text, dayFirst: dayFirst)
  }
}

/// Learns from the first records whether the file writes the day or the month first.
struct RecordDates {
  private var dayFirst = 0
  private var monthFirst = 0

  mutating func add(_ text: String) {
    guard let found = DateReader.dates(in: text).first?.dayFirst else { return }
    if found { dayFirst += 1 } else { monthFirst += 1 }
  }

  var order: Bool? { dayFirst == monthFirst ? nil : dayFirst > monthFirst }
}
