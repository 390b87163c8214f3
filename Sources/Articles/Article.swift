// What extraction makes of a file or of one record of it: the text as it stands, what is known about it, and the passages that
// are searched. Everything that was left out of the passages is listed with the reason, so that a removal can be seen and judged.
import TextAnalysis

/// One source document: a file, or one record of a file of many.
package struct Article: Sendable {
  /// The record's own id where the article is one record of a file; nil for a file.
  package var key: String?
  /// The format it came in: `text`, `markdown`, `html`, `jsonl` or `csv`.
  package var kind: String
  /// The extracted text in UTF-8. Every offset below points into it.
  package var text: [UInt8]
  package var title: String?
  /// The date of publication, nil when nothing in the document tells it.
  package var date: ArticleDate?
  package var authors: [String]
  package var publisher: String?
  package var publisherShort: String?
  package var url: String?
  package var language: Language
  package var keywords: [String]
  /// In reading order, never overlapping.
  package var passages: [Passage]
  /// What the passages leave out, in the order of the text.
  package var removed: [RemovedSpan]
  /// Flags such as `no-date` or `teasers`, sorted and distinct.
  package var quality: [String]
  /// Where each piece of metadata was read, for `explain`.
  package var sources: [MetadataSource]
  /// How many of each marker, such as `[Data Ref]`, the passages leave out.
  package var markers: [String: Int]

  package init(
    key: String? = nil, kind: String, text: [UInt8], title: String? = nil, date: ArticleDate? = nil, authors: [String] = [],
    publisher: String? = nil, publisherShort: String? = nil, url: String? = nil, language: Language = .undetermined,
    keywords: [String] = [], passages: [Passage] = [], removed: [RemovedSpan] = [], quality: [String] = [],
    sources: [MetadataSource] = [], markers: [String: Int] = [:]
  ) {
    self.key = key
    self.kind = kind
    self.text = text
    self.title = title
    self.date = date
    self.authors = authors
    self.publisher = publisher
    self.publisherShort = publisherShort
    self.url = url
    self.language = language
    self.keywords = keywords
    self.passages = passages
    self.removed = removed
    self.quality = quality
    self.sources = sources
    self.markers = markers
  }
}

/// A stretch of the article's text that no passage holds, and why.
package struct RemovedSpan: Sendable, Equatable {
  package var start: Int
  package var end: Int
  /// Counted from 1.
  package var line: Int
  /// The kind of thing it is: `credit`, `teaser`, `persona`, `navigation`, `marker` …
  package var label: String
  /// One clause for a reader: why it was left out.
  package var reason: String
  /// The beginning of what was left out where it is not part of the extracted text (`start == end`), as the menus of a page.
  package var excerpt: String?

  package init(start: Int, end: Int, line: Int, label: String, reason: String, excerpt: String? = nil) {
    self.start = start
    self.end = end
    self.line = line
    self.label = label
    self.reason = reason
    self.excerpt = excerpt
  }
}

/// Where a piece of metadata was read.
package struct MetadataSource: Sendable, Equatable {
  /// `title`, `date`, `author`, `publisher`, `keywords`, `url`, `language`.
  package var field: String
  package var value: String
  /// `record`, `front matter`, `meta`, `label`, `header`, `disclaimer`, `file name` …
  package var origin: String
  /// Counted from 1 in the extracted text; nil when it was not in the text.
  package var line: Int?

  package init(field: String, value: String, origin: String, line: Int? = nil) {
    self.field = field
    self.value = value
    self.origin = origin
    self.line = line
  }
}
