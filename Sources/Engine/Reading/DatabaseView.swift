// A database as one reader's thread sees it during one query. Look-ups while a query is planned do not throw one by one: the first
// failure is kept and thrown when planning is done, where the reader reopens and repeats.
import Xapian

final class DatabaseView {
  private var database: Database
  private let tables: TablesInPlace?
  private(set) var failure: XapianError?

  /// The index that the database holds a part of; nil when it holds the whole.
  private let whole: WholeIndex?
  /// The passages of a part.
  unowned let part: (any PassageSource)?
  let store: ArticleStore?
  private(set) var segments: ArticleSegments
  /// Those of the revision that the database stands at, where somebody has said so.
  private(set) var columns = Columns()
  /// Tags of that revision that the database does not have yet.
  private(set) var tags = FreshTags.none

  init(_ files: IndexFiles) throws(XapianError) {
    tables = files.tables
    database = try files.tables.hold { () throws(XapianError) in try Database(path: files.path) }
    whole = nil
    part = nil
    store = files.articles
    segments = files.articles.segments
  }

  /// - Parameters:
  ///   - part: some of the passages of an index.
  ///   - source: what is kept of them, if anything is; it outlives the view.
  init(part: consuming Database, of whole: WholeIndex?, source: (any PassageSource)?) {
    tables = nil
    database = part
    self.whole = whole
    self.part = source
    store = nil
    segments = ArticleSegments()
  }

  /// From now on passages are found by the columns of the revision that the database stands at.
  func stand(at columns: Columns, _ tags: FreshTags = .none) {
    self.columns = columns
    self.tags = tags
    if let store { segments = store.segments }
  }

  /// Whether this is a part of an index, and something is so in the whole of it: what is meant can be decided by what is not in the part.
  func isInWhole(_ ask: (DatabaseView) -> Bool) -> Bool { whole != nil && ofWhole(ask) }

  /// Asks the whole index, be this all of it or a part.
  func ofWhole<Answer>(_ ask: (DatabaseView) -> Answer) -> Answer {
    guard let whole else { return ask(self) }
    do { return try whole.ask(ask) } catch {
      note(error)
      return ask(self)
    }
  }

  /// Throws what a look-up ran into since the last call.
  func check() throws(XapianError) {
    guard let failure else { return }
    self.failure = nil
    throw failure
  }

  func clear() { failure = nil }

  @discardableResult
  func reopen() throws(XapianError) -> Bool {
    let isNewer = if let tables { try tables.hold { () throws(XapianError) in try database.reopen() } } else { try database.reopen() }
    if let store { segments = store.segments }
    return isNewer
  }

  var revision: UInt64 { (try? database.revision) ?? 0 }

  /// Passages of the index.
  var documentCount: Int {
    do { return try database.documentCount } catch {
      note(error)
      return 0
    }
  }

  func frequency(_ term: [UInt8]) -> UInt32 {
    guard term.count <= Schema.longestXapianTerm else { return 0 }
    do {
      let written = try database.documentFrequency(of: term)
      guard let fresh = tags.postings(of: term) else { return written }
      return UInt32(clamping: Int(written) + fresh.moreDocuments)
    } catch {
      note(error)
      return 0
    }
  }

  func terms(beginning prefix: [UInt8]) -> [(term: [UInt8], frequency: UInt32)] {
    var found: [(term: [UInt8], frequency: UInt32)] = []
    forEachTerm(beginning: prefix) { found.append((Array($0), $1)) }
    return found
  }

  func forEachTerm(beginning prefix: [UInt8], _ body: (UnsafeBufferPointer<UInt8>, UInt32) -> Void) {
    guard prefix.count <= Schema.longestXapianTerm else { return }
    do {
      try database.forEachTerm(prefix: prefix) { term, frequency in
        body(term, frequency)
        return .proceed
      }
    } catch { note(error) }
  }

  func forEachMetadata(beginning prefix: [UInt8], _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Void) {
    do {
      try database.forEachMetadata(prefix: prefix) { key, value in
        body(key, value)
        return .proceed
      }
    } catch { note(error) }
  }

  /// The first documents that match, and how many there are, estimated where there are more.
  func firstMatches(_ query: Query, upTo limit: Int) -> (documents: [UInt32], count: Int) {
    do {
      let page = try database.page(placed(query, deadline: nil).query, weighting: .boolean, count: limit)
      let documents = page.hits.map(\.document)
      return (documents, documents.count < limit ? documents.count : max(page.estimated, documents.count))
    } catch {
      note(error)
      return ([], 0)
    }
  }

  /// How many of some passages, which have the words of a phrase, have them as it asks.
  func count(of phrase: Phrase, among candidates: [UInt32]) -> Int {
    do {
      return try documents(of: phrase, among: candidates).documents.count
    } catch {
      note(error)
      return 0
    }
  }

  /// Walks over the terms that begin with `prefix`, from `from` on, skipping where the body says so.
  func walkTerms(beginning prefix: [UInt8], from: [UInt8] = [], _ body: (UnsafeBufferPointer<UInt8>) -> TermStep) {
    guard prefix.count <= Schema.longestXapianTerm else { return }
    do { try database.walkTerms(prefix: prefix, from: from, body) } catch { note(error) }
  }

  /// Every match of a query, without weights.
  func documents(_ query: Query, deadline: UInt64?) -> (documents: [UInt32], timedOut: Bool) {
    do {
      let matches = try matches(query, .boolean, wantWeights: false, deadline: deadline)
      return (matches.documents, matches.timedOut)
    } catch {
      note(error)
      return ([], false)
    }
  }

  func note(_ error: XapianError) { if failure == nil { failure = error } }

  func matches(_ query: Query, _ weighting: WeightingScheme, wantWeights: Bool, deadline: UInt64?) throws(XapianError) -> Matches {
    let (query, timedOut) = try placed(query, deadline: deadline)
    var matches = try unplacedMatches(query, weighting, wantWeights: wantWeights, deadline: deadline)
    matches.timedOut = matches.timedOut || timedOut
    return matches
  }

  /// Of a query without phrases, unless the database has places of its own.
  func unplacedMatches(
    _ query: Query, _ weighting: WeightingScheme, wantWeights: Bool, deadline: UInt64?
  ) throws(XapianError) -> Matches {
    try database.matches(query, weighting: weighting, wantWeights: wantWeights, deadline: deadline)
  }

  func postings(of term: [UInt8]) throws(XapianError) -> [UInt32] {
    tags.postings(of: term) == nil ? try database.postings(of: term) : try postingList(of: term).documents
  }

  func postingList(of term: [UInt8]) throws(XapianError) -> (documents: [UInt32], wdfs: [UInt32]) {
    let written = try database.postingList(of: term)
    guard let fresh = tags.postings(of: term) else { return written }
    var (documents, wdfs): ([UInt32], [UInt32]) = ([], [])
    fresh.merged(with: zip(written.documents, written.wdfs).lazy.map { (document: $0, wdf: $1) }) { document, wdf in
      documents.append(document)
      wdfs.append(wdf)
    }
    return (documents, wdfs)
  }

  func documentLengths() throws(XapianError) -> (documents: [UInt32], lengths: [UInt32]) { try database.documentLengths() }

  /// The postings of a term in some documents, which ascend.
  func postings(of term: [UInt8], among documents: [UInt32]) throws(XapianError) -> [(document: UInt32, wdf: UInt32)] {
    var found: [(document: UInt32, wdf: UInt32)] = []
    try database.forEachPosting(of: term, among: documents) { index, wdf in
      found.append((documents[index], wdf))
      return .proceed
    }
    guard let fresh = tags.postings(of: term)?.among(documents) else { return found }
    var merged: [(document: UInt32, wdf: UInt32)] = []
    fresh.merged(with: found) { merged.append(($0, $1)) }
    return merged
  }

  /// The lengths of those of some documents, which ascend, that are there.
  func lengths(of documents: [UInt32]) throws(XapianError) -> [(document: UInt32, length: UInt32)] {
    var found: [(document: UInt32, length: UInt32)] = []
    for (document, _) in try postings(of: [], among: documents) {
      found.append((document, try database.documentLength(document)))
    }
    return found
  }

  func metadata(_ key: [UInt8]) throws(XapianError) -> [UInt8] { try database.metadata(key) }

  func matchingTerms(_ query: Query, _ document: UInt32) throws(XapianError) -> [[UInt8]] {
    try database.matchingTerms(placed(query, deadline: nil).query, document: document)
  }

  func statistics() throws(XapianError) -> DatabaseStatistics { try database.statistics() }

  /// The sum of a document's wdfs.
  func length(of document: UInt32) throws(XapianError) -> UInt32 { try database.documentLength(document) }

  func forEachPosting(of term: [UInt8], among documents: [UInt32], _ body: (Int, UInt32) -> Void) throws(XapianError) {
    if tags.postings(of: term) != nil {
      for (document, wdf) in try postings(of: term, among: documents) { body(documents.partitioningIndex { $0 >= document }, wdf) }
      return
    }
    try database.forEachPosting(of: term, among: documents) {
      body($0, $1)
      return .proceed
    }
  }

  func termFacts(_ term: [UInt8]) throws(XapianError) -> (documents: UInt32, occurrences: UInt32) {
    let found = try database.frequencies(of: term)
    guard let fresh = tags.postings(of: term) else { return (found.document, found.collection) }
    return (UInt32(clamping: Int(found.document) + fresh.moreDocuments), UInt32(clamping: Int(found.collection) + fresh.moreOccurrences))
  }
}
