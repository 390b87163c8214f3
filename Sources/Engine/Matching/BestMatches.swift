// The best matches of a query, without weighing the others. First every block of 64 documents is asked what matches in it and what that can
// weigh at the most; then the most promising blocks are weighed, which says what a match has to weigh, and after them those of the others
// that can hold such a match.
import Xapian

struct BestMatches {
  /// Those that weigh as much as the last of the best or more, with their weights, ascending by document.
  var matches = Matches()
  /// Everything that matches.
  var all: DocumentBits

  /// - Parameters:
  ///   - count: of the best that are wanted.
  ///   - rows: one more than the highest document.
  ///   - deadline: CLOCK_MONOTONIC, nanoseconds.
  init(_ count: Int, of root: BlockNode, rows: Int, deadline: UInt64?) {
    let blocks = (rows + BlockNode.size - 1) / BlockNode.size
    root.prepare(blocks)
    var search = BestSearch(root: root, count: count)
    var timedOut = false
    func isLate() -> Bool {
      if !timedOut, let deadline, Clock.now >= deadline { timedOut = true }
      return timedOut
    }
    var bounds = [Float](repeating: 0, count: blocks)
    var bits = [UInt64](repeating: 0, count: blocks)
    bounds.withUnsafeMutableBufferPointer { bounds in
      bits.withUnsafeMutableBufferPointer { bits in
        guard let bits = bits.baseAddress, let bounds = bounds.baseAddress else { return }
        for first in stride(from: 0, to: blocks, by: BlockScratch.size) {
          if isLate() { return }
          let chunk = first..<min(first + BlockScratch.size, blocks)
          root.mark(chunk, bits + first)
          root.bound(chunk, bounds + first)
        }
        let seeds = Self.seeds(count, bounds, bits, blocks)
        for block in 0..<blocks where bits[block] != 0 && bounds[block] >= seeds { search.weigh(block, bits[block]) }
        for block in 0..<blocks where bits[block] != 0 && bounds[block] < seeds && bounds[block] >= search.least {
          if block & 255 == 0, isLate() { break }
          search.weigh(block, bits[block])
        }
      }
    }
    all = DocumentBits(words: bits)
    matches = search.matches
    matches.timedOut = timedOut
  }

  private static let bins = 256
  /// Blocks that are weighed first, by hit that is wanted.
  private static let seedsPerHit = 2
  /// Blocks of which one is asked how much is needed of the first.
  private static let sampled = 8

  /// What the blocks can weigh that are to be weighed first: about so much, as a sample of them says.
  private static func seeds(_ count: Int, _ bounds: UnsafePointer<Float>, _ bits: UnsafePointer<UInt64>, _ blocks: Int) -> Float {
    let step = blocks > sampled * bins ? sampled : 1
    var most: Float = 0
    for block in stride(from: 0, to: blocks, by: step) where bits[block] != 0 { most = max(most, bounds[block]) }
    guard most > 0 else { return 0 }
    let scale = Float(bins - 1) / most
    var sizes = [Int](repeating: 0, count: bins)
    for block in stride(from: 0, to: blocks, by: step) where bits[block] != 0 { sizes[min(bins - 1, Int(bounds[block] * scale))] += 1 }
    var left = max(1, count * seedsPerHit / step)
    for bin in (0..<bins).reversed() {
      left -= sizes[bin]
      if left <= 0 { return Float(bin) / scale }
    }
    return 0
  }
}

/// The best of the documents that were weighed.
private struct BestSearch {
  let root: BlockNode
  let count: Int
  /// Weights of the best, the least of them on top.
  private var heap: [Float] = []
  private var documents: [UInt32] = []
  private var weights: [Float] = []
  /// What a match has to weigh.
  private(set) var least = -Float.infinity

  init(root: BlockNode, count: Int) {
    self.root = root
    self.count = max(1, count)
    heap.reserveCapacity(self.count)
  }

  mutating func weigh(_ block: Int, _ matching: UInt64) {
    let matching = least > 0 ? root.promising(block, matching, least: least) : matching
    if matching == 0 { return }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: BlockNode.size) { scores in
      guard let scores = scores.baseAddress else { return }
      BlockNode.forEach(matching) { scores[$0] = 0 }
      root.score(block, matching, scores)
      BlockNode.forEach(matching) { place in
        let weight = Float(scores[place])
        if weight >= least { take(UInt32(block * BlockNode.size + place), weight) }
      }
    }
  }

  private mutating func take(_ document: UInt32, _ weight: Float) {
    documents.append(document)
    weights.append(weight)
    if heap.count < count {
      heap.append(weight)
      guard heap.count == count else { return }
      heap.sort()
    } else {
      guard weight > heap[0] else { return }
      heap[0] = weight
      sift()
    }
    least = heap[0]
  }

  private mutating func sift() {
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child] < heap[least] { least = child }
      if least == parent { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }

  /// Those that are among the best, ascending by document.
  var matches: Matches {
    let order = documents.indices.filter { weights[$0] >= least }.sorted { documents[$0] < documents[$1] }
    return Matches(documents: order.map { documents[$0] }, weights: order.map { weights[$0] })
  }
}
