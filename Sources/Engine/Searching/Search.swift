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
  /// Who helps with a search that touches much.
  var cores: SpareCores?

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
    /// What matches in all, where the groups have only the best of it.
    var counted: (articles: Int, passages: Int)?

    /// What passes all filters but some.
    func acceptance(except: UInt32) -> Acceptance { Acceptance(refused: refused, asked: ~except) }

    /// Whether the document at an index of the groups passes all filters, or all but some.
    func accepts(_ index: Int, except: UInt32 = 0) -> Bool { acceptance(except: except).accepts(index) }
  }

  // MARK: Finding

  /// - Parameter best: so many of the best hits are enough, and the total; nil for everything that matches.
  func find(best: Int? = nil) throws -> Found {
    if let like { return try findSimilar(to: like) }
    let parsed = try parsedQuery()
    let filters = try resolvedFilters()
    var found = try run(parsed, request.match, request.syntax == .strict ? .asTyped : .automatic, filters, best: best)
    if request.match == .auto, !found.timedOut, !found.groups.documents.indices.contains(where: { found.accepts($0) }),
      let less = lessStrict(found.plan, parsed)
    {
      let other = try run(parsed, less.match, less.reading, keepsFields: true, filters, best: best)
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
    _ parsed: ParsedQuery, _ match: MatchMode, _ reading: QueryPlanner.Reading, keepsFields: Bool = false, _ filters: AppliedFilters,
    best: Int?
  ) throws -> Found {
    var planner = makePlanner()
    planner.notesSources = request.explain
    let plan = planner.run(parsed, match: match, reading: reading, keepsFields: keepsFields)
    let ranked = request.sort == .relevance && plan.query != .all
    let words = ranked && request.limit > 0 ? plan.root.flatMap { planner.rankingWords($0) } : nil
    try view.check()
    let mask = filters.mask
    let isWhole = mask == nil ? filters.all.isEmpty && filters.excluded == nil : !filters.isStrict.contains(false)
    let (matches, all) = try matches(plan.query, ranked: ranked, among: mask, best: ranked && isWhole ? best : nil)
    let groups = ArticleGroups(documents: matches.documents, columns: snapshot.columns, cores: cores)
    return Found(
      plan: plan, parsed: parsed, groups: groups, weights: ranked ? groups.arranged(matches.weights) : [],
      refused: refusals(groups, filters, areMasked: mask != nil), filters: filters.all, rankingWords: words, relaxed: false,
      timedOut: matches.timedOut || plan.isPartial, counted: all.map { snapshot.total(of: $0) })
  }

  var postings: PostingReader {
    PostingReader(view: view, revision: snapshot.revision, changes: snapshot.changes, cache: snapshot.postings, cores: cores)
  }

  /// Every match, from memory where that is possible.
  func matches(_ query: Query, ranked: Bool) throws -> Matches { try matches(query, ranked: ranked, among: nil, best: nil).0 }

  /// - Parameters:
  ///   - mask: only matches among these; nil for all.
  ///   - best: so many of the best are enough; nil for all.
  /// - Returns: everything that matches beside, where the matches are the best alone.
  private func matches(_ query: Query, ranked: Bool, among mask: DocumentBits?, best: Int?) throws -> (Matches, all: DocumentBits?) {
    if snapshot.postings.isOn {
      let matcher = MemoryMatcher(postings: postings, weighting: Self.weighting, wantWeights: ranked, deadline: deadline)
      return try best.map { try matcher.best($0, of: query, among: mask) } ?? (matcher.matches(query, among: mask), nil)
    }
    let all = try view.matches(query, ranked ? Self.weighting : .boolean, wantWeights: ranked, deadline: deadline)
    guard let mask else { return (all, nil) }
    let kept = all.documents.indices.filter { mask.contains(all.documents[$0]) }
    let matches = Matches(
      documents: kept.map { all.documents[$0] }, weights: ranked ? kept.map { all.weights[$0] } : [], timedOut: all.timedOut)
    return (matches, nil)
  }

  func makePlanner() -> QueryPlanner {
    let languages = snapshot.languages
    return QueryPlanner(
      database: view, analyzer: analyzer, registry: snapshot.registry, languages: languages.isEmpty ? [.english] : languages,
      queryText: request.q, deadline: deadline)
  }

  // MARK: Answers

  /// How many of the first hits the page and what is worked out for it come from; nil where all that matches is asked for.
  var bestWanted: Int? {
    guard request.sort == .relevance, request.group == .passage, request.limit > 0, request.cursor == nil, request.facets.isEmpty,
      !request.explain, request.offset <= Self.mostBest, request.limit <= Self.mostBest
    else { return nil }
    return max(Rescoring.window, request.offset + request.limit)
  }

  /// Hits from which on all are weighed.
  private static let mostBest = 1000

  func total(_ found: Found) -> Total {
    if let counted = found.counted { return Total(articles: counted.articles, passages: counted.passages, exact: !found.timedOut) }
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
