// The valid name that comes closest to a mistyped one, for "did you mean".

/// Finds the nearest of several names by edit distance.
package enum NearestName {
  /// Returns the name with the least distance, the first of several; nil only where there are no names.
  package static func of(_ name: String, among names: some Sequence<String>) -> String? {
    let folded = Array(name.lowercased().unicodeScalars.prefix(64))
    var best: (name: String, distance: Int)?
    for candidate in names {
      let distance = distance(folded, Array(candidate.lowercased().unicodeScalars))
      if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
    }
    return best?.name
  }

  /// Counts insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var before: [Int] = []
    var above = Array(0...b.count)
    for i in 1...a.count {
      var row = [i]
      row.reserveCapacity(b.count + 1)
      for j in 1...b.count {
        var least = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { least = min(least, before[j - 2] + 1) }
        row.append(least)
      }
      before = above
      above = row
    }
    return above[b.count]
  }
}
