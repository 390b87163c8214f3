// The postings of a frequent term once more, by 64 documents: as bits, which are counted and put together in no time, and with what the
// best of them can weigh, so that those that cannot be among the best are never weighed.
import Synchronization

final class PostingBlocks: Sendable {
  /// By 64 documents: those that have the term.
  let bits: [UInt64]
  /// By 64 documents: postings before them.
  let ranks: [UInt32]
  private let known = Mutex<(damping: LengthDamping, tops: [UInt8])?>(nil)

  static let size = 64
  /// One of so many documents has a term that this is made for.
  static let leastShare = 16
  /// What `tops` count in.
  static let unit: Float = 1 / 255

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

  static func bytes(upTo document: UInt32) -> Int { (Int(document) / size + 1) * 13 }

  /// By 64 documents: what the best of them weighs of the most that the term can weigh, rounded up.
  /// - Parameter wdfs: by posting.
  func tops(_ wdfs: [UInt8], _ damping: LengthDamping) -> [UInt8] {
    known.withLock { known in
      if let known, known.damping === damping { return known.tops }
      var posting = 0
      let tops = bits.indices.map { block in
        var left = bits[block]
        var top: UInt8 = 0
        while left != 0 {
          top = max(top, Self.share(wdfs[posting], damping.values[block * Self.size + left.trailingZeroBitCount]))
          posting += 1
          left &= left - 1
        }
        return top
      }
      known = (damping, tops)
      return tops
    }
  }

  /// What a posting weighs of the most that its term can weigh, rounded up, in `unit`s.
  @inline(__always)
  static func share(_ wdf: UInt8, _ damping: Float) -> UInt8 {
    // A term that weighs nothing in a document has no wdf there, and a document of no length no damping.
    if wdf == 0 { return 0 }
    return UInt8(min(255, (Float(wdf) / (damping + Float(wdf)) / unit).rounded(.up)))
  }
}
