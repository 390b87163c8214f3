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
