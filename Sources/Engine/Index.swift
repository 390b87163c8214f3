// The index, as the rest of the daemon sees it: one writer, a pool of readers, and the snapshot between them. Everything that Xapian is
// asked for happens on the writer's queue or on a reader's; what comes out are plain values.
import ArasAPI
import Articles
import Synchronization
import Tagging
import TextAnalysis
import Xapian

package final class Index: Sendable {
  package let path: String
  /// Whether the index was made anew at opening, with the reason when it replaced an older one.
  package let rebuilt: String?
  let writer: IndexWriter
  let readers: ReaderPool
  let holder: SnapshotHolder
  let vocabularies: VocabularyKeeper
  let standing: StandingQueries
  let results: ResultCache
  /// Articles whose tags a change of the registry can have touched.
  let retags: RetagQueue

  /// Queries that may wait for a reader.
  private static let longestLine = 10_000

  private init(
    path: String, rebuilt: String?, files: IndexFiles, writer: IndexWriter, readers: ReaderPool, standing: StandingQueries,
    results: ResultCache, taggedBy: [UInt8]
  ) {
    self.path = path
    self.rebuilt = rebuilt
    self.writer = writer
    self.readers = readers
    self.standing = standing
    self.results = results
    holder = writer.snapshots
    let fingerprint = holder.snapshot.registry.fingerprint
    retags = RetagQueue(target: fingerprint, needsAll: taggedBy != Array(fingerprint.utf8))
    vocabularies = VocabularyKeeper(files)
    vocabularies.prepare(holder.snapshot)
  }

  /// Opens the index in a folder, or makes one there.
  /// - Throws: `EngineError.locked` when another daemon has it.
  package static func open(
    path: String, registry: Registry, analysis: AnalysisOptions, limits: IndexLimits = IndexLimits()
  ) throws(EngineError) -> Index {
    try open(IndexFolder(path: path), registry: registry, analysis: analysis, limits: limits)
  }

  /// Opens the index of a folder that was looked at.
  package static func open(
    _ folder: consuming IndexFolder, registry: Registry, analysis: AnalysisOptions, limits: IndexLimits = IndexLimits()
  ) throws(EngineError) -> Index {
    let path = folder.path
    let database = folder.database
    let contents = folder.contents
    let articles = folder.articles
    let rebuilt = folder.rebuilt
    do {
      // One that was left in the middle of its making has nothing, not even that.
      let begins = try contents == nil || Database(path: database).metadata(IndexContents.schemaKey).isEmpty
      if begins { try IndexContents.begin(database, taggedBy: registry.fingerprint) }
      let taggedBy = try Database(path: database).metadata(IndexContents.registryKey)
      let files = IndexFiles(path: database, articles: articles, writtenWhole: limits.writtenWhole)
      if begins { files.sync.noteCommit() }
      let standing = try StandingQueries(files, limit: limits.subscriptions)
      let writer = try IndexWriter(
        files, lock: folder.takeLock(), contents: contents, registry: registry, analysis: analysis,
        postings: PostingCache(budget: PostingBudget(limits.postings), leastPruned: limits.leastPruned), standing: standing)
      let pool = try ReaderPool(files, limits, longestLine: longestLine, holder: writer.snapshots)
      return Index(
        path: path, rebuilt: rebuilt, files: files, writer: writer, readers: pool, standing: standing,
        results: ResultCache(budget: limits.results), taggedBy: taggedBy)
    } catch let error as EngineError {
      throw error
    } catch {
      throw EngineError(.unusable, "cannot open the index \(path): \(error)")
    }
  }

  // MARK: Writing

  package var registry: Registry { holder.snapshot.registry }
  package var revision: UInt64 { holder.snapshot.revision }
  package var uuid: String { holder.snapshot.uuid }

  /// What prepares articles on one thread, by the rules of now.
  package func makePreparer() -> Preparer { Preparer(holder.snapshot) }

  package func files() async -> [FileState] { await writer.files() }

  package func beginFile(path: String, source: String) async throws {
    try await writer.beginFile(path: path, source: source)
  }

  package func add(_ articles: [PreparedArticle], toFile path: String) async throws {
    try await writer.add(articles, toFile: path)
    if await writer.isLogFull { try await commit() } else if await writer.isFull { _ = try await commitInPassing() }
    // What was under way while another registry was taken up has the tags of the one before.
    let current = registry.fingerprint
    let outdated = articles.filter { $0.taggedBy != current }
    if !outdated.isEmpty {
      try await retag(try await writer.touched(outdated.map(\.id)), Retagger(makePreparer()), isCommitted: false)
      try await writer.writeTags(of: outdated.map(\.id))
    }
  }

  package func endFile(path: String, fingerprint: FileFingerprint, failure: String?) async throws {
    _ = try await removeMany(ofFile: path, isRemoved: false)
    try await writer.endFile(path: path, fingerprint: fingerprint, failure: failure, indexedAt: Clock.seconds)
  }

  package func touchFile(path: String, fingerprint: FileFingerprint) async throws {
    try await writer.touchFile(path: path, fingerprint: fingerprint)
  }

  package func removeFile(path: String) async throws {
    try await writer.removeFile(path: path, articles: removeMany(ofFile: path, isRemoved: true))
  }

  /// Of a file with a great many articles those that go, go some at a time: the database gets slower with what waits for a commit, and
  /// other files and the end of the daemon would wait for all of them. What is left when it ends in between goes at the next start.
  /// - Returns: the last of them, which are still there.
  private func removeMany(ofFile path: String, isRemoved: Bool) async throws -> [String] {
    var going = try await writer.goingArticles(ofFile: path, isRemoved: isRemoved)[...]
    while going.count > Self.removedAtOnce {
      try Task.checkCancellation()
      try await writer.remove(Array(going.prefix(Self.removedAtOnce)))
      try await commit()
      going = going.dropFirst(Self.removedAtOnce)
    }
    return Array(going)
  }

  private static let removedAtOnce = 200

  /// - Returns: the revision; when it returns, searches see everything written before.
  @discardableResult
  package func commit() async throws -> UInt64 {
    await standing.waitForRoom()
    return try await writer.commit()
  }

  /// Commits, unless an index that is being built from nothing is better written when more of it is there.
  /// - Returns: the revision; nil where it was put off.
  package func commitInPassing() async throws -> UInt64? {
    await standing.waitForRoom()
    return try await writer.commitInPassing()
  }

  /// Ends waiting queries, commits and closes.
  package func close() async {
    await readers.close()
    vocabularies.close()
    standing.close()
    // What cannot be committed now is found again in the files at the next start.
    try? await writer.close()
  }

  // MARK: Reading

  package func statistics() async throws -> IndexStatistics {
    let files = await writer.files()
    let terms = try await termCount()
    return IndexStatistics(snapshot: holder.snapshot, path: path, files: files, terms: terms)
  }

  /// Counting terms walks all of them: what was counted is good for a while.
  private func termCount() async throws -> Int {
    let (known, revision, time) = terms.withLock { ($0.count, $0.revision, $0.time) }
    if revision == self.revision || (time > 0 && Clock.now < time + 30_000_000_000) { return known }
    let (counted, at) = try await read { reader, snapshot in
      var count = 0
      reader.view.forEachTerm(beginning: []) { _, _ in count += 1 }
      try reader.view.check()
      return (count, snapshot.revision)
    }
    terms.withLock { $0 = TermCount(count: counted, revision: at, time: Clock.now) }
    return counted
  }

  /// Runs on a reader, between searches.
  func reading<Result: Sendable>(_ body: @escaping @Sendable (Reader, Snapshot) throws -> Result) async throws -> Result {
    try await read(body)
  }

  /// How texts are analysed now.
  var analysisOptions: AnalysisOptions { holder.snapshot.analysis.options }

  private struct TermCount {
    var count = 0
    var revision = UInt64.max
    /// CLOCK_MONOTONIC, nanoseconds; 0 before the first count.
    var time: UInt64 = 0
  }

  private let terms = Mutex(TermCount())

  /// Runs on a reader; errors of the library below become those of the wire.
  func read<Result: Sendable>(_ body: @escaping @Sendable (Reader, Snapshot) throws -> Result) async throws -> Result {
    do {
      return try await readers.run(body)
    } catch let error as XapianError {
      throw error.isTimeout ? APIError.timeout("the query took too long") : APIError.indexUnavailable("the index cannot be read: \(error)")
    }
  }
}
