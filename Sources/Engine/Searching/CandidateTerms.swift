// The words of a few candidates, counted: what the order of the first hits is worked out from. A candidate is an article with its best
// passages read as one text, or a passage. A count is that of the body and heading once and of the title `Schema.titleWeight` times,
// however many passages repeat the title.
import TextAnalysis
import Xapian

struct CandidateTerms {
  /// By candidate: its passages.
  private let vectors: [ArraySlice<TermVector>]
  private let numbering: TermNumbering
  /// By candidate: the words of its texts, as counted.
  let lengths: [Double]
  /// Length in Xapian's sense of all passages read, and what of it is words as counted here: their ratio brings Xapian's mean length
  /// into our unit.
  private(set) var rawLength: Double = 0
  private(set) var readLength: Double = 0

  /// - Parameter candidates: documents of each, at least one.
  init(of candidates: [[UInt32]], reading postings: PostingReader, _ analyzer: Analyzer) throws(XapianError) {
    let (all, numbering) = try postings.cache.vectors.vectors(
      of: candidates.flatMap { $0 }, postings.view, analyzer, revision: postings.revision, postings.changes)
    self.numbering = numbering
    var vectors: [ArraySlice<TermVector>] = []
    var lengths: [Double] = []
    var start = 0
    for candidate in candidates {
      let own = all[start..<(start + candidate.count)]
      start += candidate.count
      var length = 0
      for (index, vector) in zip(own.indices, own) {
        rawLength += Double(vector.rawLength)
        for entry in vector.entries {
          readLength += Double(entry.count(withTitle: true))
          // Every passage has the words of the title among its own; one of them is enough.
          length += Int(entry.count(withTitle: index == own.startIndex))
        }
      }
      vectors.append(own)
      lengths.append(Double(length))
    }
    self.vectors = vectors
    self.lengths = lengths
  }

  var count: Int { vectors.count }

  /// The number of a term that some candidate may have; nil of one that none has.
  func number(of term: [UInt8]) -> UInt32? { numbering.number(of: term) }

  func term(_ number: UInt32) -> [UInt8] { numbering.term(number) }

  /// How often a candidate has any of some terms.
  func count(of terms: [UInt32], in candidate: Int) -> UInt32 {
    var count: UInt32 = 0
    for (index, vector) in zip(vectors[candidate].indices, vectors[candidate]) {
      for term in terms { count += vector.count(of: term, withTitle: index == vectors[candidate].startIndex) }
    }
    return count
  }

  /// Calls for every term of a candidate with its count, which is not 0; of several passages, for each of them.
  func forEachTerm(of candidate: Int, _ body: (UInt32, UInt32) -> Void) {
    for (index, vector) in zip(vectors[candidate].indices, vectors[candidate]) {
      for entry in vector.entries {
        let count = entry.count(withTitle: index == vectors[candidate].startIndex)
        if count > 0 { body(entry.term, count) }
      }
    }
  }
}
