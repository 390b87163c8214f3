// `similar`: a search whose query is made of an article or a passage instead of being typed.
import ArasAPI
import Xapian

extension Search {
  /// A passage is like the source where it reaches this share of the weight that the source's own best passage has. Of paragraphs of one
  /// article it finds 86 in 100, and of a collection without relation to the source a tenth; at 0.15 it would find 42 in 100.
  private static let leastShare: Float = 0.05

  /// Finds what is like an article or passage. The source's own article and all copies of it are left out, as if they were not in the
  /// index: totals and facets do not count them. A query text narrows the answer to what it matches.
  /// - Throws: `not_found` for an id that the index does not have.
  func findSimilar(to id: String) throws -> Found {
    let source = try SimilarSource(id: id, view: view, analyzer: analyzer)
    let profile = SimilarProfile(of: source, view: view, analyzer: analyzer, snapshot: snapshot)
    let filters = try resolvedFilters()
    var parsed = try parsedQuery()
    var plan: QueryPlan
    if parsed.root == nil {
      plan = QueryPlan(query: profile.query, match: .any, warnings: parsed.warnings)
    } else {
      var planner = makePlanner()
      plan = planner.run(parsed, match: request.match)
      plan.query = .filter(profile.query, plan.query)
    }
    plan.marks += profile.marks
    parsed.root = parsed.root.map { typed in .and([typed] + (profile.node.map { [$0] } ?? [])) } ?? profile.node ?? .not(.everything)
    try view.check()
    let copies = try CopyFinder(view: view, analyzer: analyzer, columns: snapshot.columns, deadline: deadline).copies(of: source)
    let matches = try matches(plan.query, ranked: true)
    let similar = select(matches, source, copies, try ownWeight(profile, source), profile.bonus(snapshot.dictionary))
    let groups = ArticleGroups(documents: similar.documents, columns: snapshot.columns)
    return Found(
      plan: plan, parsed: parsed, groups: groups,
      weights: request.sort == .relevance ? groups.arranged(similar.weights) : [],
      refused: refusals(groups, filters, areMasked: false), filters: filters.all, relaxed: false,
      timedOut: matches.timedOut || plan.isPartial || copies.timedOut)
  }

  /// The greatest weight of the asked passages themselves: what an equal would have.
  private func ownWeight(_ profile: SimilarProfile, _ source: SimilarSource) throws -> Float {
    let own = source.asked.map { Query.term(Term.value(Field.id.valuePrefix, source.passages[$0].id.utf8)) }
    return try matches(.filter(profile.query, .or(own)), ranked: true).weights.max() ?? 0
  }

  private func select(
    _ matches: Matches, _ source: SimilarSource, _ copies: CopyFinder.Found, _ own: Float, _ bonus: [UInt32: Float]
  ) -> (documents: [UInt32], weights: [Float]) {
    var documents: [UInt32] = []
    var weights: [Float] = []
    for (document, weight) in zip(matches.documents, matches.weights) where weight >= Self.leastShare * own {
      guard let article = snapshot.columns.article(of: document), article != source.ordinal, !copies.articles.contains(article),
        !copies.passages.contains(document)
      else { continue }
      var sum = weight
      snapshot.columns.forEachValue(ofPassage: document, .topic) { sum += bonus[$0] ?? 0 }
      documents.append(document)
      weights.append(sum)
    }
    return (documents, weights)
  }
}
