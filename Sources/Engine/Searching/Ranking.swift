// The order of hits, and the page of it that was asked for. There may be millions of hits and a page shows ten: what is known of every
// hit is two numbers in flat arrays, and only those that come near the page get a whole key.
import ArasAPI

/// Every hit of a search, in no order.
struct HitList: Sendable {
  /// By hit: index of its group where articles are the hits, of its document in the groups where passages are; nil where every one is a hit.
  var units: [UInt32]?
  /// By hit: the first part of its key, or what orders as it does.
  var primaries: [Float] = []
  /// Hits that have their final keys, in order; they come before all others, and are among the others too.
  var first: [RankedHit] = []
  /// Hits in all, where only the best of them are here.
  var all: Int?

  var count: Int { all ?? primaries.count }

  func unit(_ hit: Int) -> UInt32 { units?[hit] ?? UInt32(hit) }
}

/// A hit in its place.
struct RankedHit: Sendable {
  var key: HitKey
  /// See `HitList.units`.
  var unit: UInt32
}

/// A hit of the page, before it is fetched.
struct PageHit: Sendable {
  var key: HitKey
  /// Index of the group.
  var group: Int
  /// Indices into the documents of the groups, best first.
  var passages: [Int]
  var passagesMatched: Int
}

extension Search {
  /// Undated articles come last whichever way dates are sorted.
  private static let undated = -Double.greatestFiniteMagnitude

  func list(_ found: Found) -> HitList {
    var list = request.group == .article ? articles(found) : passages(found)
    if request.sort != .relevance { list.primaries = list.primaries.indices.map { Float(key(list.unit($0), found).primary) } }
    return list
  }

  private func passages(_ found: Found) -> HitList {
    let all = found.groups.documents.indices
    let weights = found.weights.isEmpty ? [Float](repeating: 0, count: all.count) : found.weights
    if found.refused.isEmpty { return HitList(primaries: weights, all: found.counted?.passages) }
    let accepted = all.filter { found.accepts($0) }
    return HitList(units: accepted.map { UInt32($0) }, primaries: accepted.map { weights[$0] })
  }

  private func articles(_ found: Found) -> HitList {
    guard found.refused.isEmpty, !found.weights.isEmpty else {
      var list = HitList(units: [])
      for group in 0..<found.groups.count {
        guard let best = bestWeight(group, found) else { continue }
        list.units?.append(UInt32(group))
        list.primaries.append(best)
      }
      return list
    }
    let best = found.weights.withUnsafeBufferPointer { weights in
      (0..<found.groups.count).map { group in
        let range = found.groups.range(group)
        var best = weights[range.lowerBound]
        for index in range.dropFirst() { best = max(best, weights[index]) }
        return best
      }
    }
    return HitList(primaries: best)
  }

  /// The weight of the best passage of an article; nil when none is accepted.
  private func bestWeight(_ group: Int, _ found: Found) -> Float? {
    var best: Float?
    for index in found.groups.range(group) where found.accepts(index) {
      let weight = found.weights.isEmpty ? 0 : found.weights[index]
      if best.map({ weight > $0 }) ?? true { best = weight }
    }
    return best
  }

  func weight(_ index: Int, _ found: Found) -> Double { found.weights.isEmpty ? 0 : Double(found.weights[index]) }

  /// The key of a hit by its unit, as it is before the first hits are looked at closely.
  private func key(_ unit: UInt32, _ found: Found) -> HitKey {
    let article: UInt32
    let row: UInt32
    let weight: Double
    if request.group == .article {
      article = found.groups.articles[Int(unit)]
      row = article
      weight = bestWeight(Int(unit), found).map { Double($0) } ?? 0
    } else {
      row = found.groups.documents[Int(unit)]
      article = snapshot.columns.article(of: row) ?? 0
      weight = self.weight(Int(unit), found)
    }
    let day = snapshot.columns.days(ofArticle: article)
    return switch request.sort {
    case .relevance: HitKey(primary: weight, secondary: day.map { Double($0.first) } ?? Self.undated, row: row)
    case .dateDescending: HitKey(primary: day.map { Double($0.first) } ?? Self.undated, secondary: weight, row: row)
    case .dateAscending: HitKey(primary: day.map { -Double($0.first) } ?? Self.undated, secondary: weight, row: row)
    }
  }

  /// The best hits in order, `list.first` aside.
  /// - Parameters:
  ///   - after: only hits that come behind this key.
  ///   - except: units that are left out.
  /// - Returns: so many of them, and how many there are in all.
  func best(
    _ count: Int, of list: HitList, _ found: Found, after: HitKey? = nil, except: Set<UInt32> = []
  ) -> (hits: [RankedHit], all: Int) {
    var heap = BestHits(count)
    var all = list.count - except.count
    if after != nil { all = 0 }
    for (hit, primary) in list.primaries.enumerated() {
      if after == nil, !heap.mayTake(primary) { continue }
      let unit = list.unit(hit)
      if !except.isEmpty, except.contains(unit) { continue }
      let key = key(unit, found)
      if let after {
        guard after.precedes(key) else { continue }
        all += 1
      }
      heap.take(RankedHit(key: key, unit: unit), primary)
    }
    return (heap.ordered, all)
  }

  /// The hits of the page, in order, and the cursor behind them.
  func page(_ list: HitList, _ found: Found) throws(APIError) -> (hits: [PageHit], offset: Int, cursor: String?) {
    let hash = Cursor.hash(of: request, like: like)
    var offset = request.offset
    var after: HitKey?
    if let token = request.cursor {
      guard let cursor = Cursor(token: token) else {
        throw APIError.invalidParams("\"cursor\" is not a token that a search gave", parameter: "cursor")
      }
      guard cursor.request == hash else {
        throw APIError.invalidParams(
          "\"cursor\" belongs to another search; send it with the same query, filters, grouping and order", parameter: "cursor")
      }
      after = cursor.key
      offset = cursor.offset
    }
    let skip = after == nil ? request.offset : 0
    guard request.limit > 0, skip < list.count else { return ([], offset, nil) }
    let first = list.first.filter { after?.precedes($0.key) ?? true }
    let last = skip + min(request.limit, list.count - skip)
    var ordered = Array(first.prefix(last))
    var all = list.count
    if last > first.count || after != nil {
      let rest = best(max(0, last - first.count), of: list, found, after: after, except: Set(list.first.map(\.unit)))
      ordered += rest.hits
      all = first.count + rest.all
    }
    guard skip < ordered.count else { return ([], offset, nil) }
    let hits = ordered[skip...].map { pageHit($0, found) }
    let cursor = hits.last.map { Cursor(key: $0.key, offset: offset &+ hits.count, request: hash).token }
    return (hits, offset, all > ordered.count ? cursor : nil)
  }

  private func pageHit(_ hit: RankedHit, _ found: Found) -> PageHit {
    guard request.group == .article else {
      let index = Int(hit.unit)
      return PageHit(key: hit.key, group: found.groups.group(at: index), passages: [index], passagesMatched: 1)
    }
    let matched = found.groups.range(Int(hit.unit)).filter { found.accepts($0) }
    let best = matched.sorted { (weight($1, found), $0) < (weight($0, found), $1) }.prefix(request.perGroup)
    return PageHit(key: hit.key, group: Int(hit.unit), passages: Array(best), passagesMatched: matched.count)
  }
}

/// The best of the hits that it is given: a heap with the worst of them on top.
private struct BestHits {
  private let count: Int
  private var heap: [RankedHit] = []
  /// The primary of the worst once there are enough; nothing below it can come in.
  private var least = -Float.infinity

  init(_ count: Int) { self.count = count }

  /// Whether a hit of this primary might be among the best.
  @inline(__always)
  func mayTake(_ primary: Float) -> Bool { primary >= least && count > 0 }

  mutating func take(_ hit: RankedHit, _ primary: Float) {
    guard count > 0 else { return }
    if heap.count < count {
      heap.append(hit)
      guard heap.count == count else { return }
      for parent in stride(from: count / 2, through: 0, by: -1) { sift(parent) }
    } else {
      guard hit.key.precedes(heap[0].key) else { return }
      heap[0] = hit
      sift(0)
    }
    least = Float(heap[0].key.primary)
  }

  private mutating func sift(_ start: Int) {
    var parent = start
    while true {
      var worst = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[worst].key.precedes(heap[child].key) { worst = child }
      if worst == parent { return }
      heap.swapAt(parent, worst)
      parent = worst
    }
  }

  var ordered: [RankedHit] { heap.sorted { $0.key.precedes($1.key) } }
}
