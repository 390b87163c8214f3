// Why a hit is where it is: which terms matched with what weight, and how many matches each clause has by itself.

/// Is a term that matched, with its part of the score.
package struct ExplainedTerm: Sendable, Equatable {
  package var term: String
  package var weight: Double
  /// The field the term was found in, for other than the text.
  package var field: String?

  package init(term: String, weight: Double, field: String? = nil) {
    self.term = term
    self.weight = weight
    self.field = field
  }
}

extension ExplainedTerm: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("term", term)
      $0.field("weight", weight)
      $0.fieldIfPresent("field", field)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      term: try json.read("term"),
      weight: try json.read("weight"),
      field: try json.read("field"))
  }
}

/// Is a clause of the query with its own matches.
package struct ClauseCount: Sendable, Equatable {
  package var clause: String
  package var articles: Int
  package var passages: Int

  package init(clause: String, articles: Int, passages: Int) {
    self.clause = clause
    self.articles = articles
    self.passages = passages
  }
}

extension ClauseCount: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("clause", clause)
      $0.field("articles", articles)
      $0.field("passages", passages)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      clause: try json.read("clause"),
      articles: try json.read("articles"),
      passages: try json.read("passages"))
  }
}

/// Is what `explain` says about the query as a whole.
package struct QueryExplanation: Sendable, Equatable {
  /// The tree that ran, in the index's terms.
  package var query: String
  package var clauses: [ClauseCount]

  package init(query: String, clauses: [ClauseCount] = []) {
    self.query = query
    self.clauses = clauses
  }
}

extension QueryExplanation: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("query", query)
      $0.field("clauses", clauses)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      query: try json.read("query"),
      clauses: try json.read("clauses", default: []))
  }
}
