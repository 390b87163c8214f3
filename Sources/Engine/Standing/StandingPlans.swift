// Standing queries made ready: most are planned once, to a pattern of terms that holds whatever there will be, and asked of every commit
// as they are. What a query with `word*`, `word~1` or a path means depends on the terms that there are: such a query is planned again for
// the passages of each commit, if these have what it needs at least.
import ArasAPI
import Tagging
import TextAnalysis
import Xapian

enum StandingPlan {
  /// With what to mark.
  case pattern(StandingPattern, marks: [MarkRule])
  case search(TermSet.Prepared)
}

/// Plans by query, all made by the same analysis, registry and languages. Confined to one queue.
final class StandingPlans {
  /// What plans are made by.
  private struct Basis: Equatable {
    var registry: String
    var generation: Int
    var languages: [Language]
    /// Day number: `date:last_week` is counted from it.
    var today: Int
  }

  /// A view without passages.
  private let nothing: DatabaseView
  private var basis: Basis?
  private var registry = Registry?.none
  private(set) var analyzer = Analyzer(options: AnalysisOptions())
  private var preparer: Preparer?
  private var plans: [String: StandingPlan] = [:]
  /// Of the terms in patterns.
  private(set) var numbers = TermNumbers()
  /// By term: whether its places count.
  private(set) var placed: [Bool] = []

  init() throws(XapianError) {
    nothing = DatabaseView(part: try Database(inMemory: [Document]()), of: nil, source: nil)
  }

  var today: Int { basis?.today ?? Clock.today }

  subscript(query: StandingQuery) -> StandingPlan? { plans[query.id] }

  /// Plans a query, if a commit has been seen; else it is planned with the first.
  func prepare(_ query: StandingQuery) {
    if let basis, let registry { plans[query.id] = plan(query, basis, registry) }
  }

  /// Makes plans for a commit. Queries that are gone are forgotten now and then.
  func adopt(_ commit: WrittenCommit, _ queries: [StandingQuery]) {
    let basis = Basis(
      registry: commit.registry.fingerprint, generation: commit.analysis.generation, languages: commit.languages, today: Clock.today)
    if basis != self.basis {
      if basis.generation != self.basis?.generation { analyzer = Analyzer(options: commit.analysis.options) }
      if basis.registry != self.basis?.registry || basis.generation != self.basis?.generation { preparer = nil }
      self.basis = basis
      registry = commit.registry
      forget()
    }
    if plans.count > 2 * queries.count + 100 { forget() }
    for query in queries where plans[query.id] == nil { plans[query.id] = plan(query, basis, commit.registry) }
  }

  private func forget() {
    plans = [:]
    numbers = TermNumbers()
    placed = []
  }

  private func plan(_ query: StandingQuery, _ basis: Basis, _ registry: Registry) -> StandingPlan {
    nothing.clear()
    let request = query.request
    let parsed = QueryParser.parse(request.isEverything ? "" : request.q, today: basis.today)
    var planner = QueryPlanner(
      database: nothing, analyzer: analyzer, registry: registry, languages: basis.languages.isEmpty ? [.english] : basis.languages,
      queryText: request.q)
    planner.isForAnyIndex = true
    let needsPlanner = planner
    let plan = planner.run(parsed, match: request.match)
    if !planner.hasAskedIndex, let pattern = StandingPattern(plan.query, &numbers) {
      while placed.count < numbers.count { placed.append(false) }
      pattern.forEachPlacedTerm { placed[$0] = true }
      return .pattern(pattern, marks: plan.marks)
    }
    while placed.count < numbers.count { placed.append(false) }
    planner = needsPlanner
    return .search(TermSet.Prepared(planner.needs(of: parsed, filters: request.filters)))
  }

  /// What prepares articles as the writer does.
  func preparer(for commit: WrittenCommit) -> Preparer {
    let preparer = self.preparer ?? Preparer(registry: commit.registry, analysis: commit.analysis.options)
    self.preparer = preparer
    return preparer
  }
}
