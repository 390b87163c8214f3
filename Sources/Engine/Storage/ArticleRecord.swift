// What the index keeps of an article beside its passages: enough to show it in a hit, to give its text back, and to tag it again
// without reading the file.

/// The head of an article.
struct ArticleRecord: Sendable, Equatable {
  /// An actor or place of the article, counted over its passages.
  struct Actor: Sendable, Equatable {
    var id: String
    var mentions: Int
    var salient: Bool
  }

  struct Topic: Sendable, Equatable {
    var id: String
    var score: Float
  }

  var id: String
  var key: String?
  var kind: String
  var path: String
  /// Name of the configured source that the file belongs to.
  var origin: String
  /// Shown when the article names no publisher: the configured name of its source.
  var originLabel: String?
  var title: String?
  /// `2023-09-05`, `2023-09` or `2023`: the length is the precision.
  var date: String?
  var authors: [String]
  var publisher: String?
  var publisherShort: String?
  var url: String?
  var language: String
  var keywords: [String]
  var quality: [String]
  var passages: Int
  var actors: [Actor]
  var topics: [Topic]

  var source: String? { publisher ?? originLabel }

  var datePrecision: String? {
    switch date?.utf8.count {
    case nil: nil
    case 4: "year"
    case 7: "month"
    default: "day"
    }
  }

  func encode(into out: inout ByteWriter) {
    out.string(id)
    out.optional(key)
    out.string(kind)
    out.string(path)
    out.string(origin)
    out.optional(originLabel)
    out.optional(title)
    out.optional(date)
    out.strings(authors)
    out.optional(publisher)
    out.optional(publisherShort)
    out.optional(url)
    out.string(language)
    out.strings(keywords)
    out.strings(quality)
    out.number(passages)
    out.list(actors) {
      $0.string($1.id)
      $0.number($1.mentions)
      $0.number($1.salient ? 1 : 0)
    }
    out.list(topics) {
      $0.string($1.id)
      $0.float($1.score)
    }
  }

  init?(_ input: inout ByteCursor) {
    id = input.string()
    key = input.optional()
    kind = input.string()
    path = input.string()
    origin = input.string()
    originLabel = input.optional()
    title = input.optional()
    date = input.optional()
    authors = input.strings()
    publisher = input.optional()
    publisherShort = input.optional()
    url = input.optional()
    language = input.string()
    keywords = input.strings()
    quality = input.strings()
    passages = input.number()
    actors = input.list { Actor(id: $0.string(), mentions: $0.number(), salient: $0.number() != 0) }
    topics = input.list { Topic(id: $0.string(), score: $0.float()) }
    if input.failed { return nil }
  }

  init(
    id: String, key: String?, kind: String, path: String, origin: String, originLabel: String?, title: String?,
    date: String?, authors: [String], publisher: String?, publisherShort: String?, url: String?, language: String, keywords: [String],
    quality: [String], passages: Int, actors: [Actor], topics: [Topic]
  ) {
    self.id = id
    self.key = key
    self.kind = kind
    self.path = path
    self.origin = origin
    self.originLabel = originLabel
    self.title = title
    self.date = date
    self.authors = authors
    self.publisher = publisher
    self.publisherShort = publisherShort
    self.url = url
    self.language = language
    self.keywords = keywords
    self.quality = quality
    self.passages = passages
    self.actors = actors
    self.topics = topics
  }
}

/// The text of an article, as extracted, and what was left out of it.
struct ArticleText: Sendable, Equatable {
  struct Removed: Sendable, Equatable {
    var start: Int
    var end: Int
    var label: String
    var reason: String
    /// What was left out, where it is not in the text: parts of a page.
    var excerpt: String?
  }

  var text: [UInt8]
  var removed: [Removed]

  init(text: [UInt8], removed: [Removed]) {
    self.text = text
    self.removed = removed
  }

  static func encode(_ removed: [Removed], into out: inout ByteWriter) {
    out.list(removed) {
      $0.number($1.start)
      $0.number($1.end)
      $0.string($1.label)
      $0.string($1.reason)
      $0.optional($1.excerpt)
    }
  }

  static func removed(_ input: inout ByteCursor) -> [Removed] {
    input.list { Removed(start: $0.number(), end: $0.number(), label: $0.string(), reason: $0.string(), excerpt: $0.optional()) }
  }
}
