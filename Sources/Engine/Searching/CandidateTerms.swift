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

/// Numbers byte strings in the order in which they are met: open addressing over one run of bytes.
struct TermNumbers {
  private var slots: [Int32]
  private var hashes: [UInt32] = []
  private var ends: [Int32] = []
  private var bytes: [UInt8] = []

  init() { slots = Array(repeating: -1, count: 1 << 12) }

  var count: Int { hashes.count }

  subscript(number: Int) -> ArraySlice<UInt8> { bytes[(number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])] }

  /// The number of a string; a new one gets the next.
  mutating func number(of term: [UInt8]) -> Int { term.withUnsafeBufferPointer { number(of: $0) } }

  mutating func number(of term: UnsafeBufferPointer<UInt8>) -> Int {
    let hash = Self.hash(term)
    let slot = slot(of: term, hash)
    if slots[slot] >= 0 { return Int(slots[slot]) }
    let number = hashes.count
    slots[slot] = Int32(number)
    hashes.append(hash)
    bytes.append(contentsOf: term)
    ends.append(Int32(bytes.count))
    if hashes.count * 2 > slots.count { grow() }
    return number
  }

  /// The number of a string that was met.
  func known(_ term: UnsafeBufferPointer<UInt8>) -> Int? {
    let found = slots[slot(of: term, Self.hash(term))]
    return found < 0 ? nil : Int(found)
  }

  func known(_ term: [UInt8]) -> Int? { term.withUnsafeBufferPointer { known($0) } }

  private func slot(of term: UnsafeBufferPointer<UInt8>, _ hash: UInt32) -> Int {
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if hashes[number] == hash, self[number].elementsEqual(term) { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }

  /// FNV-1a (Fowler, Noll, Vo).
  private static func hash(_ term: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for byte in term { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return hash ^ hash >> 15
  }
}
