// Why a hit is where it is, and why so many or so few are found: which terms matched with what weight, how many matches each part of the
// query has by itself, and how many there would be without it.

/// Is a term that matched, with its part of the score: the weights of a passage's terms add up to its score.
package struct ExplainedTerm: Sendable, Equatable {
  /// The term as people read it; for terms that are weighed as one, all of them.
  package var term: String
  package var weight: Double
  /// The field the term was found in, for other than the text.
  package var field: String?
  /// The part of the query that it belongs to, in the canonical form.
  package var clause: String?
  /// What it weighs by itself, where another part of that counts.
  package var own: Double?
  /// Why that part.
  package var note: String?

  package init(
    term: String, weight: Double, field: String? = nil, clause: String? = nil, own: Double? = nil, note: String? = nil
  ) {
    self.term = term
    self.weight = weight
    self.field = field
    self.clause = clause
    self.own = own
    self.note = note
  }
}

extension ExplainedTerm: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("term", term)
      $0.field("weight", weight)
      $0.fieldIfPresent("field", field)
      $0.fieldIfPresent("clause", clause)
      $0.fieldIfPresent("own", own)
      $0.fieldIfPresent("note", note)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      term: try json.read("term"),
      weight: try json.read("weight"),
      field: try json.read("field"),
      clause: try json.read("clause"),
      own: try json.read("own"),
      note: try json.read("note"))
  }
}

/// Is what `explain` says about the query as a whole.
package struct QueryExplanation: Sendable, Equatable {
  /// The query as it was read, in its canonical form.
  package var query: String
  package var clauses: [ClauseCount]
  /// What is to blame where nothing or too much is found; empty where that is not so.
  package var blame: [Blame]
  /// False where the time, or the number of parts that are looked at, ran out.
  package var isComplete: Bool

  package init(query: String, clauses: [ClauseCount] = [], blame: [Blame] = [], isComplete: Bool = true) {
    self.query = query
    self.clauses = clauses
    self.blame = blame
    self.isComplete = isComplete
  }
}

extension QueryExplanation: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("query", query)
      $0.field("clauses", clauses)
      $0.field("blame", blame)
      $0.field("complete", isComplete)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      query: try json.read("query"),
      clauses: try json.read("clauses", default: []),
      blame: try json.read("blame", default: []),
      isComplete: try json.read("complete", default: true))
  }
}
