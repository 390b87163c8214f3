// What a reader of a format hands to the common pipeline: the extracted text in blocks, and the metadata that the format itself
// carries (front matter, meta elements, fields of a record).
import TextAnalysis

/// Metadata with where it came from; the first writer of a field wins, so callers go from the surest origin to the weakest.
struct Metadata {
  var title: String?
  var date: ArticleDate?
  var authors: [String] = []
  var publisher: String?
  var publisherShort: String?
  var url: String?
  var language: Language?
  var keywords: [String] = []
  var sources: [MetadataSource] = []
  /// Whether the language was named with a region whose dates put the month first.
  var monthFirst: Bool?

  mutating func setTitle(_ value: String, _ origin: String, line: Int? = nil) {
    let value = Names.collapsed(value)
    guard title == nil, !value.isEmpty else { return }
    title = value
    note("title", value, origin, line)
  }

  mutating func setDate(_ value: ArticleDate?, _ origin: String, line: Int? = nil) {
    guard let value else { return }
    // A day of the same month says more than the month.
    if let date {
      guard value.year == date.year, date.month == nil || value.month == date.month, value.precision == .day, date.precision != .day else {
        return
      }
    }
    date = value
    note("date", value.isoString, origin, line)
  }

  mutating func setAuthors(_ values: [String], _ origin: String, line: Int? = nil) {
    guard authors.isEmpty, !values.isEmpty else { return }
    authors = values
    note("author", values.joined(separator: "; "), origin, line)
  }

  mutating func setPublisher(_ value: String, _ origin: String, line: Int? = nil) {
    let value = Names.collapsed(value)
    guard publisher == nil, !value.isEmpty, value.utf8.count <= 200 else { return }
    publisher = value
    note("publisher", value, origin, line)
  }

  mutating func setURL(_ value: String, _ origin: String, line: Int? = nil) {
    let value = Names.collapsed(value)
    guard url == nil, value.hasPrefix("http://") || value.hasPrefix("https://"), !value.contains(" ") else { return }
    url = value
    note("url", value, origin, line)
  }

  mutating func setLanguage(_ code: String, _ origin: String) {
    let code = Names.lower(Names.collapsed(code))
    if code == "en-us" || code == "en_us", monthFirst == nil { monthFirst = true }
    guard language == nil else { return }
    var language = Language(code: LabelWords.languages[code] ?? code)
    if let short = Self.threeLetterCodes[language.rawValue] { language = Language(rawValue: short) }
    guard language.rawValue.utf8.count == 2, language.rawValue.allSatisfy({ $0.isASCII && $0.isLetter }) else { return }
    self.language = language
    note("language", language.rawValue, origin, nil)
  }

  mutating func addKeywords(_ values: [String], _ origin: String, line: Int? = nil) {
    let new = values.filter { !keywords.contains($0) }
    guard !new.isEmpty, keywords.count + new.count <= 200 else { return }
    keywords += new
    note("keywords", new.joined(separator: "; "), origin, line)
  }

  mutating func note(_ field: String, _ value: String, _ origin: String, _ line: Int?) {
    sources.append(MetadataSource(field: field, value: value, origin: origin, line: line))
  }

  private static let threeLetterCodes = [
    "eng": "en", "rus": "ru", "aze": "az", "tur": "tr", "fas": "fa", "per": "fa", "hye": "hy", "arm": "hy", "kat": "ka", "geo": "ka",
    "ara": "ar", "ukr": "uk",
    "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "heb": "he", "zho": "zh", "chi": "zh", "kur": "ku",
    "urd": "ur",
  ]
}

/// An article on its way.
struct Draft {
  enum Mode {
    /// A file of text: zones decide what is the article.
    case document
    /// A record: its text is the article, and only what is plainly labelled is left out of the passages.
    case record
  }

  var key: String?
  var kind: String
  var mode = Mode.document
  var text: [UInt8]
  var blocks: [Block]
  var metadata = Metadata()
  /// What the reader of the format left out before.
  var removed: [RemovedSpan] = []
  var quality: Set<String> = []
  /// How the other records of the file write their dates; nil when that is not known.
  var dayFirst: Bool?
  /// The date in the file's name.
  var fileNameDate: ArticleDate?
}
