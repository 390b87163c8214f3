// The order of the first hits, worked out anew. The query's run weighs every matching passage by BM25, which is cheap; the few best
// articles are then looked at closely: their best passages read as one text, weighted by IneB2 and by DPH, and compared with what the best
// of them have in common (Feedback.swift). How many are looked at is fixed, whatever page is asked for, so pages fit together. The figures behind
// each number are in the DocC page "Ranking".
import Xapian

enum Rescoring {
  /// Hits that are looked at; all others stay behind them in the order of their BM25.
  static let window = 30
  /// Passages of an article that are read, the best first.
  static let passages = 2
  /// What the BM25 of the first run and DPH count beside IneB2, each of them with its greatest as 1.
  static let firstRunShare = 0.4
  static let densityShare = 0.4
}

extension Search {
  /// Gives the best hits their final keys, which come before those of all others.
  func rescore(_ hits: HitList, _ found: Found) throws -> HitList {
    guard request.sort == .relevance, !found.timedOut, hits.count > 1, let words = found.rankingWords else { return hits }
    var best = best(Rescoring.window, of: hits, found).hits
    let candidates = best.map { hit in closest(hit, found).map { found.groups.documents[$0] } }
    guard let weights = try weights(of: candidates, best.map(\.key.primary), words) else { return hits }
    // What is not looked at weighs less than the least of these.
    let floor = hits.count > best.count ? best.map(\.key.primary).min() ?? 0 : 0
    for (place, weight) in weights.enumerated() { best[place].key.primary = floor + weight }
    var ranked = hits
    ranked.first = best.sorted { $0.key.precedes($1.key) }
    return ranked
  }

  /// Indices of the passages that a hit is judged by.
  private func closest(_ hit: RankedHit, _ found: Found) -> [Int] {
    guard request.group == .article else { return [Int(hit.unit)] }
    var best: [Int] = []
    for index in found.groups.range(Int(hit.unit)) where found.accepts(index) {
      let place = best.firstIndex { found.weights[$0] < found.weights[index] } ?? best.count
      guard place < Rescoring.passages else { continue }
      best.insert(index, at: place)
      if best.count > Rescoring.passages { best.removeLast() }
    }
    return best
  }

  /// The new weights of candidates, all above 0; nil when the words say nothing about them.
  private func weights(of candidates: [[UInt32]], _ firstRun: [Double], _ words: [RankingWord]) throws -> [Double]? {
    let statistics = try view.statistics()
    let texts = try CandidateTerms(of: candidates, reading: postings, analyzer)
    guard texts.rawLength > 0, texts.readLength > 0 else { return nil }
    let documents = Double(statistics.documentCount)
    let mean = statistics.averageLength * texts.readLength / texts.rawLength
    let factors = texts.lengths.map { InverseExpectedFrequency.lengthFactor($0, mean: mean) }
    let scorer = CandidateScorer(texts: texts, factors: factors)

    var weights = [Double](repeating: 0, count: candidates.count)
    var densities = weights
    for word in words {
      let facts = try word.terms.map { try postings.frequencies(of: $0) }
      let occurrences = facts.reduce(0) { $0 + Double($1.occurrences) }
      let information = InverseExpectedFrequency(
        documents: documents, documentFrequency: facts.reduce(0) { $0 + Double($1.documents) }, occurrences: occurrences)
      let density = HypergeometricDivergence(documents: documents, occurrences: occurrences, mean: mean)
      let times = QueryPlanner.saturated(word.count)
      let counts = scorer.counts(of: word.terms.compactMap { texts.number(of: $0) })
      var own = scorer.weights(of: counts, information)
      for actor in word.actors {
        let facts = try postings.frequencies(of: actor)
        guard facts.documents > 0 else { continue }
        let information = InverseExpectedFrequency(
          documents: documents, documentFrequency: Double(facts.documents), occurrences: Double(facts.occurrences))
        for (candidate, count) in try mentions(of: actor, candidates).enumerated() where count > 0 {
          let weight = QueryPlanner.expansionWeight * information.weight(count, lengthFactor: factors[candidate])
          own[candidate] = max(own[candidate], weight)
        }
      }
      for candidate in weights.indices {
        weights[candidate] += times * own[candidate]
        densities[candidate] += times * density.weight(counts[candidate], length: texts.lengths[candidate])
      }
    }
    guard let greatest = weights.max(), greatest > 0, let first = firstRun.max(), first > 0 else { return nil }
    for (others, share) in [(firstRun, Rescoring.firstRunShare), (densities, Rescoring.densityShare)] {
      guard let most = others.max(), most > 0 else { continue }
      for candidate in weights.indices { weights[candidate] += share * greatest / most * others[candidate] }
    }
    try Feedback(texts: texts, documents: documents, postings: postings).add(to: &weights, scorer)
    return weights
  }

  /// By candidate: how often its passages mention an actor.
  private func mentions(of actor: [UInt8], _ candidates: [[UInt32]]) throws -> [Double] {
    var owners: [(document: UInt32, candidate: Int)] = []
    for (candidate, documents) in candidates.enumerated() { owners += documents.map { ($0, candidate) } }
    owners.sort { $0.document < $1.document }
    var counts = [Double](repeating: 0, count: candidates.count)
    try view.forEachPosting(of: actor, among: owners.map(\.document)) { counts[owners[$0].candidate] += Double($1) }
    return counts
  }
}

/// Weighs terms in candidates.
struct CandidateScorer {
  let texts: CandidateTerms
  /// By candidate: see `InverseExpectedFrequency.lengthFactor`.
  let factors: [Double]

  /// By candidate: how often it has a word that is any of these terms.
  func counts(of terms: [UInt32]) -> [Double] {
    terms.isEmpty ? Array(repeating: 0, count: texts.count) : (0..<texts.count).map { Double(texts.count(of: terms, in: $0)) }
  }

  /// By candidate: the weight of a word that it has so often.
  func weights(of counts: [Double], _ information: InverseExpectedFrequency) -> [Double] {
    zip(counts, factors).map { $0 > 0 ? information.weight($0, lengthFactor: $1) : 0 }
  }
}
