// The parameters of a search, shared by the socket's `search`, `count` and `facets`, by HTTP and by the command line.

/// Holds everything a search can be asked with.
package struct SearchRequest: Sendable, Hashable {
  /// Query text; empty or `*` for everything.
  package var q = ""
  package var match = MatchMode.auto
  package var filters = Filters()
  package var exclude = Filters()
  package var facets = Self.defaultFacets
  package var facetUnit = Unit.article
  /// `article`: a hit is an article with its best passages; `passage`: a hit is a passage.
  package var group = Unit.article
  /// Passages shown per article.
  package var perGroup = 3
  /// Hits at most; 0 for counts and facets alone.
  package var limit = 10
  package var offset = 0
  /// The `cursor` of an earlier result, for its next page.
  package var cursor: String?
  package var sort = SortOrder.relevance
  package var snippets = SnippetOptions()
  package var syntax = QuerySyntax.lenient
  package var explain = false
  package var timeoutMs = 5000

  package static let defaultFacets = [FacetSpec(.actor), FacetSpec(.topic)]

  /// The names of all parameters, in the order of the contract.
  package static let parameterNames = [
    "q", "match", "filters", "exclude", "facets", "facet_unit", "group", "per_group", "limit", "offset", "cursor", "sort", "snippets",
    "syntax", "explain", "timeout_ms",
  ]

  package init() {}

  package init(q: String) { self.q = q }

  /// Reads and checks the parameters; null stands for none.
  package init(parameters: JSONValue) throws(APIError) {
    let reader = try ParameterReader(parameters, known: Self.parameterNames)
    q = try reader.string("q", default: q)
    match = try reader.choice("match", default: match)
    if let value = reader.value("filters") { filters = try Filters(parameters: value, at: "filters") }
    if let value = reader.value("exclude") { exclude = try Filters(parameters: value, at: "exclude") }
    if let value = reader.value("facets") { facets = try FacetSpec.list(parameters: value) }
    facetUnit = try reader.choice("facet_unit", default: facetUnit)
    group = try reader.choice("group", default: group)
    perGroup = try reader.int("per_group", in: 0...1000, default: perGroup)
    limit = try reader.int("limit", in: 0...10_000, default: limit)
    offset = try reader.int("offset", in: 0...Int.max, default: offset)
    // A result without a next page has `"cursor": null`; sending it back is asking for the first page.
    if let value = reader.value("cursor"), !value.isNull { cursor = try reader.string("cursor", default: "") }
    sort = try reader.choice("sort", default: sort)
    if let value = reader.value("snippets") { snippets = try SnippetOptions(parameters: value) }
    syntax = try reader.choice("syntax", default: syntax)
    explain = try reader.bool("explain", default: explain)
    timeoutMs = try reader.int("timeout_ms", in: 1...3_600_000, default: timeoutMs)
  }

  /// True where the query text asks for everything.
  package var isEverything: Bool {
    let text = q.drop { $0.isWhitespace }
    return text.isEmpty || (text.first == "*" && text.dropFirst().allSatisfy(\.isWhitespace))
  }
}

extension SearchRequest: JSONWritable {
  /// Writes the parameters that differ from their defaults.
  package func write(to writer: inout JSONWriter) {
    let plain = SearchRequest()
    writer.object { writer in
      writer.field("q", q)
      if match != plain.match { writer.field("match", match) }
      if !filters.isEmpty { writer.field("filters", filters) }
      if !exclude.isEmpty { writer.field("exclude", exclude) }
      if facets != plain.facets { writeFacets(to: &writer) }
      if facetUnit != plain.facetUnit { writer.field("facet_unit", facetUnit) }
      if group != plain.group { writer.field("group", group) }
      if perGroup != plain.perGroup { writer.field("per_group", perGroup) }
      if limit != plain.limit { writer.field("limit", limit) }
      if offset != plain.offset { writer.field("offset", offset) }
      writer.fieldIfPresent("cursor", cursor)
      if sort != plain.sort { writer.field("sort", sort) }
      if snippets != plain.snippets { writer.field("snippets", snippets) }
      if syntax != plain.syntax { writer.field("syntax", syntax) }
      if explain != plain.explain { writer.field("explain", explain) }
      if timeoutMs != plain.timeoutMs { writer.field("timeout_ms", timeoutMs) }
    }
  }

  private func writeFacets(to writer: inout JSONWriter) {
    if facets.allSatisfy({ $0 == FacetSpec($0.field) }) {
      writer.field("facets", facets.map(\.field))
    } else {
      writer.key("facets")
      writer.object { for facet in facets { $0.field(facet.field.rawValue, facet) } }
    }
  }
}
