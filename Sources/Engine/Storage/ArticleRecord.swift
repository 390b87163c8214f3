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

  /// - Parameter strings: what the parts of the article have in common.
  func encode(into out: inout ByteWriter, _ strings: inout ArticleStringsWriter) {
    out.string(id)
    out.string(language)
    out.number(Parts(self).rawValue)
    out.string(kind)
    out.string(path)
    out.string(origin)
    for text in [key, originLabel, title, date, publisher, publisherShort, url] { if let text { out.string(text) } }
    for list in [authors, keywords, quality] where !list.isEmpty { out.strings(list) }
    out.number(passages)
    out.number(actors.count)
    for actor in actors {
      out.number(strings.number(of: actor.id))
      out.number(actor.mentions << 1 | (actor.salient ? 1 : 0))
    }
    out.number(topics.count)
    for topic in topics {
      out.number(strings.number(of: topic.id))
      out.smallFloat(topic.score)
    }
  }

  init?(_ input: inout ByteCursor, _ strings: ArticleStrings) {
    var strings = strings
    id = input.string()
    language = input.string()
    let parts = Parts(rawValue: input.number())
    kind = input.string()
    path = input.string()
    origin = input.string()
    func text(_ part: Parts, _ input: inout ByteCursor) -> String? { parts.contains(part) ? input.string() : nil }
    func list(_ part: Parts, _ input: inout ByteCursor) -> [String] { parts.contains(part) ? input.strings() : [] }
    key = text(.key, &input)
    originLabel = text(.originLabel, &input)
    title = text(.title, &input)
    date = text(.date, &input)
    publisher = text(.publisher, &input)
    publisherShort = text(.publisherShort, &input)
    url = text(.url, &input)
    authors = list(.authors, &input)
    keywords = list(.keywords, &input)
    quality = list(.quality, &input)
    passages = input.number()
    actors = input.list {
      let id = $0.string(of: &strings)
      let mentions = $0.number()
      return Actor(id: id, mentions: mentions >> 1, salient: mentions & 1 != 0)
    }
    topics = input.list { Topic(id: $0.string(of: &strings), score: $0.smallFloat()) }
    if input.failed { return nil }
  }

  /// The id alone.
  static func id(_ input: inout ByteCursor) -> String { input.string() }

  /// The language alone.
  static func language(_ input: inout ByteCursor) -> String {
    input.skipData()
    return input.string()
  }

  /// Which of the parts that an article may lack it has.
  private struct Parts: OptionSet {
    let rawValue: Int

    static let key = Parts(rawValue: 1)
    static let originLabel = Parts(rawValue: 2)
    static let title = Parts(rawValue: 4)
    static let date = Parts(rawValue: 8)
    static let publisher = Parts(rawValue: 16)
    static let publisherShort = Parts(rawValue: 32)
    static let url = Parts(rawValue: 64)
    static let authors = Parts(rawValue: 128)
    static let keywords = Parts(rawValue: 256)
    static let quality = Parts(rawValue: 512)

    init(rawValue: Int) { self.rawValue = rawValue }

    init(_ record: ArticleRecord) {
      let texts: [(Parts, String?)] = [
        (.key, record.key), (.originLabel, record.originLabel), (.title, record.title), (.date, record.date),
        (.publisher, record.publisher), (.publisherShort, record.publisherShort), (.url, record.url),
      ]
      let lists: [(Parts, [String])] = [(.authors, record.authors), (.keywords, record.keywords), (.quality, record.quality)]
      self = []
      for (part, text) in texts where text != nil { insert(part) }
      for (part, list) in lists where !list.isEmpty { insert(part) }
    }
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
