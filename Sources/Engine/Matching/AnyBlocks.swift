// Any of some parts, by blocks of documents. What each part has in a block and can weigh there is written down as the blocks are gone
// through: it tells which of the matches have parts enough to be among the best, and all others are not weighed.

/// Any of its parts: the scores of those that match add up.
final class AnyBlocks: BlockNode {
  private let parts: BlockParts
  /// What the parts have by block, part by part, where it was asked for.
  private var table: PartTable?

  init(_ parts: [BlockNode]) { self.parts = BlockParts(parts) }

  /// Parts up to which it is worth asking which of them a match has.
  private static let mostTold = 8

  override func prepare(_ blocks: Int) {
    if (2...Self.mostTold).contains(parts.count) { table = PartTable(parts: parts.count, blocks: blocks) }
  }

  override func mark(_ blocks: Range<Int>, _ bits: UnsafeMutablePointer<UInt64>) {
    guard let table, blocks.upperBound <= table.blocks else { return parts.forEach { $0.mark(blocks, bits) } }
    for index in 0..<parts.count {
      let own = table.bits + (index &* table.blocks &+ blocks.lowerBound)
      own.update(repeating: 0, count: blocks.count)
      parts.with(index) { $0.mark(blocks, own) }
      for block in 0..<blocks.count { bits[block] |= own[block] }
    }
  }

  override func bound(_ blocks: Range<Int>, _ bounds: UnsafeMutablePointer<Float>) {
    guard let table, blocks.upperBound <= table.blocks else { return parts.forEach { $0.bound(blocks, bounds) } }
    for index in 0..<parts.count {
      let own = table.bounds + (index &* table.blocks &+ blocks.lowerBound)
      own.update(repeating: 0, count: blocks.count)
      parts.with(index) { $0.bound(blocks, own) }
      for block in 0..<blocks.count { bounds[block] += own[block] }
    }
  }

  override func matches(_ block: Int) -> UInt64 {
    var all: UInt64 = 0
    parts.forEach { all |= $0.matches(block) }
    return all
  }

  override func score(_ block: Int, _ wanted: UInt64, _ scores: UnsafeMutablePointer<Double>) {
    parts.forEach { $0.score(block, wanted, scores) }
  }

  /// Those that match parts which together can weigh so much.
  override func promising(_ block: Int, _ matches: UInt64, least: Float) -> UInt64 {
    guard let table, block < table.blocks else { return matches }
    return withUnsafeTemporaryAllocation(of: ToldPart.self, capacity: parts.count) { told in
      guard let told = told.baseAddress else { return matches }
      var rest: Float = 0
      var place = parts.count &* table.blocks &+ block
      for index in (0..<parts.count).reversed() {
        place &-= table.blocks
        rest += table.bounds[place]
        told[index] = ToldPart(matches: table.bits[place], bound: table.bounds[place], rest: rest)
      }
      return ToldPart.promising(told, told + parts.count, matches, 0, least)
    }
  }
}

/// What parts have in blocks.
private final class PartTable {
  let blocks: Int
  /// What matches, and what the best of it weighs at the most; the blocks of a part one behind the other. Not initialised: all are written
  /// before any is read.
  let bits: UnsafeMutablePointer<UInt64>
  let bounds: UnsafeMutablePointer<Float>

  init(parts: Int, blocks: Int) {
    self.blocks = blocks
    bits = .allocate(capacity: parts * blocks)
    bounds = .allocate(capacity: parts * blocks)
  }

  deinit {
    bits.deallocate()
    bounds.deallocate()
  }
}

/// What a part has in the block that is looked at.
private struct ToldPart {
  var matches: UInt64
  var bound: Float
  /// The bounds of this part and those behind it.
  var rest: Float

  /// Those of some documents of the block that match parts which together can weigh so much.
  /// - Parameters:
  ///   - part: the first that they have not been asked for.
  ///   - sum: what the parts before it can weigh that they match.
  static func promising(
    _ part: UnsafePointer<ToldPart>, _ end: UnsafePointer<ToldPart>, _ documents: UInt64, _ sum: Float, _ least: Float
  ) -> UInt64 {
    if documents == 0 { return 0 }
    // The same sums in another order may differ by a rounding.
    guard part < end else { return sum * 1.00001 >= least ? documents : 0 }
    if (sum + part.pointee.rest) * 1.00001 < least { return 0 }
    return promising(part + 1, end, documents & part.pointee.matches, sum + part.pointee.bound, least)
      | promising(part + 1, end, documents & ~part.pointee.matches, sum, least)
  }
}
