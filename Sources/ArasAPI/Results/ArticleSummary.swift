// An article as lists of hits show it: what it is, where it stands and what it is about, without its text.

/// Is an actor of an article.
package struct ArticleActor: Sendable, Equatable {
  package var id: String
  package var mentions: Int
  /// Whether the article is about the actor, rather than naming it in passing.
  package var salient: Bool

  package init(id: String, mentions: Int, salient: Bool) {
    self.id = id
    self.mentions = mentions
    self.salient = salient
  }
}

extension ArticleActor: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("id", id)
      $0.field("mentions", mentions)
      $0.field("salient", salient)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      id: try json.read("id"),
      mentions: try json.read("mentions"),
      salient: try json.read("salient"))
  }
}

/// Is a topic of an article.
package struct ArticleTopic: Sendable, Equatable {
  package var id: String
  package var score: Double

  package init(id: String, score: Double) {
    self.id = id
    self.score = score
  }
}

extension ArticleTopic: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("id", id)
      $0.field("score", score)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      id: try json.read("id"),
      score: try json.read("score"))
  }
}

/// Says how much of a date is known.
package enum DatePrecision: String, Sendable, CaseIterable, JSONWritable, JSONReadable {
  case day, month, year
}

/// Is an article without its text.
package struct ArticleSummary: Sendable, Equatable {
  package var id: String
  /// The record's own id, where the article is one record of a file.
  package var key: String?
  package var title: String?
  /// As much as is known: `2023-09-05`, `2023-09` or `2023`.
  package var date: String?
  package var datePrecision: DatePrecision?
  package var source: String?
  package var authors: [String]
  package var lang: String
  package var path: String
  package var url: String?
  package var actors: [ArticleActor]
  package var topics: [ArticleTopic]

  package init(
    id: String, key: String? = nil, title: String? = nil, date: String? = nil, datePrecision: DatePrecision? = nil, source: String? = nil,
    authors: [String] = [], lang: String, path: String, url: String? = nil, actors: [ArticleActor] = [], topics: [ArticleTopic] = []
  ) {
    self.id = id
    self.key = key
    self.title = title
    self.date = date
    self.datePrecision = datePrecision
    self.source = source
    self.authors = authors
    self.lang = lang
    self.path = path
    self.url = url
    self.actors = actors
    self.topics = topics
  }
}

extension ArticleSummary: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("id", id)
      $0.field("key", key)
      $0.field("title", title)
      $0.field("date", date)
      $0.field("date_precision", datePrecision)
      $0.field("source", source)
      $0.field("authors", authors)
      $0.field("lang", lang)
      $0.field("path", path)
      $0.field("url", url)
      $0.field("actors", actors)
      $0.field("topics", topics)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      id: try json.read("id"),
      key: try json.read("key"),
      title: try json.read("title"),
      date: try json.read("date"),
      datePrecision: try json.read("date_precision"),
      source: try json.read("source"),
      authors: try json.read("authors", default: []),
      lang: try json.read("lang"),
      path: try json.read("path"),
      url: try json.read("url"),
      actors: try json.read("actors", default: []),
      topics: try json.read("topics", default: []))
  }
}
