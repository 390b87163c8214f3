// What matching in memory reads: the postings of a term, and the lengths of all documents, decoded once and kept for many queries.

import Synchronization
import Xapian

/// The postings of one term at one revision: five or six bytes each.
final class PostingList: Sendable {
  /// Ascending.
  let documents: [UInt32]
  /// By posting: occurrences in the document, weighted by field.
  let wdfs: [UInt8]
  let revision: UInt64
  /// So many documents have the term where it is weighed: those of the list, or of several terms together what Xapian takes it to be.
  let frequency: Int
  private let made = Mutex<PostingBlocks?>(nil)
  private let known = Mutex<(damping: LengthDamping, bounds: PostingBounds)?>(nil)

  /// - Parameter frequency: nil for the number of documents.
  /// - Returns: nil when a wdf does not fit a byte: such a term is left to Xapian.
  init?(documents: [UInt32], wdfs: [UInt32], revision: UInt64, frequency: Int? = nil) {
    guard wdfs.allSatisfy({ $0 <= UInt8.max }) else { return nil }
    self.documents = documents
    self.wdfs = wdfs.map { UInt8(truncatingIfNeeded: $0) }
    self.revision = revision
    self.frequency = frequency ?? documents.count
  }

  private init(merging documents: [UInt32], _ wdfs: [UInt8], revision: UInt64, frequency: Int?) {
    self.documents = documents
    self.wdfs = wdfs
    self.revision = revision
    self.frequency = frequency ?? documents.count
  }

  /// Bytes of memory, with what an entry of the cache costs beside the numbers.
  var bytes: Int {
    let last = documents.last ?? 0
    let bounds = min(documents.count, PostingBlocks.count(upTo: last))
    return documents.count * 5 + bounds + (isDense ? PostingBlocks.bytes(upTo: last) : 0) + 256
  }

  /// Whether so many documents have the term that it is worth having as bits, too.
  var isDense: Bool { documents.count * PostingBlocks.leastShare > Int(documents.last ?? 0) }

  /// The postings as bits, made when they are asked for first; nil where few documents have the term.
  var blocks: PostingBlocks? {
    guard isDense else { return nil }
    return made.withLock { made in
      if let made { return made }
      let blocks = PostingBlocks(documents)
      made = blocks
      return blocks
    }
  }

  /// What the postings can weigh at the most.
  func bounds(_ damping: LengthDamping) -> PostingBounds {
    known.withLock { known in
      if let known, known.damping === damping { return known.bounds }
      let bounds = PostingBounds(self, damping)
      known = (damping, bounds)
      return bounds
    }
  }

  /// The list at a later revision.
  /// - Parameters:
  ///   - touched: documents written or removed in between, ascending.
  ///   - postings: those of the touched documents that have the term now, ascending, with their wdfs.
  ///   - frequency: nil for the number of documents.
  /// - Returns: nil when a wdf does not fit a byte.
  func updated(
    touched: [UInt32], postings: [(document: UInt32, wdf: UInt32)], revision: UInt64, frequency: Int? = nil
  ) -> PostingList? {
    guard postings.allSatisfy({ $0.wdf <= UInt8.max }) else { return nil }
    guard let first = touched.first else { return PostingList(merging: documents, wdfs, revision: revision, frequency: frequency) }
    // What lies before the first touched document stays as it is, which for a new file is everything.
    let kept = documents.partitioningIndex { $0 >= first }
    var newDocuments = Array(documents[..<kept])
    var newWdfs = Array(wdfs[..<kept])
    newDocuments.reserveCapacity(documents.count + postings.count)
    newWdfs.reserveCapacity(documents.count + postings.count)
    var posting = 0
    var change = 0
    for index in kept..<documents.count {
      let document = documents[index]
      while change < touched.count, touched[change] < document { change += 1 }
      if change < touched.count, touched[change] == document { continue }
      while posting < postings.count, postings[posting].document < document {
        newDocuments.append(postings[posting].document)
        newWdfs.append(UInt8(truncatingIfNeeded: postings[posting].wdf))
        posting += 1
      }
      newDocuments.append(document)
      newWdfs.append(wdfs[index])
    }
    for rest in postings[posting...] {
      newDocuments.append(rest.document)
      newWdfs.append(UInt8(truncatingIfNeeded: rest.wdf))
    }
    return PostingList(merging: newDocuments, newWdfs, revision: revision, frequency: frequency)
  }
}

/// The length of every document at one revision.
final class DocumentLengths: Sendable {
  /// By document: the sum of its wdfs; `absent` where there is none.
  let lengths: [UInt32]
  let revision: UInt64
  /// Of all documents: what Xapian divides by for the average.
  let count: Int
  let total: UInt64
  private let known = Mutex<LengthDamping?>(nil)

  static let absent = UInt32.max

  init(documents: [UInt32], lengths: [UInt32], revision: UInt64) {
    var table = [UInt32](repeating: Self.absent, count: Int(documents.last ?? 0) + 1)
    var total: UInt64 = 0
    for (document, length) in zip(documents, lengths) {
      table[Int(document)] = length
      total += UInt64(length)
    }
    self.lengths = table
    self.revision = revision
    self.total = total
    count = documents.count
  }

  private init(table: [UInt32], count: Int, total: UInt64, revision: UInt64) {
    lengths = table
    self.revision = revision
    self.total = total
    self.count = count
  }

  /// The lengths at a later revision; `now` gives those of the touched documents that are there.
  func updated(touched: [UInt32], now: [(document: UInt32, length: UInt32)], revision: UInt64) -> DocumentLengths {
    var table = lengths
    var count = count
    var total = total
    if let last = now.last, Int(last.document) >= table.count {
      table.append(contentsOf: repeatElement(Self.absent, count: Int(last.document) + 1 - table.count))
    }
    for document in touched where Int(document) < table.count && table[Int(document)] != Self.absent {
      total -= UInt64(table[Int(document)])
      count -= 1
      table[Int(document)] = Self.absent
    }
    for (document, length) in now {
      table[Int(document)] = length
      total += UInt64(length)
      count += 1
    }
    return DocumentLengths(table: table, count: count, total: total, revision: revision)
  }

  private var average: Double { count == 0 ? 0 : Double(total) / Double(count) }

  /// What a scheme makes of the lengths, worked out once; nil for one that is not BM25.
  func damping(_ scheme: WeightingScheme) -> LengthDamping? {
    known.withLock { known in
      if let known, known.scheme == scheme { return known }
      known = LengthDamping(scheme, lengths, average: average)
      return known
    }
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first index whose element satisfies a condition that all after it satisfy too; `endIndex` when none does.
  func partitioningIndex(where isAfter: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
