// Words in order, by where they stand.

/// Whether words stand in order within a window.
enum PlacedWords {
  /// - Parameters:
  ///   - operands: where each stands, ascending.
  ///   - window: successive words.
  /// - Returns: whether there is a place of each, one behind the other, of which the last lies within the window that begins at the first.
  static func areInOrder<Places: RandomAccessCollection<UInt32>>(
    _ operands: some RandomAccessCollection<Places>, window: Int
  ) -> Bool where Places.Index == Int {
    guard let heads = operands.first, !operands.contains(where: { $0.isEmpty }) else { return false }
    for head in heads {
      var last = head
      var isWhole = true
      for places in operands.dropFirst() {
        // The nearest is as good as any: it leaves the most room to those behind it.
        let next = places.partitioningIndex { $0 > last }
        guard next < places.endIndex else { return false }
        last = places[next]
        if last - head >= window {
          isWhole = false
          break
        }
      }
      if isWhole { return true }
    }
    return false
  }
}
