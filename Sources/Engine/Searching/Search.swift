// One search on one reader: parse, plan, match once, and from that one run the totals, the page of hits and every facet.
//
// The query itself runs without the filters; the filters are applied in memory over the columns. That makes a facet that leaves its own
// filter out a matter of another count, not of another query.
import ArasAPI
import Tagging
import TextAnalysis
import Xapian

struct Search {
  let request: SearchRequest
  let snapshot: Snapshot
  let view: DatabaseView
  let analyzer: Analyzer
  let vocabularies: VocabularyKeeper
  /// Day number.
  let today: Int
  /// CLOCK_MONOTONIC, nanoseconds.
  let deadline: UInt64
  /// The article or passage that hits are to be like; nil for a search by query text alone.
  var like: String?

  /// BM25's parameters: b is Robertson's 0.75 rather than Xapian's 0.5 (see the table in the DocC page "Ranking").
  static let weighting = WeightingScheme.bm25(k1: 1.2, b: 0.75)

  /// What a run of the query found.
  struct Found {
    var plan: QueryPlan
    var parsed: ParsedQuery
    var groups: ArticleGroups
    /// By document of the groups; empty when nothing is ranked.
    var weights: [Float]
    /// By document of the groups: one bit for each filter that does not accept it. Empty where all are accepted.
    var refused: [UInt32]
    var filters: [ResolvedFilter]
    /// What the first hits are ordered by; nil when the weights are the order.
    var rankingWords: [RankingWord]?
    var relaxed: Bool
    var timedOut: Bool
    /// Once the page is known, where it is to be explained.
    var explainer: HitExplainer?

    /// What passes all filters but some.
    func acceptance(except: UInt32) -> Acceptance { Acceptance(refused: refused, asked: ~except) }

    /// Whether the document at an index of the groups passes all filters, or all but some.
    func accepts(_ index: Int, except: UInt32 = 0) -> Bool { acceptance(except: except).accepts(index) }
  }

  // MARK: Finding

  func find() throws -> Found {
    if let like { return try findSimilar(to: like) }
    let parsed = try parsedQuery()
    let filters = try resolvedFilters()
    var found = try run(parsed, request.match, request.syntax == .strict ? .asTyped : .automatic, filters)
    if request.match == .auto, !found.timedOut, !found.groups.documents.indices.contains(where: { found.accepts($0) }),
      let less = lessStrict(found.plan, parsed)
    {
      let other = try run(parsed, less.match, less.reading, keepsFields: true, filters)
      if other.groups.documents.indices.contains(where: { other.accepts($0) }) {
        found = other
        found.relaxed = true
      }
    }
    return found
  }

  func parsedQuery() throws(APIError) -> ParsedQuery {
    let parsed = QueryParser.parse(request.isEverything ? "" : request.q, today: today)
    if request.syntax == .strict, let wrong = parsed.warnings.first(where: \.isSyntax) {
      throw APIError.querySyntax(wrong.message, offset: wrong.range.lowerBound, length: wrong.range.count)
    }
    return parsed
  }

  /// How to try again what found nothing: any of the words instead of all, or a sentence without insisting on its quotations. A date, an
  /// actor, any field stays what it is: who asks for a year is not answered with another.
  private func lessStrict(_ plan: QueryPlan, _ parsed: ParsedQuery) -> (match: MatchMode, reading: QueryPlanner.Reading)? {
    if plan.match == .all { return (.any, .asTyped) }
    return request.syntax == .lenient && !plan.isProse && parsed.root?.hasQuotations == true ? (.auto, .prose) : nil
  }

  private func run(
    _ parsed: ParsedQuery, _ match: MatchMode, _ reading: QueryPlanner.Reading, keepsFields: Bool = false, _ filters: AppliedFilters
  ) throws -> Found {
    var planner = makePlanner()
    planner.notesSources = request.explain
    let plan = planner.run(parsed, match: match, reading: reading, keepsFields: keepsFields)
    let ranked = request.sort == .relevance && plan.query != .all
    let words = ranked && request.limit > 0 ? plan.root.flatMap { planner.rankingWords($0) } : nil
    try view.check()
    let mask = filters.mask
    let matches = try matches(plan.query, ranked: ranked, among: mask)
    let groups = ArticleGroups(documents: matches.documents, columns: snapshot.columns)
    return Found(
      plan: plan, parsed: parsed, groups: groups, weights: ranked ? groups.arranged(matches.weights) : [],
      refused: refusals(groups, filters, areMasked: mask != nil), filters: filters.all, rankingWords: words, relaxed: false,
      timedOut: matches.timedOut || plan.isPartial)
  }

  var postings: PostingReader {
    PostingReader(view: view, revision: snapshot.revision, changes: snapshot.changes, cache: snapshot.postings)
  }

  /// Every match, from memory where that is possible.
  /// - Parameter mask: only matches among these; nil for all.
  func matches(_ query: Query, ranked: Bool, among mask: DocumentBits? = nil) throws -> Matches {
    if snapshot.postings.isOn {
      let matcher = MemoryMatcher(postings: postings, weighting: Self.weighting, wantWeights: ranked, deadline: deadline)
      return try matcher.matches(query, among: mask)
    }
    let all = try view.matches(query, ranked ? Self.weighting : .boolean, wantWeights: ranked, deadline: deadline)
    guard let mask else { return all }
    let kept = all.documents.indices.filter { mask.contains(all.documents[$0]) }
    return Matches(
      documents: kept.map { all.documents[$0] }, weights: ranked ? kept.map { all.weights[$0] } : [], timedOut: all.timedOut)
  }

  func makePlanner() -> QueryPlanner {
    let languages = snapshot.languages
    return QueryPlanner(
      database: view, analyzer: analyzer, registry: snapshot.registry, languages: languages.isEmpty ? [.english] : languages,
      queryText: request.q, deadline: deadline)
  }

  // MARK: Answers

  func total(_ found: Found) -> Total {
    if found.refused.isEmpty { return Total(articles: found.groups.count, passages: found.groups.documents.count, exact: !found.timedOut) }
    var articles = 0
    var passages = 0
    for group in 0..<found.groups.count {
      let count = found.groups.range(group).count { found.accepts($0) }
      passages += count
      if count > 0 { articles += 1 }
    }
    return Total(articles: articles, passages: passages, exact: !found.timedOut)
  }

  func facets(_ found: Found) -> FacetList {
    var list = FacetList()
    let answer = FacetAnswer(snapshot: snapshot, unit: request.facetUnit)
    for spec in request.facets {
      let own = found.filters.enumerated().reduce(UInt32(0)) {
        $1.element.field.rawValue == spec.field.rawValue ? $0 | 1 << UInt32($1.offset) : $0
      }
      let except: UInt32 =
        switch spec.mode {
        case .auto: own
        case .strict: 0
        case .max: ~Self.exclusion
        }
      if spec.field == .date {
        list[spec.field] = answer.dates(spec, datedArticles(found, except), selected: selectedDays)
      } else if let column = Field(rawValue: spec.field.rawValue).flatMap({ FacetColumn($0) }) {
        list[spec.field] = answer.values(
          spec, counted(column, spec, found.groups, found.acceptance(except: except)))
      }
    }
    return list
  }

  private func counted(
    _ column: FacetColumn, _ spec: FacetSpec, _ groups: ArticleGroups, _ acceptance: Acceptance
  ) -> FacetAnswer.Counted {
    let (selected, absent) = selection(column)
    if spec.rollsUp, let rollUp = FacetRollUp(column, snapshot) {
      let wanted = Set(selected.map { snapshot.dictionary.value($0, in: column) })
      return FacetAnswer.Counted(
        column: column, counts: rollUp.count(groups, acceptance), whole: snapshot.wholeCounts(column, request.facetUnit, rollUp),
        id: { rollUp.ids[$0] }, selected: Set(rollUp.ids.indices.filter { wanted.contains(rollUp.ids[$0]) }.map { UInt32($0) }),
        absent: absent.filter { !rollUp.ids.contains($0) },
        withChildren: column == .topic ? [] : Set(snapshot.registry.actors.compactMap(\.parent)))
    }
    let counter = FacetCounter(
      columns: snapshot.columns, field: column, values: snapshot.dictionary.count(in: column), unit: request.facetUnit)
    let whole = snapshot.wholeCounts(column, request.facetUnit)
    let isEverything = acceptance.isWhole && groups.documents.count == snapshot.columns.passageCount
    return FacetAnswer.Counted(
      column: column, counts: isEverything ? whole : counter.count(groups, acceptance), whole: whole,
      id: { snapshot.dictionary.value(UInt32($0), in: column) }, selected: selected, absent: absent)
  }

  /// Values that a field is filtered by: the numbers of those that the index has, and those that it has not.
  private func selection(_ column: FacetColumn) -> (selected: Set<UInt32>, absent: [String]) {
    let resolver = filterResolver
    guard let field = FilterField(rawValue: column.field.rawValue), let value = request.filters[field] else { return ([], []) }
    let wanted = value.any + value.all
    let absent = Set(wanted.compactMap { resolver.absent($0, column) })
    return (wanted.reduce(into: []) { $0.formUnion(resolver.numbers($1, column)) }, absent.sorted())
  }

  private var selectedDays: [DayRange] {
    guard let value = request.filters[.date] else { return [] }
    return (value.any + value.all).compactMap { DateExpression.range($0, today: today) }
  }

  private func datedArticles(_ found: Found, _ except: UInt32) -> [(days: DayRange?, passages: Int)] {
    (0..<found.groups.count).compactMap { group in
      let passages = found.groups.range(group).count { found.accepts($0, except: except) }
      return passages == 0 ? nil : (snapshot.columns.days(ofArticle: found.groups.articles[group]), passages)
    }
  }

  func echo(_ found: Found, _ total: Total) throws -> QueryEcho {
    QueryEcho(
      text: request.q, parsed: found.parsed.root?.description ?? "*",
      corrections: like == nil ? try corrections(found, total) : [],
      warnings: found.plan.warnings.map {
        Warning(code: $0.code, offset: $0.range.lowerBound, length: $0.range.count, message: $0.message)
      },
      actors: found.plan.expansions.map {
        ActorExpansion(
          id: $0.id, label: snapshot.registry.actor($0.id)?.label ?? $0.id, word: $0.word, offset: $0.range.lowerBound,
          length: $0.range.count)
      })
  }
}
