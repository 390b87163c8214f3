// Asks standing queries of the passages of a commit. Confined to one queue.
//
// The new passages become a small index in memory, and of the queries only those are run on it whose needs its terms meet. Each runs just
// as a search does: with the analysis, the registry, the languages and the numbers of the commit.
import ArasAPI
import Tagging
import TextAnalysis
import Xapian

final class StandingMatcher {
  /// Passages of one small index: enough to be worth its making, few enough to be soon done.
  private static let batchSize = 256

  private let whole: WholeIndex
  private let vocabularies: VocabularyKeeper
  /// A view without passages, for finding needs.
  private let nothing: DatabaseView
  private var needs: [String: TermSet.Prepared] = [:]
  private var basis: Basis?
  private var analyzer = Analyzer(options: AnalysisOptions())
  private var preparer: Preparer?

  /// What needs and analysers are made by.
  private struct Basis: Equatable {
    var registry: String
    var generation: Int
    var languages: [Language]
  }

  /// - Parameter path: of the whole index's database.
  init(path: String) throws(XapianError) {
    whole = WholeIndex(path: path)
    vocabularies = VocabularyKeeper(path: path)
    nothing = DatabaseView(part: try Database(inMemory: [Document]()), of: nil) { _ in nil }
  }

  // MARK: Needs

  private var registry = Registry?.none

  /// Finds out what a query needs, if a commit has been seen; else it is found out with the first.
  func prepare(_ query: StandingQuery) {
    if let basis, let registry { needs[query.id] = findNeeds(of: query, basis, registry) }
  }

  private func adopt(_ commit: WrittenCommit, _ queries: [StandingQuery]) {
    let basis = Basis(registry: commit.registry.fingerprint, generation: commit.analysis.generation, languages: commit.languages)
    if basis != self.basis {
      if basis.generation != self.basis?.generation { analyzer = Analyzer(options: commit.analysis.options) }
      if basis.registry != self.basis?.registry || basis.generation != self.basis?.generation { preparer = nil }
      self.basis = basis
      registry = commit.registry
      needs = [:]
    }
    if needs.count > 2 * queries.count + 100 {
      let kept = Set(queries.map(\.id))
      needs = needs.filter { kept.contains($0.key) }
    }
    for query in queries where needs[query.id] == nil { needs[query.id] = findNeeds(of: query, basis, commit.registry) }
    whole.refresh()
  }

  private func findNeeds(of query: StandingQuery, _ basis: Basis, _ registry: Registry) -> TermSet.Prepared {
    nothing.clear()
    let request = query.request
    let parsed = QueryParser.parse(request.isEverything ? "" : request.q, today: Clock.today)
    var planner = QueryPlanner(
      database: nothing, analyzer: analyzer, registry: registry, languages: basis.languages.isEmpty ? [.english] : basis.languages,
      queryText: request.q)
    return TermSet.Prepared(planner.needs(of: parsed, filters: request.filters))
  }

  // MARK: Matching

  /// Asks the queries of a commit, in its order.
  /// - Parameter isStanding: whether a query, by its id, is still wanted.
  func match(_ commit: WrittenCommit, _ queries: [StandingQuery], isStanding: (String) -> Bool) {
    guard !queries.isEmpty else { return }
    adopt(commit, queries)
    let withExclusions = queries.contains { !$0.request.exclude.isEmpty }
    var members: [PassageSet.Member] = []
    var before: [PassageSet.Member: Int] = [:]
    func flush() {
      if members.isEmpty { return }
      match(Batch(commit: commit, members: members, before: before, withExclusions: withExclusions), queries, isStanding)
      members = []
      before = [:]
    }
    for (article, written) in commit.articles.enumerated() {
      for candidate in written.candidates(withExclusions: withExclusions) {
        let member = PassageSet.Member(article: article, passage: candidate.passage)
        members.append(member)
        before[member] = candidate.before
        if members.count == Self.batchSize { flush() }
      }
    }
    flush()
  }

  private struct Batch {
    var commit: WrittenCommit
    var members: [PassageSet.Member]
    /// By member: the passage that had its text before.
    var before: [PassageSet.Member: Int]
    var withExclusions: Bool
  }

  private func match(_ batch: Batch, _ queries: [StandingQuery], _ isStanding: (String) -> Bool) {
    do {
      let set = try PassageSet(
        batch.members, of: batch.commit.articles.map(\.now), commit: batch.commit, whole: whole, withExclusions: batch.withExclusions)
      let terms = TermSet(set.view)
      try set.view.check()
      var earlier = Earlier(batch: batch)
      for query in queries {
        guard needs[query.id].map(terms.meets) ?? true, isStanding(query.id) else { continue }
        do {
          try match(query, set, &earlier)
        } catch {
          fail(query, batch.commit, error)
        }
      }
    } catch {
      for query in queries { fail(query, batch.commit, error) }
    }
  }

  private func match(_ query: StandingQuery, _ set: PassageSet, _ earlier: inout Earlier) throws {
    let today = Clock.today
    let finds = try set.find(query.request, analyzer, vocabularies, today: today)
    guard !finds.documents.isEmpty else { return }
    let commit = earlier.batch.commit
    var snippets = SnippetMaker(finds.found.plan.marks, options: query.request.snippets, analyzer: analyzer, view: set.view)
    for document in finds.documents {
      let member = set.members[Int(document) - 1]
      if let old = earlier.batch.before[member], try matched(query, article: member.article, passage: old, &earlier, today: today) {
        continue
      }
      guard let record = try set.view.passage(document) else { continue }
      let passage = try finds.search.passageHit(
        record, document: document, score: 0, finds.found, snippets: snippets.snippets(of: record))
      let article = commit.articles[member.article].now.record.summary
      query.deliver(
        .match(MatchNotification(subscription: query.id, revision: commit.revision, article: article, passage: passage)))
    }
  }

  private func fail(_ query: StandingQuery, _ commit: WrittenCommit, _ error: any Error) {
    let message = "the query could not be asked of this revision: \(error)"
    query.deliver(
      .lagged(LaggedNotification(subscription: query.id, revision: commit.revision, missed: nil, message: message)))
  }

  // MARK: What was told before

  /// The states before a commit of those of its articles that were asked for.
  private struct Earlier {
    var batch: Batch
    /// By article; nil where there is none to be had.
    var sets: [Int: PassageSet?] = [:]
    /// By query and article: the passages that matched.
    var found: [String: [Int: Set<Int>]] = [:]
  }

  /// Whether a passage that has kept its text matched the query in the commit before.
  private func matched(
    _ query: StandingQuery, article: Int, passage: Int, _ earlier: inout Earlier, today: Int
  ) throws -> Bool {
    if let known = earlier.found[query.id]?[article] { return known.contains(passage) }
    let set: PassageSet?
    if let made = earlier.sets[article] {
      set = made
    } else {
      set = try earlierSet(earlier.batch, article: article)
      earlier.sets[article] = .some(set)
    }
    let matched = try set.map { set in
      Set(try set.find(query.request, analyzer, vocabularies, today: today).documents.map { set.members[Int($0) - 1].passage })
    }
    earlier.found[query.id, default: [:]][article] = matched ?? []
    return matched?.contains(passage) ?? false
  }

  /// An article as it was, prepared again from what the index kept of it.
  private func earlierSet(_ batch: Batch, article: Int) throws(XapianError) -> PassageSet? {
    let commit = batch.commit
    guard let stored = commit.articles[article].before else { return nil }
    let preparer = self.preparer ?? Preparer(registry: commit.registry, analysis: commit.analysis.options)
    self.preparer = preparer
    let prepared = preparer.prepare(
      stored.article, path: stored.record.path, origin: Origin(name: stored.record.origin, label: stored.record.originLabel))
    guard prepared.passages.count == stored.passages.count else { return nil }
    let own = ArticleColumns(prepared.record) { commit.dictionary.number(of: $0, in: $1) }
    let passages = prepared.passages.map { passage in
      ArticleState.Passage(
        document: passage.document, data: passage.data,
        columns: PassageColumns(passage, article: 0, ofArticle: own) { commit.dictionary.number(of: $0, in: $1) })
    }
    return try PassageSet(
      passages.indices.map { PassageSet.Member(article: 0, passage: $0) },
      of: [ArticleState(record: prepared.record, text: prepared.text, passages: passages)], commit: commit, whole: whole,
      withExclusions: false)
  }
}
