// Terms that stand for one word - its stems in several languages, all that begins like it - are put together once and kept as if they
// were a term.
import Xapian

extension PostingReader {
  /// The postings of any of some terms; a wdf is the sum of theirs, but no more than the document has words.
  /// - Returns: nil when they cannot be held in memory.
  func list(ofAny terms: [[UInt8]], _ lengths: DocumentLengths) throws(XapianError) -> PostingList? {
    let terms = terms.filter { $0.count <= Schema.longestXapianTerm }
    let key = Self.key(ofAny: terms)
    let known = cache.list(of: key)
    if let known, known.revision == revision { return known }
    let current: PostingList?
    if let known, let touched = changes.touched(after: known.revision, upTo: revision) {
      current = try updated(known, terms, touched, lengths)
    } else {
      var lists: [PostingList] = []
      for term in terms {
        guard let list = try list(of: term) else { return nil }
        if !list.documents.isEmpty { lists.append(list) }
      }
      if lists.count == 1 { return lists[0] }
      let counts = lists.map(\.documents.count)
      // What is not kept is not put together for every query, either.
      guard counts.reduce(0, +) <= cache.most / 8 else { return nil }
      let (documents, wdfs) = Self.union(of: lists, lengths)
      current = PostingList(
        documents: documents, wdfs: wdfs, revision: revision, frequency: MemoryMatcher.estimate(counts, of: lengths.count))
    }
    if let current, cache.keep(current, of: key) {
      // Whoever asks for the word asks for the whole: its terms alone would only take the room of other words.
      for term in terms { cache.forget(term) }
    }
    return current
  }

  /// No term begins with a zero byte, and no phrase with two.
  private static func key(ofAny terms: [[UInt8]]) -> [UInt8] {
    var key = ByteWriter()
    key.append([0, 0])
    for term in terms { key.data(term) }
    return key.bytes
  }

  private func updated(
    _ known: PostingList, _ terms: [[UInt8]], _ touched: [UInt32], _ lengths: DocumentLengths
  ) throws(XapianError) -> PostingList? {
    var wdfs: [UInt32: UInt32] = [:]
    var counts: [Int] = []
    for term in terms {
      for (document, wdf) in try view.postings(of: term, among: touched) { wdfs[document, default: 0] &+= wdf }
      let (count, _) = try view.termFacts(term)
      if count > 0 { counts.append(Int(count)) }
    }
    let postings = wdfs.sorted { $0.key < $1.key }.map { (document: $0.key, wdf: min($0.value, lengths.lengths[Int($0.key)])) }
    return known.updated(
      touched: touched, postings: postings, revision: revision, frequency: MemoryMatcher.estimate(counts, of: lengths.count))
  }

  /// The documents of some lists, window by window, and the sums of their wdfs.
  private static func union(of lists: [PostingList], _ lengths: DocumentLengths) -> (documents: [UInt32], wdfs: [UInt32]) {
    var documents: [UInt32] = []
    var wdfs: [UInt32] = []
    let room = lists.reduce(0) { $0 + $1.documents.count }
    documents.reserveCapacity(room)
    wdfs.reserveCapacity(room)
    var starts = [Int](repeating: 0, count: lists.count)
    var sums = [UInt32](repeating: 0, count: MatchWindow.size)
    var bits = [UInt64](repeating: 0, count: MatchWindow.words)
    let rows = lists.reduce(0) { max($0, Int($1.documents.last ?? 0) + 1) }
    for base in stride(from: 0, to: rows, by: MatchWindow.size) {
      let end = base + MatchWindow.size
      for (number, list) in lists.enumerated() {
        var index = starts[number]
        while index < list.documents.count, Int(list.documents[index]) < end {
          let place = Int(list.documents[index]) - base
          bits[place / 64] |= 1 &<< UInt64(place % 64)
          sums[place] &+= UInt32(list.wdfs[index])
          index += 1
        }
        starts[number] = index
      }
      for word in bits.indices where bits[word] != 0 {
        var left = bits[word]
        bits[word] = 0
        while left != 0 {
          let place = word * 64 + left.trailingZeroBitCount
          left &= left - 1
          documents.append(UInt32(base + place))
          wdfs.append(min(sums[place], lengths.lengths[base + place]))
          sums[place] = 0
        }
      }
    }
    return (documents, wdfs)
  }
}
