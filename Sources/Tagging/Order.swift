// What two lists have in common in the same order, and what not.

enum Order {
  /// Members of both lists that do not keep their place among the others: the fewest without which the order is the same.
  static func moved(from old: [String], to new: [String]) -> Set<String> {
    let places = Dictionary(new.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let common = old.compactMap { id in places[id].map { (id: id, place: $0) } }
    let kept = longestAscending(common.map(\.place))
    guard kept.count < common.count else { return [] }
    let stay = Set(kept)
    return Set(common.indices.filter { !stay.contains($0) }.map { common[$0].id })
  }

  /// Indices of a longest ascending part of distinct numbers (patience sorting).
  private static func longestAscending(_ numbers: [Int]) -> [Int] {
    // By length: the index whose number ends an ascending part of that length and is the least.
    var ends: [Int] = []
    var before = [Int](repeating: -1, count: numbers.count)
    for (index, number) in numbers.enumerated() {
      var low = 0
      var high = ends.count
      while low < high {
        let middle = (low + high) / 2
        if numbers[ends[middle]] < number { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[index] = ends[low - 1] }
      if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var part: [Int] = []
    var at = ends.last ?? -1
    while at >= 0 {
      part.append(at)
      at = before[at]
    }
    return part.reversed()
  }

  /// What is only in the one or the other list; all of both when what they share stands in another order.
  static func difference<Element: Hashable>(_ old: [Element], _ new: [Element]) -> (removed: [Element], added: [Element]) {
    if old == new { return ([], []) }
    let (before, after) = (numbered(old), numbered(new))
    let (inOld, inNew) = (Set(before), Set(after))
    guard before.filter({ inNew.contains($0) }) == after.filter({ inOld.contains($0) }) else { return (old, new) }
    return (before.filter { !inNew.contains($0) }.map(\.element), after.filter { !inOld.contains($0) }.map(\.element))
  }

  /// An element and how many of its like stand before it.
  private struct Numbered<Element: Hashable>: Hashable {
    var element: Element
    var number: Int
  }

  private static func numbered<Element: Hashable>(_ list: [Element]) -> [Numbered<Element>] {
    var counts: [Element: Int] = [:]
    return list.map { element in
      defer { counts[element, default: 0] += 1 }
      return Numbered(element: element, number: counts[element] ?? 0)
    }
  }
}
