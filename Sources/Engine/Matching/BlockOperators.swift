// What puts the blocks of parts of a query together. Each does to a block what its namesake in OperatorNodes.swift does to a window.

/// Bits and bounds of as many blocks as are gone through at a time, for parts that are put together before they are added.
final class BlockScratch {
  let bits: UnsafeMutablePointer<UInt64>
  let bounds: UnsafeMutablePointer<Float>

  /// Blocks that are gone through at a time.
  static let size = 512

  init() {
    bits = .allocate(capacity: Self.size)
    bits.initialize(repeating: 0, count: Self.size)
    bounds = .allocate(capacity: Self.size)
    bounds.initialize(repeating: 0, count: Self.size)
  }

  deinit {
    bits.deallocate()
    bounds.deallocate()
  }

  /// What a part matches alone.
  func mark(_ part: BlockNode, _ blocks: Range<Int>) -> UnsafeMutablePointer<UInt64> {
    bits.update(repeating: 0, count: blocks.count)
    part.mark(blocks, bits)
    return bits
  }

  func bound(_ part: BlockNode, _ blocks: Range<Int>) -> UnsafeMutablePointer<Float> {
    bounds.update(repeating: 0, count: blocks.count)
    part.bound(blocks, bounds)
    return bounds
  }
}

/// The parts of an operator, called many times a query without counting who has them each time.
struct BlockParts {
  private let owned: [BlockNode]
  private let parts: [Unmanaged<BlockNode>]

  init(_ parts: [BlockNode]) {
    owned = parts
    self.parts = parts.map { Unmanaged.passUnretained($0) }
  }

  var count: Int { parts.count }

  @inline(__always)
  func with<Result>(_ index: Int, _ body: (BlockNode) -> Result) -> Result { parts[index]._withUnsafeGuaranteedRef(body) }

  @inline(__always)
  func forEach(_ body: (BlockNode) -> Void) { for part in parts { part._withUnsafeGuaranteedRef(body) } }
}

/// Any of its parts: the greatest of their scores counts.
final class GreatestBlocks: BlockNode {
  private let parts: [BlockNode]
  private let greatest = BlockScratch()
  private let other = BlockScratch()

  init(_ parts: [BlockNode]) { self.parts = parts }

  override func mark(_ blocks: Range<Int>, _ bits: UnsafeMutablePointer<UInt64>) { for part in parts { part.mark(blocks, bits) } }
  override func matches(_ block: Int) -> UInt64 { parts.reduce(0) { $0 | $1.matches(block) } }

  override func bound(_ blocks: Range<Int>, _ bounds: UnsafeMutablePointer<Float>) {
    let own = greatest.bounds
    own.update(repeating: 0, count: blocks.count)
    for part in parts {
      let others = other.bound(part, blocks)
      for index in 0..<blocks.count { own[index] = max(own[index], others[index]) }
    }
    for index in 0..<blocks.count { bounds[index] += own[index] }
  }

  override func score(_ block: Int, _ wanted: UInt64, _ scores: UnsafeMutablePointer<Double>) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * Self.size) { room in
      guard let greatest = room.baseAddress else { return }
      let other = greatest + Self.size
      Self.forEach(wanted) { greatest[$0] = 0 }
      for part in parts {
        Self.forEach(wanted) { other[$0] = 0 }
        part.score(block, wanted, other)
        Self.forEach(wanted) { greatest[$0] = max(greatest[$0], other[$0]) }
      }
      Self.forEach(wanted) { scores[$0] += greatest[$0] }
    }
  }
}

/// All of its parts.
final class AllBlocks: BlockNode {
  /// Those that match few documents first.
  private let parts: [BlockNode]
  private let common = BlockScratch()
  private let other = BlockScratch()

  init(_ parts: [BlockNode]) { self.parts = parts }

  override func mark(_ blocks: Range<Int>, _ bits: UnsafeMutablePointer<UInt64>) {
    guard let first = parts.first else { return }
    let common = common.mark(first, blocks)
    for part in parts.dropFirst() {
      var any: UInt64 = 0
      for index in 0..<blocks.count { any |= common[index] }
      if any == 0 { return }
      let others = other.mark(part, blocks)
      for index in 0..<blocks.count { common[index] &= others[index] }
    }
    for index in 0..<blocks.count { bits[index] |= common[index] }
  }

  override func bound(_ blocks: Range<Int>, _ bounds: UnsafeMutablePointer<Float>) { for part in parts { part.bound(blocks, bounds) } }

  override func matches(_ block: Int) -> UInt64 {
    var common: UInt64 = parts.isEmpty ? 0 : .max
    for part in parts where common != 0 { common &= part.matches(block) }
    return common
  }

  override func score(_ block: Int, _ wanted: UInt64, _ scores: UnsafeMutablePointer<Double>) {
    let wanted = wanted & matches(block)
    if wanted == 0 { return }
    for part in parts { part.score(block, wanted, scores) }
  }
}

/// The first part, with what another one does to it.
final class BesideBlocks: BlockNode {
  private let main: BlockNode
  private let beside: BlockNode
  private let rule: BesideNode.Rule
  private let own = BlockScratch()
  private let other = BlockScratch()

  init(_ main: BlockNode, _ rule: BesideNode.Rule, _ beside: BlockNode) {
    self.main = main
    self.rule = rule
    self.beside = beside
  }

  override func mark(_ blocks: Range<Int>, _ bits: UnsafeMutablePointer<UInt64>) {
    if rule == .maybe { return main.mark(blocks, bits) }
    let own = own.mark(main, blocks)
    let others = other.mark(beside, blocks)
    if rule == .filter {
      for index in 0..<blocks.count { bits[index] |= own[index] & others[index] }
    } else {
      for index in 0..<blocks.count { bits[index] |= own[index] & ~others[index] }
    }
  }

  override func bound(_ blocks: Range<Int>, _ bounds: UnsafeMutablePointer<Float>) {
    main.bound(blocks, bounds)
    if rule == .maybe { beside.bound(blocks, bounds) }
  }

  override func matches(_ block: Int) -> UInt64 {
    let own = main.matches(block)
    return switch rule {
    case .maybe: own
    case .filter: own & beside.matches(block)
    case .without: own & ~beside.matches(block)
    }
  }

  override func score(_ block: Int, _ wanted: UInt64, _ scores: UnsafeMutablePointer<Double>) {
    let wanted = wanted & matches(block)
    if wanted == 0 { return }
    main.score(block, wanted, scores)
    if rule == .maybe { beside.score(block, wanted, scores) }
  }
}

/// The first part, where the documents are among some.
final class MaskedBlocks: BlockNode {
  private let main: BlockNode
  private let mask: DocumentBits
  private let own = BlockScratch()

  init(_ main: BlockNode, _ mask: DocumentBits) {
    self.main = main
    self.mask = mask
  }

  override func mark(_ blocks: Range<Int>, _ bits: UnsafeMutablePointer<UInt64>) {
    let own = own.mark(main, blocks)
    mask.words.withUnsafeBufferPointer { mask in
      let blocks = blocks.clamped(to: 0..<mask.count)
      let first = blocks.lowerBound
      for index in 0..<blocks.count { bits[index] |= own[index] & mask[first &+ index] }
    }
  }

  override func prepare(_ blocks: Int) { main.prepare(blocks) }
  override func bound(_ blocks: Range<Int>, _ bounds: UnsafeMutablePointer<Float>) { main.bound(blocks, bounds) }

  override func promising(_ block: Int, _ matches: UInt64, least: Float) -> UInt64 { main.promising(block, matches, least: least) }
  override func matches(_ block: Int) -> UInt64 { block < mask.words.count ? main.matches(block) & mask.words[block] : 0 }

  override func score(_ block: Int, _ wanted: UInt64, _ scores: UnsafeMutablePointer<Double>) {
    let wanted = wanted & (block < mask.words.count ? mask.words[block] : 0)
    if wanted != 0 { main.score(block, wanted, scores) }
  }
}
