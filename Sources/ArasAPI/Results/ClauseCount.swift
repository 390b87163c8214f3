// The parts of a search - clauses of the query, filters, exclusions - with what each finds and what each takes away.

/// Is a number of articles and of their passages.
package struct MatchCount: Sendable, Equatable {
  package var articles: Int
  package var passages: Int

  package init(articles: Int, passages: Int) {
    self.articles = articles
    self.passages = passages
  }
}

extension MatchCount: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("articles", articles)
      $0.field("passages", passages)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(articles: try json.read("articles"), passages: try json.read("passages"))
  }
}

/// Is a part of a search with its own matches.
package struct ClauseCount: Sendable, Equatable {
  package enum Kind: String, Sendable {
    /// A clause of the query.
    case clause
    /// The nearness that a window asks for, beside having its operands at all.
    case window
    /// The order that a phrase asks for, beside having its words at all.
    case phrase
    case filter
    case exclude
  }

  package enum Occurrence: String, Sendable { case required, optional, excluded }

  /// In the canonical form; of a window `NEAR/5`, of a filter `date:2021..2023`.
  package var clause: String
  package var kind: Kind
  package var occurrence: Occurrence
  /// What it matches by itself in the whole index.
  package var articles: Int
  package var passages: Int
  /// What the search would find without it; nil where that was not looked at.
  package var without: MatchCount?
  /// Words of the index that it may have meant, where it matches nothing.
  package var didYouMean: [String]

  package init(
    clause: String, kind: Kind = .clause, occurrence: Occurrence = .required, articles: Int, passages: Int, without: MatchCount? = nil,
    didYouMean: [String] = []
  ) {
    self.clause = clause
    self.kind = kind
    self.occurrence = occurrence
    self.articles = articles
    self.passages = passages
    self.without = without
    self.didYouMean = didYouMean
  }
}

extension ClauseCount: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("clause", clause)
      $0.field("kind", kind.rawValue)
      $0.field("occurrence", occurrence.rawValue)
      $0.field("articles", articles)
      $0.field("passages", passages)
      $0.fieldIfPresent("without", without)
      if !didYouMean.isEmpty { $0.field("did_you_mean", didYouMean) }
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    let kind: String? = try json.read("kind")
    let occurrence: String? = try json.read("occurrence")
    self.init(
      clause: try json.read("clause"),
      kind: kind.flatMap { Kind(rawValue: $0) } ?? .clause,
      occurrence: occurrence.flatMap { Occurrence(rawValue: $0) } ?? .required,
      articles: try json.read("articles"),
      passages: try json.read("passages"),
      without: try json.read("without"),
      didYouMean: try json.read("did_you_mean", default: []))
  }
}

/// Names a part of a search that makes it find nothing, or too much.
package struct Blame: Sendable, Equatable {
  package enum Code: String, Sendable {
    /// It matches nothing by itself.
    case noMatch = "no_match"
    /// Without it, the search would find something.
    case tooNarrow = "too_narrow"
    /// No part alone is to blame: they do not occur together.
    case together
    /// It matches much of the index.
    case tooBroad = "too_broad"
  }

  package var code: Code
  /// Empty for `together`.
  package var clause: String
  /// A sentence for people, without a full stop.
  package var message: String

  package init(code: Code, clause: String, message: String) {
    self.code = code
    self.clause = clause
    self.message = message
  }
}

extension Blame: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("code", code.rawValue)
      $0.field("clause", clause)
      $0.field("message", message)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    let code: String = try json.read("code")
    self.init(code: Code(rawValue: code) ?? .together, clause: try json.read("clause"), message: try json.read("message"))
  }
}
