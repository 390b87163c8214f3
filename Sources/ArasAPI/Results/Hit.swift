// One hit: an article with the passages of it that matched best, and each passage with its snippets. Offsets of passages
// and snippets are UTF-8 bytes of the article's extracted text, those of marks of the snippet's own text.

/// Says why a part of a snippet is marked.
package enum MarkKind: String, Sendable, JSONWritable, JSONReadable {
  case term
  case actor
}

/// Is a marked part of a snippet: whole words, half open.
package struct Mark: Sendable, Equatable {
  package var start: Int
  package var end: Int
  package var kind: MarkKind
  /// The actor's id, for an actor.
  package var id: String?

  package init(start: Int, end: Int, kind: MarkKind, id: String? = nil) {
    self.start = start
    self.end = end
    self.kind = kind
    self.id = id
  }
}

extension Mark: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("start", start)
      $0.field("end", end)
      $0.field("kind", kind)
      $0.fieldIfPresent("id", id)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      start: try json.read("start"),
      end: try json.read("end"),
      kind: try json.read("kind"),
      id: try json.read("id"))
  }
}

/// Is a place where a snippet's text leaves something of the article out: a footnote number, a link's address, a removed line.
package struct SnippetCut: Sendable, Equatable {
  /// The byte of the snippet's text that it stands before.
  package var at: Int
  /// Bytes of the article's text, half open.
  package var start: Int
  package var end: Int

  package init(at: Int, start: Int, end: Int) {
    self.at = at
    self.start = start
    self.end = end
  }
}

extension SnippetCut: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("at", at)
      $0.field("start", start)
      $0.field("end", end)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(at: try json.read("at"), start: try json.read("start"), end: try json.read("end"))
  }
}

/// Is a part of a passage that shows why it matched.
///
/// Its text is what the article has from `start` to `end`, byte for byte, less the `cuts`. Snippets of a passage come in the order of
/// the text and never overlap.
package struct Snippet: Sendable, Equatable {
  package var text: String
  package var start: Int
  package var end: Int
  package var line: Int
  /// In order, without overlap.
  package var marks: [Mark]
  /// Whether the passage has text before the snippet, and behind it: where a reader expects an ellipsis.
  package var moreBefore: Bool
  package var moreAfter: Bool
  /// In order; most snippets have none.
  package var cuts: [SnippetCut]

  package init(
    text: String, start: Int, end: Int, line: Int, marks: [Mark] = [], moreBefore: Bool = false, moreAfter: Bool = false,
    cuts: [SnippetCut] = []
  ) {
    self.text = text
    self.start = start
    self.end = end
    self.line = line
    self.marks = marks
    self.moreBefore = moreBefore
    self.moreAfter = moreAfter
    self.cuts = cuts
  }
}

extension Snippet: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("text", text)
      $0.field("start", start)
      $0.field("end", end)
      $0.field("line", line)
      $0.field("marks", marks)
      if moreBefore { $0.field("more_before", true) }
      if moreAfter { $0.field("more_after", true) }
      if !cuts.isEmpty { $0.field("cuts", cuts) }
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      text: try json.read("text"),
      start: try json.read("start"),
      end: try json.read("end"),
      line: try json.read("line"),
      marks: try json.read("marks", default: []),
      moreBefore: try json.read("more_before", default: false),
      moreAfter: try json.read("more_after", default: false),
      cuts: try json.read("cuts", default: []))
  }
}

/// Is a passage as a part of a hit.
package struct PassageHit: Sendable, Equatable {
  /// The article's id, `#`, and the passage's number in it.
  package var id: String
  package var heading: String?
  package var score: Double
  package var start: Int
  package var end: Int
  package var line: Int
  package var actors: [String]
  package var topics: [String]
  package var snippets: [Snippet]
  /// Only where it was asked for.
  package var explain: [ExplainedTerm]?

  package init(
    id: String, heading: String? = nil, score: Double, start: Int, end: Int, line: Int, actors: [String] = [], topics: [String] = [],
    snippets: [Snippet] = [], explain: [ExplainedTerm]? = nil
  ) {
    self.id = id
    self.heading = heading
    self.score = score
    self.start = start
    self.end = end
    self.line = line
    self.actors = actors
    self.topics = topics
    self.snippets = snippets
    self.explain = explain
  }
}

extension PassageHit: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("id", id)
      $0.field("heading", heading)
      $0.field("score", score)
      $0.field("start", start)
      $0.field("end", end)
      $0.field("line", line)
      $0.field("actors", actors)
      $0.field("topics", topics)
      $0.field("snippets", snippets)
      $0.fieldIfPresent("explain", explain)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      id: try json.read("id"),
      heading: try json.read("heading"),
      score: try json.read("score"),
      start: try json.read("start"),
      end: try json.read("end"),
      line: try json.read("line"),
      actors: try json.read("actors", default: []),
      topics: try json.read("topics", default: []),
      snippets: try json.read("snippets", default: []),
      explain: try json.read("explain"))
  }
}

/// Is a match as sent.
package struct Hit: Sendable, Equatable {
  package var article: ArticleSummary
  package var score: Double
  /// Passages of the article that match, shown or not.
  package var passagesMatched: Int
  package var passages: [PassageHit]
  /// Only where it was asked for.
  package var explain: [ExplainedTerm]?

  package init(article: ArticleSummary, score: Double, passagesMatched: Int, passages: [PassageHit] = [], explain: [ExplainedTerm]? = nil) {
    self.article = article
    self.score = score
    self.passagesMatched = passagesMatched
    self.passages = passages
    self.explain = explain
  }
}

extension Hit: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("article", article)
      $0.field("score", score)
      $0.field("passages_matched", passagesMatched)
      $0.field("passages", passages)
      $0.fieldIfPresent("explain", explain)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      article: try json.read("article"),
      score: try json.read("score"),
      passagesMatched: try json.read("passages_matched"),
      passages: try json.read("passages", default: []),
      explain: try json.read("explain"))
  }
}
