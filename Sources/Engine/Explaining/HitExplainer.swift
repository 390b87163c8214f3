// What a passage's score is made of. The query's tree is walked as it was weighed: what is added gives a line each, of what is compared
// only the greater counts, and what is weighed as one word is one line. Every weight is asked of Xapian for just the passages of the page,
// so that the lines add up to the score; what is left over is a line of its own.
import ArasAPI
import Xapian

/// Confined to the search that made it.
final class HitExplainer {
  private let search: Search
  private let query: Query
  private let sources: [Query: String]
  private let isRanked: Bool
  /// Terms of the page's passages.
  private let page: Query
  /// Weights by document, of each part of the query that was looked at.
  private var known: [Query: [UInt32: Double]] = [:]

  /// Alternatives of one word that are looked at.
  private static let mostAlternatives = 1000

  init(_ search: Search, _ found: Search.Found, documents: [UInt32]) throws {
    self.search = search
    query = found.plan.query
    sources = found.plan.sources
    isRanked = !found.weights.isEmpty
    let ids = try documents.compactMap { try search.view.passage($0)?.id }
    page = .or(ids.map { .term(Term.value(Field.id.valuePrefix, $0.utf8)) })
  }

  func lines(of document: UInt32, score: Double) throws -> [ExplainedTerm] {
    var lines = try lines(query, document, factor: 1, clause: nil)
    guard isRanked else {
      return lines.map {
        ExplainedTerm(term: $0.term, weight: 0, field: $0.field, clause: $0.clause, own: $0.own ?? $0.weight, note: "the order is by date")
      }
    }
    let rest = score - lines.reduce(0) { $0 + $1.weight }
    if abs(rest) > max(1e-4, abs(score) * 1e-4) {
      let isLate = Clock.now > search.deadline
      lines.append(
        ExplainedTerm(term: "other", weight: rest, note: isLate ? "there was no time to look at all of it" : "what the ranking adds"))
    }
    return lines
  }

  /// What makes the score of a hit of that of its best passage; nil where it is the same.
  func lines(of hit: PageHit, score: Double, _ found: Search.Found) -> [ExplainedTerm]? {
    guard isRanked else { return nil }
    let indices = hit.passages.isEmpty || search.request.group == .article ? Array(found.groups.range(hit.group)) : hit.passages
    let best = indices.filter { found.accepts($0) }.map { Double(found.weights[$0]) }.max() ?? 0
    guard abs(score - best) > max(1e-4, abs(score) * 1e-4) else { return nil }
    return [
      ExplainedTerm(term: "best passage", weight: best, note: "its score"),
      ExplainedTerm(
        term: "closer look", weight: score - best,
        note: "the first hits are weighed anew: their best passages together, and what they share"),
    ]
  }

  /// The weight of a part of the query in a document; nil where it does not match.
  private func weight(_ part: Query, _ document: UInt32) throws -> Double? {
    if let known = known[part] { return known[document] }
    guard Clock.now < search.deadline else { return nil }
    let matches = try search.view.matches(.filter(part, page), Search.weighting, wantWeights: true, deadline: search.deadline)
    let weights = Dictionary(zip(matches.documents, matches.weights.map { Double($0) })) { first, _ in first }
    known[part] = weights
    return weights[document]
  }

  private func lines(_ part: Query, _ document: UInt32, factor: Double, clause: String?) throws -> [ExplainedTerm] {
    let clause = sources[part] ?? clause
    switch part {
    case .all, .none, .documents, .valueRange, .valueAtLeast, .valueAtMost: return []
    case .term(let term, _):
      guard let weight = try weight(part, document) else { return [] }
      let (text, field) = TermDescription.describe(term)
      return [line(text, field, weight, factor, clause)]
    case .and(let parts), .or(let parts):
      return try parts.flatMap { part in
        try weight(part, document) == nil ? [] : try lines(part, document, factor: factor, clause: clause)
      }
    case .max(let parts): return try greatest(parts, document, factor, clause)
    case .scale(let inner, let by): return try lines(inner, document, factor: factor * by, clause: clause)
    case .filter(let inner, _), .andNot(let inner, _): return try lines(inner, document, factor: factor, clause: clause)
    case .andMaybe(let first, let second):
      let more = try weight(second, document) == nil ? [] : try lines(second, document, factor: factor, clause: clause)
      return try lines(first, document, factor: factor, clause: clause) + more
    case .synonym, .phrase, .near, .xor, .wildcard:
      guard let weight = try weight(part, document) else { return [] }
      let terms = try search.view.matchingTerms(part, document).prefix(Self.mostAlternatives).map { TermDescription.describe($0) }
      var texts: [String] = []
      for (text, _) in terms where !texts.contains(text) { texts.append(text) }
      var isOneWord = false
      if case .synonym(let all) = part { isOneWord = all.count > 1 }
      return [
        line(
          texts.joined(separator: isOneWord ? ", " : " "), terms.first?.field, weight, factor, clause,
          isOneWord ? "weighed as one word" : nil)
      ]
    }
  }

  /// Of several readings of a word the greatest counts; the others are shown with what they would weigh.
  private func greatest(_ parts: [Query], _ document: UInt32, _ factor: Double, _ clause: String?) throws -> [ExplainedTerm] {
    var weights: [(part: Query, weight: Double)] = []
    for part in parts { if let weight = try weight(part, document) { weights.append((part, weight)) } }
    guard let best = weights.indices.max(by: { weights[$0].weight < weights[$1].weight }) else { return [] }
    var found = try lines(weights[best].part, document, factor: factor, clause: clause)
    for (index, (part, _)) in weights.enumerated() where index != best {
      found += try lines(part, document, factor: factor, clause: clause).map {
        ExplainedTerm(
          term: $0.term, weight: 0, field: $0.field, clause: $0.clause, own: $0.own ?? $0.weight,
          note: "does not count: another reading of the word weighs more")
      }
    }
    return found
  }

  private func line(
    _ term: String, _ field: String?, _ weight: Double, _ factor: Double, _ clause: String?, _ note: String? = nil
  ) -> ExplainedTerm {
    guard factor != 1 else { return ExplainedTerm(term: term, weight: weight, field: field, clause: clause, note: note) }
    // Three places are enough for people: 0.4, 0.25, 0.083.
    let share = (factor * 1000).rounded() / 1000
    return ExplainedTerm(
      term: term, weight: weight * factor, field: field, clause: clause, own: weight,
      note: (note.map { $0 + "; " } ?? "") + "counts \(share) of its weight")
  }
}
