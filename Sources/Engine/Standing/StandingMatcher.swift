// Asks standing queries of the passages of a commit. Confined to one queue.
//
// The new passages are taken by the hundred. Of each hundred every query says which passages it finds and what to mark in them; what is
// left of these after what was told before is told, with snippets as a search cuts them.
import ArasAPI
import Tagging
import TextAnalysis
import Xapian

final class StandingMatcher {
  private let whole: WholeIndex
  private let vocabularies: VocabularyKeeper
  private let plans: StandingPlans

  /// - Parameter files: of the whole index.
  init(_ files: IndexFiles) throws(XapianError) {
    whole = WholeIndex(files)
    vocabularies = VocabularyKeeper(files)
    plans = try StandingPlans()
  }

  /// Finds out how to ask a query.
  func prepare(_ query: StandingQuery) { plans.prepare(query) }

  /// Asks the queries of a commit, in its order.
  /// - Parameters:
  ///   - isStanding: whether a query, by its id, is still wanted.
  ///   - standBack: lets everything else run first from there on.
  func match(_ commit: WrittenCommit, _ queries: [StandingQuery], isStanding: (String) -> Bool, standBack: () -> Void) {
    guard !queries.isEmpty else { return }
    plans.adopt(commit, queries)
    whole.refresh()
    let rarity = TermRarity(whole)
    let withExclusions = queries.contains { !$0.request.exclude.isEmpty }
    var batch = Batch(commit: commit, withExclusions: withExclusions)
    var isFirst = true
    func flush() {
      // A save is told at once; after so many passages others come first.
      if !isFirst { standBack() }
      isFirst = false
      if !batch.members.isEmpty { match(batch, queries, rarity, isStanding) }
      batch = Batch(commit: commit, withExclusions: withExclusions)
    }
    for (article, written) in commit.articles.enumerated() {
      for candidate in written.candidates(withExclusions: withExclusions) {
        batch.before.append(candidate.before)
        batch.members.append(PassageSet.Member(article: article, passage: candidate.passage))
        if batch.members.count == PassageBits.capacity { flush() }
      }
    }
    flush()
  }

  private struct Batch {
    var commit: WrittenCommit
    var withExclusions: Bool
    var members: [PassageSet.Member] = []
    /// By member: the passage that had its text before.
    var before: [Int?] = []
  }

  private func match(_ batch: Batch, _ queries: [StandingQuery], _ rarity: TermRarity, _ isStanding: (String) -> Bool) {
    let commit = batch.commit
    let set = PassageSet(
      batch.members, of: { commit.articles[$0].now }, commit: commit, plans: plans, whole: whole, withExclusions: batch.withExclusions)
    var terms: TermSet?
    var earlier: Earlier?
    for query in queries {
      guard let plan = plans[query], isStanding(query.id) else { continue }
      do {
        if case .search(let needs) = plan {
          let known = terms ?? set.terms()
          terms = known
          guard known.meets(needs) else { continue }
        }
        var (found, marks) = try set.find(query, plan, plans, vocabularies)
        if found.isEmpty { continue }
        if batch.before.contains(where: { $0 != nil }) {
          let known = earlier ?? self.earlier(batch)
          earlier = known
          found = found.subtracting(try matched(query, plan, known))
        }
        try tell(query, found, marks, set, rarity, commit)
      } catch {
        fail(query, commit, error)
      }
    }
  }

  private func tell(
    _ query: StandingQuery, _ found: PassageBits, _ marks: [MarkRule], _ set: PassageSet, _ rarity: TermRarity, _ commit: WrittenCommit
  ) throws {
    if found.isEmpty { return }
    let marks = try rarity.weighed(marks)
    var snippets = SnippetMaker(marks.rules, weights: marks.weights, options: query.request.snippets) { set.articleText($0) }
    var events: [StandingEvent] = []
    found.forEach { index in
      let text = set.text(index, plans.analyzer)
      let passage = PassageHit(text.record, score: 0, snippets: snippets.snippets(of: text), explain: nil)
      let article = set.summary(index)
      events.append(
        .match(
          MatchNotification(
            subscription: query.id, revision: commit.revision, article: article.summary, passage: passage, articleJSON: article.json)))
    }
    query.deliver(events)
  }

  private func fail(_ query: StandingQuery, _ commit: WrittenCommit, _ error: any Error) {
    let message = "the query could not be asked of this revision: \(error)"
    query.deliver([.lagged(LaggedNotification(subscription: query.id, revision: commit.revision, missed: nil, message: message))])
  }

  // MARK: What was told before

  /// The passages of a batch whose text was there before, as they were then.
  private struct Earlier {
    var set: PassageSet
    /// By member of `set`: the member of the batch.
    var members: [Int]
  }

  /// Those that matched a query in the commit before and have kept their text.
  private func matched(_ query: StandingQuery, _ plan: StandingPlan, _ earlier: Earlier) throws -> PassageBits {
    var found = PassageBits()
    guard !earlier.members.isEmpty else { return found }
    try earlier.set.find(query, plan, plans, vocabularies).passages.forEach { found.insert(earlier.members[$0]) }
    return found
  }

  private func earlier(_ batch: Batch) -> Earlier {
    var states: [Int: ArticleState] = [:]
    var members: [Int] = []
    for (index, member) in batch.members.enumerated() where batch.before[index] != nil {
      if states[member.article] == nil { states[member.article] = earlierState(batch.commit, member.article) }
      if states[member.article] != nil { members.append(index) }
    }
    let set = PassageSet(
      members.compactMap { index in
        batch.before[index].map { PassageSet.Member(article: batch.members[index].article, passage: $0) }
      }, of: { states[$0] ?? batch.commit.articles[$0].now }, commit: batch.commit, plans: plans, whole: whole,
      withExclusions: batch.withExclusions)
    return Earlier(set: set, members: members)
  }

  /// An article as it was, prepared again from what the index kept of it.
  private func earlierState(_ commit: WrittenCommit, _ article: Int) -> ArticleState? {
    guard let stored = commit.articles[article].before else { return nil }
    let prepared = plans.preparer(for: commit).prepare(
      stored.article, path: stored.record.path, origin: Origin(name: stored.record.origin, label: stored.record.originLabel))
    guard prepared.passages.count == stored.passages.count else { return nil }
    let own = ArticleColumns(prepared.record, places: prepared.places) { commit.dictionary.number(of: $0, in: $1) }
    return ArticleState(prepared, article: 0, ofArticle: own) { commit.dictionary.number(of: $0, in: $1) }
  }
}
