// An article in full: its text, its passages, every mention of an actor in it and what speaks for each topic. All offsets
// are UTF-8 bytes of `text`.

/// Is a passage of an article.
package struct ArticlePassage: Sendable, Equatable {
  package var id: String
  package var heading: String?
  package var start: Int
  package var end: Int
  package var line: Int
  /// For formats that have pages.
  package var page: Int?
  package var lang: String
  package var actors: [String]
  package var topics: [String]

  package init(
    id: String, heading: String? = nil, start: Int, end: Int, line: Int, page: Int? = nil, lang: String, actors: [String] = [],
    topics: [String] = []
  ) {
    self.id = id
    self.heading = heading
    self.start = start
    self.end = end
    self.line = line
    self.page = page
    self.lang = lang
    self.actors = actors
    self.topics = topics
  }
}

extension ArticlePassage: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("id", id)
      $0.field("heading", heading)
      $0.field("start", start)
      $0.field("end", end)
      $0.field("line", line)
      $0.field("page", page)
      $0.field("lang", lang)
      $0.field("actors", actors)
      $0.field("topics", topics)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      id: try json.read("id"),
      heading: try json.read("heading"),
      start: try json.read("start"),
      end: try json.read("end"),
      line: try json.read("line"),
      page: try json.read("page"),
      lang: try json.read("lang"),
      actors: try json.read("actors", default: []),
      topics: try json.read("topics", default: []))
  }
}

/// Is a place where an actor is named.
package struct ArticleMention: Sendable, Equatable {
  package var actor: String
  package var start: Int
  package var end: Int
  /// The name in the registry that was recognised.
  package var alias: String
  /// How: `name`, `demonym`, `metonym`, `acronym`, `surname`, `weak`, `native`.
  package var rule: String
  package var passage: String

  package init(actor: String, start: Int, end: Int, alias: String, rule: String, passage: String) {
    self.actor = actor
    self.start = start
    self.end = end
    self.alias = alias
    self.rule = rule
    self.passage = passage
  }
}

extension ArticleMention: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("actor", actor)
      $0.field("start", start)
      $0.field("end", end)
      $0.field("alias", alias)
      $0.field("rule", rule)
      $0.field("passage", passage)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      actor: try json.read("actor"),
      start: try json.read("start"),
      end: try json.read("end"),
      alias: try json.read("alias"),
      rule: try json.read("rule"),
      passage: try json.read("passage"))
  }
}

/// Is a place that speaks for a topic.
package struct TopicRuleMatch: Sendable, Equatable {
  package var start: Int
  package var end: Int
  package var rule: String
  package var weight: Double

  package init(start: Int, end: Int, rule: String, weight: Double) {
    self.start = start
    self.end = end
    self.rule = rule
    self.weight = weight
  }
}

extension TopicRuleMatch: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("start", start)
      $0.field("end", end)
      $0.field("rule", rule)
      $0.field("weight", weight)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      start: try json.read("start"),
      end: try json.read("end"),
      rule: try json.read("rule"),
      weight: try json.read("weight"))
  }
}

/// Is what speaks for a topic in one passage.
package struct TopicEvidence: Sendable, Equatable {
  package var topic: String
  package var passage: String
  package var score: Double
  package var matches: [TopicRuleMatch]

  package init(topic: String, passage: String, score: Double, matches: [TopicRuleMatch] = []) {
    self.topic = topic
    self.passage = passage
    self.score = score
    self.matches = matches
  }
}

extension TopicEvidence: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("topic", topic)
      $0.field("passage", passage)
      $0.field("score", score)
      $0.field("matches", matches)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      topic: try json.read("topic"),
      passage: try json.read("passage"),
      score: try json.read("score"),
      matches: try json.read("matches", default: []))
  }
}

/// Is clutter that is not searched.
package struct RemovedText: Sendable, Equatable {
  package var start: Int
  package var end: Int
  package var label: String
  package var reason: String
  /// What was left out, where it is not in the text: parts of a page. Nil where `start` and `end` say it.
  package var excerpt: String?

  package init(start: Int, end: Int, label: String, reason: String, excerpt: String? = nil) {
    self.start = start
    self.end = end
    self.label = label
    self.reason = reason
    self.excerpt = excerpt
  }
}

extension RemovedText: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("start", start)
      $0.field("end", end)
      $0.field("label", label)
      $0.field("reason", reason)
      $0.fieldIfPresent("excerpt", excerpt)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      start: try json.read("start"),
      end: try json.read("end"),
      label: try json.read("label"),
      reason: try json.read("reason"),
      excerpt: try json.read("excerpt"))
  }
}

/// Is the result of `get`; for a passage's id, of that passage alone.
package struct GetResult: Sendable, Equatable {
  package var article: ArticleSummary
  package var text: String
  package var passages: [ArticlePassage]
  package var mentions: [ArticleMention]
  package var topicEvidence: [TopicEvidence]
  /// Only where it was asked for.
  package var removed: [RemovedText]?

  package init(
    article: ArticleSummary, text: String, passages: [ArticlePassage] = [], mentions: [ArticleMention] = [],
    topicEvidence: [TopicEvidence] = [], removed: [RemovedText]? = nil
  ) {
    self.article = article
    self.text = text
    self.passages = passages
    self.mentions = mentions
    self.topicEvidence = topicEvidence
    self.removed = removed
  }
}

extension GetResult: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("article", article)
      $0.field("text", text)
      $0.field("passages", passages)
      $0.field("mentions", mentions)
      $0.field("topic_evidence", topicEvidence)
      $0.fieldIfPresent("removed", removed)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      article: try json.read("article"),
      text: try json.read("text"),
      passages: try json.read("passages", default: []),
      mentions: try json.read("mentions", default: []),
      topicEvidence: try json.read("topic_evidence", default: []),
      removed: try json.read("removed"))
  }
}
