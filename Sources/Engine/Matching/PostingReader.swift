// Posting lists and lengths at one revision: out of the cache, brought to the revision by what changed since they were decoded, or read
// from Xapian.
import Xapian

struct PostingReader {
  /// Stands at the revision.
  let view: DatabaseView
  let revision: UInt64
  let changes: ChangeLog
  let cache: PostingCache
  /// Who helps with what touches much; nil where nobody does.
  var cores: SpareCores?

  /// The postings of a term; nil when they cannot be held in memory.
  func list(of term: [UInt8]) throws(XapianError) -> PostingList? {
    guard term.count <= Schema.longestXapianTerm else { return PostingList(documents: [], wdfs: [], revision: revision) }
    let known = cache.list(of: term)
    if let known, known.revision == revision { return known }
    let current: PostingList?
    if let known, let touched = changes.touched(after: known.revision, upTo: revision) {
      current = known.updated(touched: touched, postings: try view.postings(of: term, among: touched), revision: revision)
    } else {
      let (documents, wdfs) = try view.postingList(of: term)
      current = PostingList(documents: documents, wdfs: wdfs, revision: revision)
    }
    if let current { cache.keep(current, of: term) }
    return current
  }

  /// The passages in which the words of a phrase stand as it asks: kept as if the phrase were a term.
  /// - Parameter candidates: passages that have the words, ascending: all, or those among some.
  func list(
    of phrase: Phrase, deadline: UInt64?, candidates: (_ among: [UInt32]?) throws(XapianError) -> [UInt32]
  ) throws(XapianError) -> (documents: [UInt32], timedOut: Bool) {
    let known = cache.list(of: phrase.key)
    if let known, known.revision == revision { return (known.documents, false) }
    if let known, let touched = changes.touched(after: known.revision, upTo: revision) {
      let found = try view.documents(of: phrase, among: try candidates(touched), deadline: deadline)
      if !found.timedOut,
        let current = known.updated(touched: touched, postings: found.documents.map { ($0, 1) }, revision: revision)
      {
        cache.keep(current, of: phrase.key)
        return (current.documents, false)
      }
    }
    let found = try view.documents(of: phrase, among: try candidates(nil), deadline: deadline, cores: cores)
    let wdfs = [UInt32](repeating: 1, count: found.documents.count)
    if !found.timedOut, let list = PostingList(documents: found.documents, wdfs: wdfs, revision: revision) {
      cache.keep(list, of: phrase.key)
    }
    return found
  }

  /// What a term has in the whole index.
  func frequencies(of term: [UInt8]) throws(XapianError) -> TermVectorCache.Frequencies {
    try cache.vectors.frequencies(of: term, view, revision: revision, changes)
  }

  /// The lengths of all documents.
  func lengths() throws(XapianError) -> DocumentLengths {
    let known = cache.lengths
    if let known, known.revision == revision { return known }
    let current: DocumentLengths
    if let known, let touched = changes.touched(after: known.revision, upTo: revision) {
      current = known.updated(touched: touched, now: try view.lengths(of: touched), revision: revision)
    } else {
      let (documents, lengths) = try view.documentLengths()
      current = DocumentLengths(documents: documents, lengths: lengths, revision: revision)
    }
    cache.keep(current)
    return current
  }
}
