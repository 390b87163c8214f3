// Which documents of an index: one bit each.

struct DocumentBits: Sendable, Equatable {
  /// 64 documents each, from document 0 on; what lies behind is not there.
  private(set) var words: [UInt64]

  /// None of so many.
  init(rows: Int) { words = Array(repeating: 0, count: (rows + 63) / 64) }

  init(words: [UInt64]) { self.words = words }

  /// - Parameter documents: each below `rows`.
  init(_ documents: some Sequence<UInt32>, rows: Int) {
    self.init(rows: rows)
    for document in documents { insert(document) }
  }

  @inline(__always)
  func contains(_ document: UInt32) -> Bool {
    let word = Int(document >> 6)
    return word < words.count && words[word] &>> UInt64(document & 63) & 1 != 0
  }

  @inline(__always)
  mutating func insert(_ document: UInt32) { words[Int(document >> 6)] |= 1 &<< UInt64(document & 63) }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  mutating func formIntersection(_ other: DocumentBits) {
    for word in words.indices { words[word] &= word < other.words.count ? other.words[word] : 0 }
  }

  mutating func formUnion(_ other: DocumentBits) {
    if other.words.count > words.count { words.append(contentsOf: repeatElement(0, count: other.words.count - words.count)) }
    for word in other.words.indices { words[word] |= other.words[word] }
  }

  mutating func subtract(_ other: DocumentBits) {
    for word in words.indices where word < other.words.count { words[word] &= ~other.words[word] }
  }

  /// Ascending.
  var documents: [UInt32] {
    var documents: [UInt32] = []
    for word in words.indices {
      var left = words[word]
      while left != 0 {
        documents.append(UInt32(word * 64 + left.trailingZeroBitCount))
        left &= left - 1
      }
    }
    return documents
  }
}
