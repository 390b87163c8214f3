// How many letters have to be added, left out, replaced or swapped to make one word of another.

/// Damerau–Levenshtein distance (optimal string alignment) to one word, within a limit.
struct EditDistance {
  private let target: [Unicode.Scalar]
  private let limit: Int
  private var rows: [[Int]]
  private var scalars: [Unicode.Scalar] = []

  init(to target: [Unicode.Scalar], limit: Int) {
    self.target = target
    self.limit = limit
    rows = Array(repeating: Array(0...target.count), count: 3)
  }

  /// The distance to a word given as UTF-8, nil when it is over the limit.
  mutating func distance(to word: UnsafeBufferPointer<UInt8>) -> Int? {
    // A scalar takes 1 to 4 bytes: what cannot fit is not decoded.
    guard word.count >= target.count - limit, word.count <= (target.count + limit) * 4 else { return nil }
    scalars.removeAll(keepingCapacity: true)
    scalars.append(contentsOf: String(decoding: word, as: UTF8.self).unicodeScalars)
    guard abs(scalars.count - target.count) <= limit else { return nil }
    for column in 0...target.count { rows[0][column] = column }
    for (i, scalar) in scalars.enumerated() {
      let row = (i + 1) % 3
      let above = i % 3
      rows[row][0] = i + 1
      var best = i + 1
      for (j, other) in target.enumerated() {
        var cost = min(rows[above][j + 1] + 1, rows[row][j] + 1, rows[above][j] + (scalar == other ? 0 : 1))
        if i > 0, j > 0, scalar == target[j - 1], scalars[i - 1] == other { cost = min(cost, rows[(i + 2) % 3][j - 1] + 1) }
        rows[row][j + 1] = cost
        best = min(best, cost)
      }
      if best > limit { return nil }
    }
    let distance = rows[scalars.count % 3][target.count]
    return distance <= limit ? distance : nil
  }
}
