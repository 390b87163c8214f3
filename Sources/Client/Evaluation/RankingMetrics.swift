// The measures of a ranking, as trec_eval defines them: `ndcg_cut_10` with the grades themselves as gains, `map`, `recall_100`, and
// `recip_rank` of the first ten. A grade of 0 or less is not relevant, and so is an article that nobody judged.
import Glibc

/// Is a measure; all lie between 0 and 1.
package enum RankingMetric: String, Sendable, CaseIterable {
  case ndcg = "ndcg@10"
  case averagePrecision = "map"
  case recall = "recall@100"
  case reciprocalRank = "mrr@10"
}

/// Holds a value for each measure: of one query, or the mean of many.
package struct RankingScores: Sendable, Equatable {
  private var values: [RankingMetric: Double] = [:]

  package init() {}

  package subscript(metric: RankingMetric) -> Double {
    get { values[metric] ?? 0 }
    set { values[metric] = newValue }
  }

  /// - Parameters:
  ///   - ranked: articles, the best first; one that is there twice counts where it is first.
  ///   - grades: of the query's judged articles.
  package init(ranked: [String], grades: [String: Int]) {
    var seen: Set<String> = []
    let gains = ranked.filter { seen.insert($0).inserted }.map { max(0, grades[$0] ?? 0) }
    let ideal = grades.values.filter { $0 > 0 }.sorted(by: >)
    guard !ideal.isEmpty else { return }
    self[.ndcg] = Self.discounted(gains.prefix(10)) / Self.discounted(ideal.prefix(10))
    var found = 0
    var precisions = 0.0
    for (index, gain) in gains.enumerated() where gain > 0 {
      found += 1
      precisions += Double(found) / Double(index + 1)
    }
    self[.averagePrecision] = precisions / Double(ideal.count)
    self[.recall] = Double(gains.prefix(100).count { $0 > 0 }) / Double(ideal.count)
    self[.reciprocalRank] = gains.prefix(10).firstIndex { $0 > 0 }.map { 1 / Double($0 + 1) } ?? 0
  }

  private static func discounted(_ gains: ArraySlice<Int>) -> Double {
    gains.enumerated().reduce(0) { $0 + Double($1.element) / log2(Double($1.offset + 2)) }
  }

  package static func mean(_ all: some Collection<RankingScores>) -> RankingScores {
    var mean = RankingScores()
    guard !all.isEmpty else { return mean }
    for metric in RankingMetric.allCases { mean[metric] = all.reduce(0) { $0 + $1[metric] } / Double(all.count) }
    return mean
  }
}
