// A few passages as an index of their own, in memory: the same terms, places, columns and records, so that what is asked of them is asked
// of the whole index as far as it is these. Patterns are answered by `PassagePostings`. Only where a query is more than that, the passages
// become a database of Xapian's, on which the search itself runs.
import ArasAPI
import Tagging
import TextAnalysis
import Xapian

final class PassageSet {
  /// A passage that is found, as a number of its article and of the passage in it.
  struct Member: Sendable, Hashable {
    var article: Int
    var passage: Int
  }

  /// What can be found, known by their index from now on.
  let members: [Member]
  let snapshot: Snapshot
  let postings: PassagePostings
  private let article: (Int) -> ArticleState
  private let whole: WholeIndex
  /// Passages that are there for exclusions alone.
  private let others: [Member]
  private var opened: DatabaseView?
  private var texts: [PassageText?]
  private var summaries: [Int: (summary: ArticleSummary, json: [UInt8])] = [:]

  /// - Parameters:
  ///   - members: `PassageBits.capacity` at most; passages of an article follow each other.
  ///   - article: an article by its number.
  ///   - withExclusions: whether the other passages of these articles are there, too, for exclusions, which leave out whole articles.
  ///   - whole: what of the whole index is to be known.
  init(
    _ members: [Member], of article: @escaping (Int) -> ArticleState, commit: WrittenCommit, plans: StandingPlans, whole: WholeIndex,
    withExclusions: Bool
  ) {
    self.members = members
    self.article = article
    self.whole = whole
    texts = Array(repeating: nil, count: members.count)
    var postings = PassagePostings(plans.numbers, placed: plans.placed)
    var columns = Columns()
    var documents: UInt32 = 0
    var numbers: [Int: UInt32] = [:]
    func add(_ member: Member) {
      let number = numbers[member.article] ?? UInt32(numbers.count)
      numbers[member.article] = number
      var own = article(member.article).passages[member.passage].columns
      own.article = number
      documents += 1
      columns.set(documents, own)
    }
    for member in members {
      postings.add(article(member.article).passages[member.passage].document)
      add(member)
    }
    var others: [Member] = []
    if withExclusions {
      let found = Set(members)
      for article in numbers.keys.sorted() {
        others += self.article(article).passages.indices.map { Member(article: article, passage: $0) }.filter { !found.contains($0) }
      }
      for other in others { add(other) }
    }
    self.others = others
    self.postings = postings
    snapshot = Snapshot(
      revision: commit.revision, uuid: commit.uuid, columns: columns, dictionary: commit.dictionary, registry: commit.registry,
      analysis: commit.analysis, failures: [], fileCount: 0, postings: PostingCache(budget: 0), changes: ChangeLog(from: commit.revision),
      languages: commit.languages)
  }

  // MARK: Answers

  /// The passages that a query finds, with what to mark in them.
  func find(
    _ query: StandingQuery, _ plan: StandingPlan, _ plans: StandingPlans, _ vocabularies: VocabularyKeeper
  ) throws -> (passages: PassageBits, marks: [MarkRule]) {
    let request = query.request
    switch plan {
    case .pattern(let pattern, let marks):
      let found = postings.matches(pattern)
      if found.isEmpty || request.filters.isEmpty && request.exclude.isEmpty { return (found, marks) }
      let resolver = FilterResolver(
        snapshot: snapshot,
        documents: { field, value in
          try self.search(request, plans, vocabularies).filterResolver.documents(field, value)
        }, today: plans.today)
      return (try accepted(found, request, resolver), marks)
    case .search:
      let found = try search(request, plans, vocabularies).find()
      var passages = PassageBits()
      for index in found.groups.documents.indices where found.accepts(index) {
        let document = Int(found.groups.documents[index])
        if document <= members.count { passages.insert(document - 1) }
      }
      return (passages, found.plan.marks)
    }
  }

  private func accepted(_ found: PassageBits, _ request: SearchRequest, _ resolver: FilterResolver) throws -> PassageBits {
    let filters = try resolver.resolve(request.filters, parameter: "filters")
    let excluded = try resolver.excluded(request.exclude)
    return found.filter { index in
      let document = UInt32(index + 1)
      return excluded?.contains(document) != true && filters.allSatisfy { $0.accepts(document) }
    }
  }

  // MARK: Passages

  func text(_ index: Int, _ analyzer: Analyzer) -> PassageText {
    if let known = texts[index] { return known }
    let member = members[index]
    let text = PassageText(article(member.article).passages[member.passage].record, analyzer)
    texts[index] = text
    return text
  }

  /// The article of a passage as it is told.
  func summary(_ index: Int) -> (summary: ArticleSummary, json: [UInt8]) {
    let article = members[index].article
    if let known = summaries[article] { return known }
    let summary = self.article(article).record.summary
    let shared = (summary, summary.jsonBytes)
    summaries[article] = shared
    return shared
  }

  /// The terms of all of them.
  func terms() -> TermSet { TermSet(members.lazy.map { [article] in article($0.article).passages[$0.passage].document }) }

  // MARK: As a database

  private func search(_ request: SearchRequest, _ plans: StandingPlans, _ vocabularies: VocabularyKeeper) throws(XapianError) -> Search {
    let view = try self.view()
    view.clear()
    return Search(
      request: request, snapshot: snapshot, view: view, analyzer: plans.analyzer, vocabularies: vocabularies, today: plans.today,
      deadline: .max)
  }

  private func view() throws(XapianError) -> DatabaseView {
    if let opened { return opened }
    var documents = members.map { article($0.article).passages[$0.passage].document }
    documents += others.map { Self.identity(article($0.article), $0.passage) }
    let view = DatabaseView(part: try Database(inMemory: documents), of: whole, source: self)
    opened = view
    return view
  }

  /// A passage by its ids alone: what exclusions by id are found by.
  private static func identity(_ article: ArticleState, _ passage: Int) -> Document {
    var document = Document()
    for id in [article.record.id, "\(article.record.id)#\(passage + 1)"] {
      document.addTerm(Term.value(Field.id.valuePrefix, id.utf8), wdf: 0)
    }
    return document
  }
}

extension PassageSet: PassageSource {
  private func member(_ document: UInt32) -> Member? {
    let index = Int(document) - 1
    return members.indices.contains(index) ? members[index] : nil
  }

  private func state(_ id: String) -> ArticleState? {
    members.first { article($0.article).record.id == id }.map { article($0.article) }
  }

  func passage(_ document: UInt32) -> PassageRecord? { member(document).map { article($0.article).passages[$0.passage].record } }

  func articleRecord(of document: UInt32) -> ArticleRecord? { member(document).map { article($0.article).record } }

  func articleRecord(_ id: String) -> ArticleRecord? { state(id)?.record }

  func articleText(_ id: String) -> [UInt8]? { state(id)?.text.text }
}
