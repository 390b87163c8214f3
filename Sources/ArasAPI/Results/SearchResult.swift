// What a search answers, and the two smaller answers that count without showing: the envelope around hits and facets.

/// Counts every match of a query, shown or not.
package struct Total: Sendable, Equatable {
  package var articles: Int
  package var passages: Int
  /// False only where the time ran out first.
  package var exact: Bool

  package init(articles: Int, passages: Int, exact: Bool = true) {
    self.articles = articles
    self.passages = passages
    self.exact = exact
  }
}

extension Total: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("articles", articles)
      $0.field("passages", passages)
      $0.field("exact", exact)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      articles: try json.read("articles"),
      passages: try json.read("passages"),
      exact: try json.read("exact"))
  }
}

/// Is the result of `search`.
package struct SearchResult: Sendable, Equatable {
  /// The committed state of the index that the answer was computed on.
  package var revision: UInt64
  package var query: QueryEcho
  package var total: Total
  package var offset: Int
  package var limit: Int
  /// For the next page; nil where this is the last.
  package var cursor: String?
  /// Microseconds that the answer took.
  package var tookUs: Int
  package var timedOut: Bool
  /// The mode that was used: `all` or `any`.
  package var match: MatchMode
  /// Whether nothing was found as `all`, so that the answer is by `any`.
  package var relaxed: Bool
  package var hits: [Hit]
  package var facets: FacetList
  /// Only where it was asked for.
  package var explain: QueryExplanation?

  package init(
    revision: UInt64, query: QueryEcho, total: Total, offset: Int, limit: Int, cursor: String? = nil, tookUs: Int, timedOut: Bool = false,
    match: MatchMode, relaxed: Bool = false, hits: [Hit], facets: FacetList = FacetList(), explain: QueryExplanation? = nil
  ) {
    self.revision = revision
    self.query = query
    self.total = total
    self.offset = offset
    self.limit = limit
    self.cursor = cursor
    self.tookUs = tookUs
    self.timedOut = timedOut
    self.match = match
    self.relaxed = relaxed
    self.hits = hits
    self.facets = facets
    self.explain = explain
  }
}

extension SearchResult: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("revision", revision)
      $0.field("query", query)
      $0.field("total", total)
      $0.field("offset", offset)
      $0.field("limit", limit)
      $0.field("cursor", cursor)
      $0.field("took_us", tookUs)
      $0.field("timed_out", timedOut)
      $0.field("match", match)
      $0.field("relaxed", relaxed)
      $0.field("hits", hits)
      $0.field("facets", facets)
      $0.fieldIfPresent("explain", explain)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      revision: try json.read("revision"),
      query: try json.read("query"),
      total: try json.read("total"),
      offset: try json.read("offset"),
      limit: try json.read("limit"),
      cursor: try json.read("cursor"),
      tookUs: try json.read("took_us"),
      timedOut: try json.read("timed_out"),
      match: try json.read("match"),
      relaxed: try json.read("relaxed"),
      hits: try json.read("hits"),
      facets: try json.read("facets", default: FacetList()),
      explain: try json.read("explain"))
  }
}

/// Is the result of `count`.
package struct CountResult: Sendable, Equatable {
  package var total: Total
  /// Only where there is something to say about the query text.
  package var query: QueryEcho?

  package init(total: Total, query: QueryEcho? = nil) {
    self.total = total
    self.query = query
  }
}

extension CountResult: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("total", total)
      $0.fieldIfPresent("query", query)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      total: try json.read("total"),
      query: try json.read("query"))
  }
}

/// Is the result of `facets`.
package struct FacetsResult: Sendable, Equatable {
  package var total: Total
  package var facets: FacetList
  /// Only where there is something to say about the query text.
  package var query: QueryEcho?

  package init(total: Total, facets: FacetList, query: QueryEcho? = nil) {
    self.total = total
    self.facets = facets
    self.query = query
  }
}

extension FacetsResult: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("total", total)
      $0.field("facets", facets)
      $0.fieldIfPresent("query", query)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      total: try json.read("total"),
      facets: try json.read("facets"),
      query: try json.read("query"))
  }
}
