// The parts of a query once more, for finding the best matches alone: 64 documents at a time a part says which of them match and what the
// best of them can weigh at the most, which costs little, and weighs those that are asked for. (The idea is block-max pruning: Ding and
// Suel, "Faster top-k document retrieval using block-max indexes", SIGIR 2011.)

/// A part of a query. Within one pass over the documents blocks of them are asked for in ascending order.
class BlockNode {
  /// Says that all of so many blocks will be marked and bounded, once, before any of them is asked for alone.
  func prepare(_ blocks: Int) {}

  /// Adds what matches among some blocks.
  /// - Parameter bits: by block, from the first of them on.
  func mark(_ blocks: Range<Int>, _ bits: UnsafeMutablePointer<UInt64>) {}

  /// Adds what the best document of each of some blocks weighs at the most.
  /// - Parameter bounds: by block, from the first of them on.
  func bound(_ blocks: Range<Int>, _ bounds: UnsafeMutablePointer<Float>) {}

  /// What matches in a block.
  func matches(_ block: Int) -> UInt64 { 0 }

  /// Adds the scores of those of some documents of a block that match.
  /// - Parameter scores: by document of the block.
  func score(_ block: Int, _ wanted: UInt64, _ scores: UnsafeMutablePointer<Double>) {}

  /// Those of some matches in a block that may weigh so much.
  func promising(_ block: Int, _ matches: UInt64, least: Float) -> UInt64 { matches }

  /// What the best document of a block weighs at the most.
  final func bound(_ block: Int) -> Float {
    var bound: Float = 0
    self.bound(block..<(block + 1), &bound)
    return bound
  }

  static let size = PostingBlocks.size

  /// Calls with the place of each document of a block.
  @inline(__always)
  static func forEach(_ documents: UInt64, _ body: (Int) -> Void) {
    var left = documents
    while left != 0 {
      body(left.trailingZeroBitCount)
      left &= left &- 1
    }
  }
}

/// What the best posting of each block weighs at the most.
struct BlockTops {
  private let tops: [UInt8]
  /// What one step of `tops` weighs. Sums of rounded numbers stay below what is rounded up a little more.
  private let unit: Float

  /// - Returns: nil where the postings are bounded one by one, or not weighed.
  init?(_ bounds: PostingBounds?, _ weighing: TermNode.Weighing?) {
    guard let weighing, case .blocks(let tops) = bounds else { return nil }
    self.tops = tops
    unit = weighing.weight.most * PostingBounds.unit * 1.00001
  }

  /// See `BlockNode.bound`.
  func add(_ range: Range<Int>, to bounds: UnsafeMutablePointer<Float>) {
    tops.withUnsafeBufferPointer { tops in
      let range = range.clamped(to: 0..<tops.count)
      let first = range.lowerBound
      for index in 0..<range.count { bounds[index] += unit * Float(tops[first &+ index]) }
    }
  }
}

/// The postings of a term that many documents have.
final class DenseBlocks: BlockNode {
  private let blocks: PostingBlocks
  private let list: PostingList
  private let weighing: TermNode.Weighing?
  private let tops: BlockTops?

  init(_ blocks: PostingBlocks, _ list: PostingList, _ weighing: TermNode.Weighing?) {
    self.blocks = blocks
    self.list = list
    self.weighing = weighing
    tops = BlockTops(weighing.map { list.bounds($0.damping) }, weighing)
  }

  override func mark(_ range: Range<Int>, _ bits: UnsafeMutablePointer<UInt64>) {
    blocks.bits.withUnsafeBufferPointer { own in
      let range = range.clamped(to: 0..<own.count)
      let first = range.lowerBound
      for index in 0..<range.count { bits[index] |= own[first &+ index] }
    }
  }

  override func bound(_ range: Range<Int>, _ bounds: UnsafeMutablePointer<Float>) { tops?.add(range, to: bounds) }

  override func matches(_ block: Int) -> UInt64 { block < blocks.bits.count ? blocks.bits[block] : 0 }

  override func score(_ block: Int, _ wanted: UInt64, _ scores: UnsafeMutablePointer<Double>) {
    guard let (weight, damping) = weighing, block < blocks.bits.count else { return }
    let own = blocks.bits[block]
    let rank = Int(blocks.ranks[block])
    list.wdfs.withUnsafeBufferPointer { wdfs in
      damping.values.withUnsafeBufferPointer { damping in
        Self.forEach(own & wanted) { place in
          let posting = rank &+ (own & ((1 &<< UInt64(place)) &- 1)).nonzeroBitCount
          scores[place] += Double(weight.score(wdf: Float(wdfs[posting]), damping: damping[block &* Self.size &+ place]))
        }
      }
    }
  }
}
