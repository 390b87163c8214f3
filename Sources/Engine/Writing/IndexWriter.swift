// The one writer of the index. It numbers articles and facet values, writes documents and records in one transaction a commit, keeps
// the columns in step, and publishes a snapshot of each committed revision. It runs on a queue of its own.
import Tagging
import TextAnalysis
import Xapian

actor IndexWriter {
  nonisolated let disk: IndexFiles
  /// Nil when the index is closed: another daemon may have it.
  private var lock: IndexLock?
  private let executor = QueueExecutor(label: "aras.writer")
  var tables: IndexTables
  var contents: IndexContents
  var articles: ArticleAppender
  private var registry: Registry
  private var analysis: AnalysisSetting
  /// For what documents had before they are changed: no option has a say in the terms of a text.
  private let analyzer = Analyzer()
  private(set) var isDirty = false
  /// By the bytes of the path.
  var open: [[UInt8]: OpenFile] = [:]
  private let holder: SnapshotHolder
  /// Documents written or removed since the last commit.
  var touched: Set<UInt32> = []
  /// Tags that are shown, or are with the next commit, and not written.
  var unwritten = UnwrittenTags()
  /// How often what was written since the last commit was given up.
  private(set) var losses = 0
  private var changes: ChangeLog
  let standing: StandingQueries
  /// What this transaction has written, for the standing queries.
  var log = CommitLog()

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// A file whose articles are being replaced.
  struct OpenFile {
    var path: String
    var source: String
    /// Articles of the file's last state that have not come again yet.
    var left: Set<String>
    var articles: [String] = []
    /// How many of `articles` a commit in the middle has listed already, and in how many entries of the file's list.
    var listed = 0
    var chunks = 0
  }

  /// Articles listed in one entry of a file's list.
  static let chunk = 5000

  init(
    _ files: IndexFiles, lock: consuming IndexLock, contents: IndexContents? = nil, registry: Registry, analysis: AnalysisOptions,
    postings: PostingCache, standing: StandingQueries
  ) throws(XapianError) {
    disk = files
    self.standing = standing
    self.lock = consume lock
    tables = try IndexTables(files)
    if let contents { self.contents = contents } else { self.contents = try Self.contents(of: files) }
    articles = ArticleAppender(disk.articles, live: self.contents.liveBytes)
    self.registry = registry
    self.analysis = AnalysisSetting(options: analysis, generation: 0)
    let uuid = try tables.uuid
    let revision = try tables.revision
    changes = ChangeLog(from: revision)
    holder = SnapshotHolder(
      Snapshot(
        revision: revision, uuid: uuid, columns: self.contents.columns, dictionary: self.contents.dictionary, registry: registry,
        analysis: self.analysis, failures: self.contents.failures, fileCount: self.contents.files.count,
        postings: postings, changes: changes))
  }

  nonisolated var snapshots: SnapshotHolder { holder }

  private static func contents(of files: IndexFiles) throws(XapianError) -> IndexContents {
    try IndexContents(reading: Database(path: files.path), files.articles.segments)
  }

  // MARK: Commits

  /// Makes everything written so far visible, and durable as `DiskSync` has it.
  /// - Parameter isLast: whether nothing more is about to be written.
  /// - Returns: the revision that searches see now.
  @discardableResult
  func commit(isLast: Bool = true) throws -> UInt64 {
    guard isDirty else { return holder.snapshot.revision }
    try guarded { writer in
      try writer.listUnfinishedFiles()
      try writer.moveArticles()
      // What is shown without being written is a revision, too.
      if writer.unwritten.isChanged {
        writer.tables.setMetadata(IndexContents.unwrittenKey, Array(String(writer.unwritten.passageCount).utf8))
      }
      try writer.tables.commit(isLast: isLast, knowing: writer.known)
    }
    disk.sync.noteCommit()
    articles.removeUnused()
    isDirty = false
    unwritten.noteCommit()
    changes.append(touched, revision: try tables.revision)
    touched.removeAll()
    publish()
    tellStandingQueries()
    return holder.snapshot.revision
  }

  private var known: KnownDocuments {
    KnownDocuments(analyzer: analyzer, segments: disk.articles.segments, dictionary: contents.dictionary)
  }

  /// Commits, unless an index that is being built is better written when more of it is there.
  /// - Returns: the revision that searches see now; nil where it was put off.
  func commitInPassing() throws -> UInt64? {
    if isDirty, tables.putsOffCommits { return nil }
    return try commit(isLast: false)
  }

  /// Whether what was added waits for the whole index to be written.
  var isBuilding: Bool { tables.hasPendingDocuments }

  /// Whether so much waits for a commit that others would wait long for it.
  var isFull: Bool { tables.isFull }

  /// To be called before anything is changed or removed: what is still being built cannot be.
  func settle() throws {
    if isBuilding { try commit() }
  }

  private func publish() {
    holder.publish(
      Snapshot(
        revision: (try? tables.revision) ?? holder.snapshot.revision, uuid: holder.snapshot.uuid, columns: contents.columns,
        dictionary: contents.dictionary, registry: registry, analysis: analysis, failures: contents.failures,
        fileCount: contents.files.count, postings: holder.snapshot.postings, changes: changes, tags: unwritten.fresh()))
  }

  // MARK: The registry

  func entry(_ id: String) throws -> ArticleEntry? { ArticleEntry(encoded: try tables.metadata(ArticleEntry.key(id))) }

  func stored(_ entry: ArticleEntry) -> StoredArticle? { disk.articles.segments.read(entry.place) { StoredArticle($0) } }

  /// Writes an article that was tagged again.
  func rewrite(_ article: PreparedArticle) throws {
    try settle()
    try guarded { writer in try writer.put(article, isRetag: true) }
  }

  /// From now on queries are resolved by this registry and analysed by these options.
  /// - Parameter committing: whether what was written by the registry before is committed first, so that all of it can be looked
  ///   through for what the change touches. The tags of the index are then by no one registry, until somebody notes it.
  func adopt(_ registry: Registry, _ options: AnalysisOptions, committing: Bool) throws {
    if committing {
      try guarded { writer in writer.tables.setMetadata(IndexContents.registryKey, []) }
      _ = try commit()
    }
    self.registry = registry
    analysis = AnalysisSetting(options: options, generation: analysis.generation + 1)
    // What is written but not committed is not shown for it.
    holder.publish(holder.snapshot.adopting(registry, analysis))
  }

  /// Notes that the tags of the whole index are by the registry of that fingerprint, if it is still the one in force.
  func note(taggedBy fingerprint: String) throws {
    guard registry.fingerprint == fingerprint, try taggedBy() != fingerprint else { return }
    try guarded { writer in writer.tables.setMetadata(IndexContents.registryKey, Array(fingerprint.utf8)) }
  }

  func taggedBy() throws -> String { String(decoding: try tables.metadata(IndexContents.registryKey), as: UTF8.self) }

  func close() throws {
    defer { lock = nil }
    if isDirty { try commit() }
    try keepContents()
    try tables.close()
    disk.sync.finish()
  }

  /// Writes what the next opening is to read of the columns, unless it is there.
  private func keepContents() throws {
    let file = ContentsFile(directory: disk.path)
    // Tags that searches see and the database does not have are gone with the process.
    guard unwritten.isEmpty else { return file.remove() }
    let commit = ContentsFile.Commit(uuid: try tables.uuid, revision: try tables.revision)
    if contents.kept == commit { return }
    file.write(.init(columns: contents.columns, liveBytes: articles.live), of: commit, sizes: disk.articles.segments.sizes)
  }

  // MARK: Writing

  /// Runs something that writes. If it fails in the middle, the uncommitted part is given up and everything is read anew from the last
  /// commit, so that memory and disk never disagree.
  func guarded(_ body: (isolated IndexWriter) throws -> Void) throws {
    isDirty = true
    do {
      try body(self)
    } catch {
      open.removeAll()
      log.discard()
      losses += 1
      do {
        try? tables.close()
        contents = try Self.contents(of: disk)
        tables = try IndexTables(disk)
        articles = ArticleAppender(disk.articles, live: contents.liveBytes)
        unwritten = UnwrittenTags()
        isDirty = false
        touched.removeAll()
        publish()
      } catch let second {
        throw EngineError(.failed, "the index could not be written (\(error)) and not opened again (\(second))")
      }
      if let error = error as? XapianError, error.isCorruption {
        throw EngineError(.failed, "the index is damaged (\(error)): stop arasd and delete \(disk.path); it is built again from the files")
      }
      throw EngineError(.failed, "the index could not be written, and went back to its last commit: \(error)")
    }
  }

  /// - Parameter isRetag: the article says what it said, under other tags; that is nothing new to standing queries.
  func put(_ article: PreparedArticle, isRetag: Bool = false) throws {
    let old = try entry(article.id)
    if let old, old.contentHash == article.contentHash, unwritten[article.id] == nil { return }
    forgetUnwritten(article.id)
    if old == nil { try tables.beginAdding() }
    let isLogged = log.isOn && (!isRetag || log.has(article.id))
    let before = isLogged && !log.has(article.id) ? old.flatMap { stored($0) } : nil
    let ordinal = old?.ordinal ?? contents.takeOrdinal()
    let documents = try old.map { _ in try tables.documents(ofArticle: article.id) } ?? []
    let own = try ArticleColumns(article.record, places: article.places) { try number($0, $1) }
    for (index, passage) in article.passages.enumerated() {
      let columns = try PassageColumns(passage, index + 1, article: ordinal, ofArticle: own) { try number($0, $1) }
      if index < documents.count {
        try tables.replace(documents[index], with: passage.document, passage.laidOut, columns: columns.encoded(), ofArticle: article.id)
        contents.columns.set(documents[index], columns)
        touched.insert(documents[index])
      } else {
        let added = try tables.add(passage.document, passage.laidOut, columns: columns.encoded(), ofArticle: article.id)
        contents.columns.set(added, columns)
        touched.insert(added)
      }
    }
    for document in documents.dropFirst(article.passages.count) {
      try tables.delete(document, ofArticle: article.id)
      contents.columns.remove(document)
      touched.insert(document)
    }
    try store(
      article.data, article.contentHash, id: article.id, title: article.record.title, ordinal: ordinal, passages: article.passages.count,
      insteadOf: old)
    if isLogged, let state = try ArticleState(article, article: ordinal, ofArticle: own, number: { try number($0, $1) }) {
      log.note(state, before: before)
    }
  }

  func removeArticle(_ id: String) throws {
    guard let entry = try entry(id) else { return }
    forgetUnwritten(id)
    for document in try tables.documents(ofArticle: id) {
      try tables.delete(document, ofArticle: id)
      contents.columns.remove(document)
      touched.insert(document)
    }
    try unstore(id, entry)
    log.remove(id)
  }

  func number(_ value: String, _ field: FacetColumn) throws -> UInt32 {
    let (number, isNew) = contents.dictionary.intern(value, in: field)
    if isNew { tables.setMetadata(FacetDictionary.key(field, number), Array(value.utf8)) }
    return number
  }
}
