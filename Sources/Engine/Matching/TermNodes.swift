// What a query is made of in the end: the postings of terms, and documents that were found in another way.

final class TermNode: MatchNode {
  /// A weight, and what damps it by document.
  typealias Weighing = (weight: TermWeight, damping: LengthDamping)

  private let list: PostingList
  /// Nil when only matching is asked for.
  private let weighing: Weighing?
  private var cursor = DocumentCursor()

  init(_ list: PostingList, _ weighing: Weighing?) {
    self.list = list
    self.weighing = weighing
  }

  override func copy() -> MatchNode { TermNode(list, weighing) }
  override var blocks: BlockNode? { list.blocks.map { DenseBlocks($0, list, weighing) } ?? SparseTermBlocks(list, weighing) }

  override var size: Int { list.documents.count }
  override func next(from document: UInt32) -> UInt32 { cursor.seek(document, list.documents) }

  override func add(_ base: UInt32, to window: MatchWindow) {
    _ = cursor.seek(base, list.documents)
    let start = cursor.index
    list.documents.withUnsafeBufferPointer { documents in
      guard let (weight, damping) = weighing else {
        var index = start
        while index < documents.count, documents[index] &- base < MatchWindow.size {
          window.set(Int(documents[index] &- base))
          index += 1
        }
        return
      }
      list.wdfs.withUnsafeBufferPointer { wdfs in
        damping.values.withUnsafeBufferPointer { damping in
          var index = start
          while index < documents.count {
            let document = documents[index]
            let place = document &- base
            guard place < MatchWindow.size else { break }
            window.set(Int(place))
            window.scores[Int(place)] += Double(weight.score(wdf: Float(wdfs[index]), damping: damping[Int(document)]))
            index += 1
          }
        }
      }
    }
  }

  /// Whether a window has so few matches that they are looked up one by one.
  private func isSparse(_ window: MatchWindow) -> Bool {
    window.count * Self.sparse < list.documents.count / max(1, Int(list.documents.last ?? 0) / MatchWindow.size)
  }

  override func add(_ base: UInt32, among wanted: MatchWindow, to window: MatchWindow) {
    guard isSparse(wanted) else { return add(base, to: window) }
    wanted.forEach { place in if look(up: place, base, window) { window.set(place) } }
  }

  override func narrow(_ window: MatchWindow, _ base: UInt32, _ scratch: MatchWindow) {
    guard isSparse(window) else { return super.narrow(window, base, scratch) }
    window.forEach { place in if !look(up: place, base, window) { window.unset(place) } }
  }

  /// Adds the score of a document of a window, if it has the term.
  /// - Returns: whether it has.
  @inline(__always)
  private func look(up place: Int, _ base: UInt32, _ window: MatchWindow) -> Bool {
    let document = base + UInt32(place)
    guard cursor.seek(document, list.documents) == document else { return false }
    if let (weight, damping) = weighing {
      window.scores[place] += Double(weight.score(wdf: Float(list.wdfs[cursor.index]), damping: damping.values[Int(document)]))
    }
    return true
  }

  /// Looking a document up costs as much as going past so many.
  private static let sparse = 6

  override func allAtOnce() -> (documents: [UInt32], scores: [Float])? {
    guard let (weight, damping) = weighing else { return (list.documents, []) }
    let count = list.documents.count
    let scores = [Float](unsafeUninitializedCapacity: count) { scores, initialized in
      list.documents.withUnsafeBufferPointer { documents in
        list.wdfs.withUnsafeBufferPointer { wdfs in
          damping.values.withUnsafeBufferPointer { damping in
            for index in 0..<count {
              scores[index] = weight.score(wdf: Float(wdfs[index]), damping: damping[Int(documents[index])])
            }
          }
        }
      }
      initialized = count
    }
    return (list.documents, scores)
  }
}

/// Any of some terms, weighed as if they were one.
final class SynonymNode: MatchNode {
  private let lists: [PostingList]
  private let weighing: TermNode.Weighing
  private let lengths: DocumentLengths
  private var cursors: [DocumentCursor]
  /// By place in the window: whether it has any of the terms, and occurrences of all of them.
  private let bits: UnsafeMutablePointer<UInt64>
  private let wdfs: UnsafeMutablePointer<UInt32>

  init(_ lists: [PostingList], _ weighing: TermNode.Weighing, _ lengths: DocumentLengths) {
    self.lists = lists
    self.weighing = weighing
    self.lengths = lengths
    cursors = lists.map { _ in DocumentCursor() }
    bits = .allocate(capacity: MatchWindow.words)
    bits.initialize(repeating: 0, count: MatchWindow.words)
    wdfs = .allocate(capacity: MatchWindow.size)
    wdfs.initialize(repeating: 0, count: MatchWindow.size)
  }

  deinit {
    bits.deallocate()
    wdfs.deallocate()
  }

  override func copy() -> MatchNode { SynonymNode(lists, weighing, lengths) }

  override var size: Int { lists.reduce(0) { $0 + $1.documents.count } }

  override func next(from document: UInt32) -> UInt32 {
    var next = Self.end
    for index in lists.indices { next = min(next, cursors[index].seek(document, lists[index].documents)) }
    return next
  }

  override func add(_ base: UInt32, to window: MatchWindow) {
    for (list, cursor) in zip(lists, cursors) { add(list, from: cursor.index, base) }
    let (weight, damping) = weighing
    lengths.lengths.withUnsafeBufferPointer { lengths in
      damping.values.withUnsafeBufferPointer { damping in
        for word in 0..<MatchWindow.words where bits[word] != 0 {
          var left = bits[word]
          window.bits[word] |= left
          bits[word] = 0
          while left != 0 {
            let place = word &* 64 &+ left.trailingZeroBitCount
            left &= left &- 1
            let document = Int(base) &+ place
            // A word that stands for several has no more occurrences than the document words.
            let wdf = min(wdfs[place], lengths[document])
            window.scores[place] += Double(weight.score(wdf: Float(wdf), damping: damping[document]))
            wdfs[place] = 0
          }
        }
      }
    }
  }

  private func add(_ list: PostingList, from start: Int, _ base: UInt32) {
    list.documents.withUnsafeBufferPointer { documents in
      list.wdfs.withUnsafeBufferPointer { wdfs in
        var index = start
        while index < documents.count, documents[index] &- base < MatchWindow.size {
          let place = Int(documents[index] &- base)
          bits[place &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: place & 63)
          self.wdfs[place] &+= UInt32(wdfs[index])
          index += 1
        }
      }
    }
  }
}

/// Documents that were found in another way, with their weights where they have any.
final class FoundNode: MatchNode {
  private let documents: [UInt32]
  private let weights: [Float]
  private var cursor = DocumentCursor()

  init(_ documents: [UInt32], _ weights: [Float]) {
    self.documents = documents
    self.weights = weights
  }

  override func copy() -> MatchNode { FoundNode(documents, weights) }
  override var blocks: BlockNode? { FoundBlocks(documents, weights) }

  override var size: Int { documents.count }
  override func next(from document: UInt32) -> UInt32 { cursor.seek(document, documents) }

  override func add(_ base: UInt32, to window: MatchWindow) {
    _ = cursor.seek(base, documents)
    let start = cursor.index
    documents.withUnsafeBufferPointer { documents in
      weights.withUnsafeBufferPointer { weights in
        var index = start
        while index < documents.count, documents[index] &- base < MatchWindow.size {
          let place = Int(documents[index] &- base)
          window.set(place)
          if !weights.isEmpty { window.scores[place] += Double(weights[index]) }
          index += 1
        }
      }
    }
  }

  override func allAtOnce() -> (documents: [UInt32], scores: [Float])? { weights.isEmpty ? nil : (documents, weights) }
}

/// Every document.
final class EveryNode: MatchNode {
  private let lengths: DocumentLengths

  init(_ lengths: DocumentLengths) { self.lengths = lengths }

  override func copy() -> MatchNode { EveryNode(lengths) }

  override var size: Int { lengths.count }

  override func next(from document: UInt32) -> UInt32 {
    var document = Int(document)
    while document < lengths.lengths.count {
      if lengths.lengths[document] != DocumentLengths.absent { return UInt32(document) }
      document += 1
    }
    return Self.end
  }

  override func add(_ base: UInt32, to window: MatchWindow) {
    let end = min(Int(base) + MatchWindow.size, lengths.lengths.count)
    guard Int(base) < end else { return }
    for place in 0..<(end - Int(base)) where lengths.lengths[Int(base) + place] != DocumentLengths.absent {
      window.set(place)
    }
  }
}
