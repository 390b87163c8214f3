// One committed state of the index as searches see it: the revision, the columns of exactly that revision, and the registry that its
// labels come from. Immutable; a commit publishes the next one.
import ArasAPI
import Synchronization
import Tagging
import TextAnalysis

/// How texts and queries are analysed, with a number that tells one setting from the next.
struct AnalysisSetting: Sendable {
  var options: AnalysisOptions
  var generation: Int
}

final class Snapshot: Sendable {
  /// Later ones have greater numbers, also where the revision is the same.
  let serial = Snapshot.serials.add(1, ordering: .relaxed).newValue
  let revision: UInt64
  let uuid: String
  let columns: Columns
  let dictionary: FacetDictionary
  let registry: Registry
  let analysis: AnalysisSetting
  /// Files that are not indexed, or not wholly.
  let failures: [FileState]
  let fileCount: Int
  /// Decoded posting lists, the same object for all snapshots of an index.
  let postings: PostingCache
  /// What the last commits wrote or removed.
  let changes: ChangeLog
  let filterBits = FilterBits()
  /// Tags that the database does not have yet.
  let tags: FreshTags
  /// Languages of the whole index, where the columns are those of a part of it.
  private let wholeLanguages: [Language]?
  private let articleEnds = Mutex(KnownArticleEnds())
  private let whole = Mutex<[WholeKey: FacetCounts]>([:])
  private static let serials = Atomic<UInt64>(0)

  init(
    revision: UInt64, uuid: String, columns: Columns, dictionary: FacetDictionary, registry: Registry, analysis: AnalysisSetting,
    failures: [FileState], fileCount: Int, postings: PostingCache, changes: ChangeLog, tags: FreshTags = .none,
    languages: [Language]? = nil
  ) {
    wholeLanguages = languages
    self.revision = revision
    self.uuid = uuid
    self.columns = columns
    self.dictionary = dictionary
    self.registry = registry
    self.analysis = analysis
    self.failures = failures
    self.fileCount = fileCount
    self.postings = postings
    self.changes = changes
    self.tags = tags
  }

  /// The same state of the index under another registry.
  func adopting(_ registry: Registry, _ analysis: AnalysisSetting) -> Snapshot {
    Snapshot(
      revision: revision, uuid: uuid, columns: columns, dictionary: dictionary, registry: registry, analysis: analysis,
      failures: failures, fileCount: fileCount, postings: postings, changes: changes, tags: tags)
  }

  /// Languages of the passages, the most frequent first.
  var languages: [Language] {
    if let wholeLanguages { return wholeLanguages }
    return columns.passagesByLanguage.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { Language(rawValue: dictionary.value($0.key, in: .lang)) }
  }

  /// The passages among some documents that are known, and the articles that they belong to.
  func total(of documents: DocumentBits) -> (articles: Int, passages: Int) {
    if let ends = articleEnds.withLock({ $0.ends(of: columns) }) { return ends.total(of: documents) }
    let total = columns.total(of: documents)
    articleEnds.withLock { $0.note(total.passages) }
    return total
  }

  /// Counts of a field over the whole index, for `lift`; counted once a revision.
  /// - Parameters:
  ///   - unit: counts of articles have those of passages, too.
  ///   - rollUp: counts the values with all below them.
  func wholeCounts(_ field: FacetColumn, _ unit: Unit, _ rollUp: FacetRollUp? = nil) -> FacetCounts {
    let key = WholeKey(field: field, unit: unit, rollsUp: rollUp != nil)
    let both = WholeKey(field: field, unit: .article, rollsUp: key.rollsUp)
    if let known = whole.withLock({ $0[key] ?? $0[both] }) { return known }
    let counter = FacetCounter(columns: columns, field: field, values: dictionary.count(in: field), unit: unit)
    let counts: FacetCounts
    if rollUp == nil, let passages = counter.countAllPassages() {
      counts = passages
    } else {
      var documents: [UInt32] = []
      columns.forEachDocument { documents.append($0) }
      let groups = ArticleGroups(documents: documents, columns: columns)
      counts = rollUp?.count(groups) ?? counter.count(groups)
    }
    whole.withLock { $0[key] = counts }
    return counts
  }

  private struct WholeKey: Hashable {
    var field: FacetColumn
    var unit: Unit
    var rollsUp: Bool
  }
}

/// Where the writer puts the newest snapshot and readers find it.
final class SnapshotHolder: Sendable {
  private let current: Mutex<Snapshot>

  init(_ snapshot: Snapshot) {
    current = Mutex(snapshot)
    snapshot.postings.fit(passages: snapshot.columns.passageCount)
  }

  var snapshot: Snapshot { current.withLock { $0 } }

  func publish(_ snapshot: Snapshot) {
    current.withLock { $0 = snapshot }
    snapshot.postings.fit(passages: snapshot.columns.passageCount)
  }
}
