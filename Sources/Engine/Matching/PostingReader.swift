// Posting lists and lengths at one revision: out of the cache, brought to the revision by what changed since they were decoded, or read
// from Xapian.
import Xapian

struct PostingReader {
  /// Stands at the revision.
  let view: DatabaseView
  let revision: UInt64
  let changes: ChangeLog
  let cache: PostingCache

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
