// What the index keeps of an article beside its passages: enough to show it in a hit, to give its text back, and to tag it again
// without reading the file. It lies in the metadata of the database, so it is committed together with the passages.

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
  /// Row of the article in the columns.
  var ordinal: UInt32
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
  /// Of everything the article was made from, the rules of tagging and of analysis included: equal means nothing to write.
  var contentHash: UInt64

  var source: String? { publisher ?? originLabel }

  var datePrecision: String? {
    switch date?.utf8.count {
    case nil: nil
    case 4: "year"
    case 7: "month"
    default: "day"
    }
  }

  static func key(_ id: String) -> [UInt8] { Array("A\(id)".utf8) }

  func encoded() -> [UInt8] {
    var out = ByteWriter()
    out.string(id)
    out.number(ordinal)
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
    out.number(contentHash)
    return out.bytes
  }

  init?(encoded: [UInt8]) {
    guard !encoded.isEmpty else { return nil }
    var input = ByteReader(encoded)
    id = input.string()
    ordinal = UInt32(truncatingIfNeeded: input.number())
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
    contentHash = UInt64(bitPattern: Int64(input.number()))
    if input.failed { return nil }
  }

  /// The ordinal of an encoded record whose article has no passages; nil of any other.
  static func ordinalWithoutPassages(_ encoded: UnsafeBufferPointer<UInt8>) -> UInt32? {
    var input = ByteCursor(encoded)
    input.skipData()  // id
    let ordinal = input.number()
    input.skipOptional()  // key
    for _ in 0..<3 { input.skipData() }  // kind, path, origin
    for _ in 0..<3 { input.skipOptional() }  // label of the origin, title, date
    input.skipStrings()  // authors
    for _ in 0..<3 { input.skipOptional() }  // publisher, its short name, url
    input.skipData()  // language
    for _ in 0..<2 { input.skipStrings() }  // keywords, quality
    let passages = input.number()
    return input.failed || passages != 0 ? nil : UInt32(truncatingIfNeeded: ordinal)
  }

  init(
    id: String, ordinal: UInt32, key: String?, kind: String, path: String, origin: String, originLabel: String?, title: String?,
    date: String?, authors: [String], publisher: String?, publisherShort: String?, url: String?, language: String, keywords: [String],
    quality: [String], passages: Int, actors: [Actor], topics: [Topic], contentHash: UInt64
  ) {
    self.id = id
    self.ordinal = ordinal
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
    self.contentHash = contentHash
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

  static func key(_ id: String) -> [UInt8] { Array("T\(id)".utf8) }

  func encoded() -> [UInt8] {
    var out = ByteWriter()
    out.data(text)
    out.list(removed) {
      $0.number($1.start)
      $0.number($1.end)
      $0.string($1.label)
      $0.string($1.reason)
      $0.optional($1.excerpt)
    }
    return out.bytes
  }

  init(text: [UInt8], removed: [Removed]) {
    self.text = text
    self.removed = removed
  }

  init?(encoded: [UInt8]) {
    guard !encoded.isEmpty else { return nil }
    var input = ByteReader(encoded)
    text = input.data()
    removed = input.list { Removed(start: $0.number(), end: $0.number(), label: $0.string(), reason: $0.string(), excerpt: $0.optional()) }
    if input.failed { return nil }
  }
}
