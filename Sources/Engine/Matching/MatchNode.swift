// The parts of a query as they are matched in memory, one kind of operator each.

/// A part of a query. Windows are asked for in ascending order.
class MatchNode {
  /// Least document, not before this one, that may match; `MatchNode.end` when there is none.
  func next(from document: UInt32) -> UInt32 { Self.end }

  /// Adds what matches in the window that begins at `base`, and its scores.
  func add(_ base: UInt32, to window: MatchWindow) {}

  /// Adds what matches in the window that begins at `base`, and its scores; what `wanted` does not match may be left out.
  func add(_ base: UInt32, among wanted: MatchWindow, to window: MatchWindow) { add(base, to: window) }

  /// So many documents match at the most: operands that match few are looked at first.
  var size: Int { 0 }

  /// Keeps what this node matches of a window that begins at `base`, and adds its scores; `scratch` is overwritten.
  func narrow(_ window: MatchWindow, _ base: UInt32, _ scratch: MatchWindow) {
    fill(base, scratch)
    window.intersect(scratch)
  }

  /// Everything that matches, with the scores if there are any, where that can be told without going through windows.
  func allAtOnce() -> (documents: [UInt32], scores: [Float])? { nil }

  /// The same for finding the best matches alone; nil where that is not possible.
  var blocks: BlockNode? { nil }

  static let end = UInt32.max

  /// The matches of this node alone, in a window of the caller's.
  func fill(_ base: UInt32, _ window: MatchWindow) {
    window.clear()
    if MatchWindow.base(of: next(from: base)) == base { add(base, to: window) }
  }

  /// The same part of the same query, for somebody else to go through.
  func copy() -> MatchNode { MatchNode() }
}

/// A node that works in a window from which it takes matches out again: in the caller's where that has nothing yet, else in its own.
class NarrowingNode: MatchNode {
  private lazy var own = MatchWindow()

  final override func add(_ base: UInt32, to window: MatchWindow) {
    fill(base, own)
    window.unite(own)
  }
}

/// A cursor over ascending documents.
struct DocumentCursor {
  private(set) var index = 0

  /// Moves to the first document that is not before one; strides double, so that a long way costs its logarithm.
  @inline(__always)
  mutating func seek(_ document: UInt32, _ documents: [UInt32]) -> UInt32 {
    documents.withUnsafeBufferPointer { documents in
      guard index < documents.count else { return MatchNode.end }
      if documents[index] >= document { return documents[index] }
      var stride = 1
      var low = index
      while low + stride < documents.count, documents[low + stride] < document {
        low += stride
        stride *= 2
      }
      var high = min(low + stride, documents.count)
      low += 1
      while low < high {
        let middle = low + (high - low) / 2
        if documents[middle] < document { low = middle + 1 } else { high = middle }
      }
      index = low
      return low < documents.count ? documents[low] : MatchNode.end
    }
  }
}
