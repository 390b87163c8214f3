// The filters of a search: which of them narrow the query itself, and what the others refuse.
import ArasAPI
import Tagging
import TextAnalysis
import Xapian

extension Search {
  /// Filters and exclusions as they are applied.
  struct AppliedFilters {
    var all: [ResolvedFilter]
    /// By filter: one that no facet leaves out narrows the query itself.
    var isStrict: [Bool]
    /// Documents that are left out.
    var excluded: DocumentBits?

    /// What the query is narrowed to; nil when it is not.
    var mask: DocumentBits? {
      var mask: DocumentBits?
      for (filter, isStrict) in zip(all, isStrict) where isStrict {
        if mask == nil { mask = filter.accepted } else { mask?.formIntersection(filter.accepted) }
      }
      if let excluded, mask != nil { mask?.subtract(excluded) }
      return mask
    }
  }

  func resolvedFilters() throws -> AppliedFilters {
    let resolver = filterResolver
    let filters = try resolver.resolve(request.filters, parameter: "filters")
    let isStrict = filters.map { filter in
      // An explanation counts what each filter takes away.
      !request.explain
        && !request.facets.contains { $0.mode == .max || $0.mode == .auto && $0.field.rawValue == filter.field.rawValue }
    }
    return AppliedFilters(all: filters, isStrict: isStrict, excluded: try resolver.excluded(request.exclude))
  }

  var filterResolver: FilterResolver { FilterResolver(snapshot: snapshot, documents: documents(of:value:), today: today) }

  /// The bit that an exclusion sets: no facet ever leaves it out.
  static let exclusion: UInt32 = 1 << 31

  /// By document: which filters do not accept it. Empty where none is to be asked.
  /// - Parameter areMasked: whether the query was narrowed already.
  func refusals(_ groups: ArticleGroups, _ filters: AppliedFilters, areMasked: Bool) -> [UInt32] {
    let asked = filters.all.indices.filter { !areMasked || !filters.isStrict[$0] }
    let excluded = areMasked ? nil : filters.excluded
    guard !asked.isEmpty || excluded != nil else { return [] }
    var refused = [UInt32](repeating: 0, count: groups.documents.count)
    for bit in asked {
      let filter = filters.all[bit]
      for (index, document) in groups.documents.enumerated() where !filter.accepts(document) { refused[index] |= 1 << UInt32(bit) }
    }
    if let excluded {
      for (index, document) in groups.documents.enumerated() where excluded.contains(document) { refused[index] |= Self.exclusion }
    }
    return refused
  }

  /// Documents of a filter's value.
  private func documents(of field: FilterField, value: String) throws -> [UInt32] {
    guard let field = Field(rawValue: field.rawValue) else { return [] }
    var planner = QueryPlanner(database: view, analyzer: analyzer, registry: snapshot.registry, languages: [.english], queryText: "")
    let node = QueryNode.field(field, .value(field.kind == .entity ? QueryValue(entity: value) : QueryValue(value)))
    let query = planner.run(ParsedQuery(root: node, warnings: []), match: .all).query
    try view.check()
    // All of them, however late: they are kept for the queries to come.
    return try view.matches(query, .boolean, wantWeights: false, deadline: nil).documents
  }
}
