// The order of hits, and the page of it that was asked for.
import ArasAPI

/// A hit before it is fetched.
struct RankedHit: Sendable {
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

  func rank(_ found: Found) -> [RankedHit] {
    request.group == .article ? rankArticles(found) : rankPassages(found)
  }

  private func weight(_ found: Found, _ index: Int) -> Double { found.weights.isEmpty ? 0 : Double(found.weights[index]) }

  private func key(weight: Double, article: UInt32, row: UInt32) -> HitKey {
    let day = snapshot.columns.days(ofArticle: article)
    return switch request.sort {
    case .relevance: HitKey(primary: weight, secondary: day.map { Double($0.first) } ?? Self.undated, row: row)
    case .dateDescending: HitKey(primary: day.map { Double($0.first) } ?? Self.undated, secondary: weight, row: row)
    case .dateAscending: HitKey(primary: day.map { -Double($0.first) } ?? Self.undated, secondary: weight, row: row)
    }
  }

  private func rankArticles(_ found: Found) -> [RankedHit] {
    var hits: [RankedHit] = []
    for group in 0..<found.groups.count {
      var matched = 0
      var best = -Double.infinity
      for index in found.groups.range(group) where found.accepts(index) {
        matched += 1
        best = max(best, weight(found, index))
      }
      guard matched > 0 else { continue }
      let article = found.groups.articles[group]
      hits.append(
        RankedHit(key: key(weight: best, article: article, row: article), group: group, passages: [], passagesMatched: matched))
    }
    return hits
  }

  private func rankPassages(_ found: Found) -> [RankedHit] {
    var hits: [RankedHit] = []
    for group in 0..<found.groups.count {
      for index in found.groups.range(group) where found.accepts(index) {
        let key = key(weight: weight(found, index), article: found.groups.articles[group], row: found.groups.documents[index])
        hits.append(RankedHit(key: key, group: group, passages: [index], passagesMatched: 1))
      }
    }
    return hits
  }

  /// The hits of the page, in order, and the cursor behind them.
  func page(_ ranked: RankedHits, _ found: Found) throws(APIError) -> (hits: [RankedHit], offset: Int, cursor: String?) {
    let hash = Cursor.hash(of: request, like: like)
    var candidates = ranked.hits
    var offset = request.offset
    if let token = request.cursor {
      guard let cursor = Cursor(token: token) else {
        throw APIError.invalidParams("\"cursor\" is not a token that a search gave", parameter: "cursor")
      }
      guard cursor.request == hash else {
        throw APIError.invalidParams(
          "\"cursor\" belongs to another search; send it with the same query, filters, grouping and order", parameter: "cursor")
      }
      candidates = ranked.hits.filter { cursor.key.precedes($0.key) }
      offset = cursor.offset
    }
    let skip = request.cursor == nil ? request.offset : 0
    let wanted = request.limit
    guard wanted > 0, skip < candidates.count else { return ([], offset, nil) }
    let last = skip + min(wanted, candidates.count - skip)
    let ordered =
      request.cursor == nil && last <= ranked.first.count
      ? Array(ranked.first.prefix(last)) : Self.best(last, of: candidates).map { candidates[$0] }
    var hits = Array(ordered[skip...])
    if request.group == .article { for index in hits.indices { hits[index].passages = bestPassages(hits[index], found) } }
    let hasMore = candidates.count > ordered.count
    let cursor = hits.last.map { Cursor(key: $0.key, offset: offset &+ hits.count, request: hash).token }
    return (hits, offset, hasMore ? cursor : nil)
  }

  /// Indices of the first of the hits in order, without sorting all of them when few are wanted.
  static func best(_ count: Int, of hits: [RankedHit]) -> [Int] {
    let order: (Int, Int) -> Bool = { hits[$0].key.precedes(hits[$1].key) }
    guard count * 8 < hits.count else { return Array(hits.indices.sorted(by: order).prefix(count)) }
    // A heap of the best, the worst of them on top.
    var heap = Array(0..<count)
    func sift(_ start: Int) {
      var parent = start
      while true {
        var worst = parent
        for child in [2 * parent + 1, 2 * parent + 2] where child < count && order(heap[worst], heap[child]) { worst = child }
        if worst == parent { return }
        heap.swapAt(parent, worst)
        parent = worst
      }
    }
    for parent in stride(from: count / 2, through: 0, by: -1) { sift(parent) }
    for hit in count..<hits.count where order(hit, heap[0]) {
      heap[0] = hit
      sift(0)
    }
    return heap.sorted(by: order)
  }

  private func bestPassages(_ hit: RankedHit, _ found: Found) -> [Int] {
    let matched = found.groups.range(hit.group).filter { found.accepts($0) }
    return Array(matched.sorted { (weight(found, $1), $0) < (weight(found, $0), $1) }.prefix(request.perGroup))
  }
}
