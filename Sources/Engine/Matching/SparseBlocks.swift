// Documents one by one, asked for by blocks: the postings of terms that few documents have, and what was found in another way.

/// Finds the documents of blocks.
private struct BlockCursor {
  private var cursor = DocumentCursor()
  private var last = 0

  /// Calls with the index of each document among some blocks, and with its place behind the first of them.
  @inline(__always)
  mutating func forEach(_ blocks: Range<Int>, _ documents: [UInt32], _ body: (Int, Int) -> Void) {
    if blocks.lowerBound < last { cursor = DocumentCursor() }
    last = blocks.lowerBound
    let base = blocks.lowerBound * BlockNode.size
    let end = blocks.upperBound * BlockNode.size
    guard Int(cursor.seek(UInt32(clamping: base), documents)) < end else { return }
    var index = cursor.index
    documents.withUnsafeBufferPointer { documents in
      while index < documents.count, Int(documents[index]) < end {
        body(index, Int(documents[index]) &- base)
        index &+= 1
      }
    }
  }

  mutating func matches(_ block: Int, _ documents: [UInt32]) -> UInt64 {
    var bits: UInt64 = 0
    forEach(block..<(block + 1), documents) { _, place in bits |= 1 &<< UInt64(truncatingIfNeeded: place) }
    return bits
  }

  mutating func mark(_ blocks: Range<Int>, _ documents: [UInt32], _ bits: UnsafeMutablePointer<UInt64>) {
    forEach(blocks, documents) { _, place in bits[place &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: place & 63) }
  }

  /// Adds the greatest weight of each block.
  @inline(__always)
  mutating func bound(_ blocks: Range<Int>, _ documents: [UInt32], _ bounds: UnsafeMutablePointer<Float>, _ weight: (Int) -> Float) {
    var (block, top) = (0, Float(0))
    forEach(blocks, documents) { index, place in
      if place &>> 6 != block {
        bounds[block] += top * 1.00001
        (block, top) = (place &>> 6, 0)
      }
      top = max(top, weight(index))
    }
    bounds[block] += top * 1.00001
  }
}

/// The postings of a term that few documents have.
final class SparseTermBlocks: BlockNode {
  private let list: PostingList
  private let weighing: TermNode.Weighing?
  private let bounds: PostingBounds?
  private let tops: BlockTops?
  private var cursor = BlockCursor()

  init(_ list: PostingList, _ weighing: TermNode.Weighing?) {
    self.list = list
    self.weighing = weighing
    bounds = weighing.map { list.bounds($0.damping) }
    tops = BlockTops(bounds, weighing)
  }

  override func mark(_ blocks: Range<Int>, _ bits: UnsafeMutablePointer<UInt64>) { cursor.mark(blocks, list.documents, bits) }
  override func matches(_ block: Int) -> UInt64 { cursor.matches(block, list.documents) }

  override func bound(_ blocks: Range<Int>, _ bounds: UnsafeMutablePointer<Float>) {
    if let tops { return tops.add(blocks, to: bounds) }
    guard let weight = weighing?.weight, case .postings(let shares) = self.bounds else { return }
    let unit = weight.most * PostingBounds.unit
    shares.withUnsafeBufferPointer { shares in cursor.bound(blocks, list.documents, bounds) { unit * Float(shares[$0]) } }
  }

  override func score(_ block: Int, _ wanted: UInt64, _ scores: UnsafeMutablePointer<Double>) {
    guard let (weight, damping) = weighing else { return }
    cursor.forEach(block..<(block + 1), list.documents) { index, place in
      guard wanted &>> UInt64(truncatingIfNeeded: place) & 1 != 0 else { return }
      scores[place] += Double(weight.score(wdf: Float(list.wdfs[index]), damping: damping.values[block &* Self.size &+ place]))
    }
  }
}

/// Documents that were found in another way, with their weights where they have any.
final class FoundBlocks: BlockNode {
  private let documents: [UInt32]
  private let weights: [Float]
  private var cursor = BlockCursor()

  init(_ documents: [UInt32], _ weights: [Float]) {
    self.documents = documents
    self.weights = weights
  }

  override func mark(_ blocks: Range<Int>, _ bits: UnsafeMutablePointer<UInt64>) { cursor.mark(blocks, documents, bits) }
  override func matches(_ block: Int) -> UInt64 { cursor.matches(block, documents) }

  override func bound(_ blocks: Range<Int>, _ bounds: UnsafeMutablePointer<Float>) {
    if weights.isEmpty { return }
    weights.withUnsafeBufferPointer { weights in cursor.bound(blocks, documents, bounds) { weights[$0] } }
  }

  override func score(_ block: Int, _ wanted: UInt64, _ scores: UnsafeMutablePointer<Double>) {
    if weights.isEmpty { return }
    cursor.forEach(block..<(block + 1), documents) { index, place in
      if wanted &>> UInt64(truncatingIfNeeded: place) & 1 != 0 { scores[place] += Double(weights[index]) }
    }
  }
}
