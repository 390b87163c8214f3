// The postings of a frequent term once more, by 64 documents: as bits, which are counted and put together in no time. And what the best of
// some postings can weigh, so that those that cannot be among the best are never weighed.

final class PostingBlocks: Sendable {
  /// By 64 documents: those that have the term.
  let bits: [UInt64]
  /// By 64 documents: postings before them.
  let ranks: [UInt32]

  static let size = 64
  /// One of so many documents has a term that this is made for.
  static let leastShare = 16

  /// - Parameter documents: ascending.
  init(_ documents: [UInt32]) {
    let blocks = Int(documents.last ?? 0) / Self.size + 1
    var bits = [UInt64](repeating: 0, count: blocks)
    for document in documents { bits[Int(document) / Self.size] |= 1 &<< UInt64(document % UInt32(Self.size)) }
    var before: UInt32 = 0
    ranks = bits.map { block in
      defer { before += UInt32(block.nonzeroBitCount) }
      return before
    }
    self.bits = bits
  }

  /// Bytes of those of a list.
  static func bytes(upTo document: UInt32) -> Int { count(upTo: document) * 12 }

  /// Blocks up to a document.
  static func count(upTo document: UInt32) -> Int { Int(document) / size + 1 }
}

/// What the postings of a term can weigh of the most that the term can weigh, rounded up, in `unit`s.
enum PostingBounds: Sendable {
  /// By 64 documents: the best of them.
  case blocks([UInt8])
  case postings([UInt8])

  static let unit: Float = 1 / 255

  init(_ list: PostingList, _ damping: LengthDamping) {
    let shares = zip(list.documents, list.wdfs).lazy.map { (document: $0, share: Self.share($1, damping.values[Int($0)])) }
    let blocks = PostingBlocks.count(upTo: list.documents.last ?? 0)
    guard list.documents.count >= blocks else {
      self = .postings(shares.map(\.share))
      return
    }
    var tops = [UInt8](repeating: 0, count: blocks)
    for (document, share) in shares {
      let block = Int(document) / PostingBlocks.size
      tops[block] = max(tops[block], share)
    }
    self = .blocks(tops)
  }

  /// What a posting weighs of the most that its term can weigh, rounded up, in `unit`s.
  @inline(__always)
  private static func share(_ wdf: UInt8, _ damping: Float) -> UInt8 {
    // A term that weighs nothing in a document has no wdf there, and a document of no length no damping.
    if wdf == 0 { return 0 }
    return UInt8(min(255, (Float(wdf) / (damping + Float(wdf)) / unit).rounded(.up)))
  }
}
