// The words of a query that the order of the first hits is worked out by (see Searching/Rescoring.swift): which index terms each can be,
// how often it is said, and what else may stand for it at a lower weight.
import Tagging
import TextAnalysis

/// A plain word of a query.
struct RankingWord: Sendable, Hashable {
  /// Its index terms: an occurrence of any of them is one of the word.
  var terms: [[UInt8]]
  /// Terms of the actors that it names; they count `QueryPlanner.expansionWeight` of the word where they say more than it does.
  var actors: [[UInt8]]
  /// How often the query says it.
  var count = 1
}

extension QueryPlanner {
  /// The words of a tree that ranks by plain words; nil for one in which something else decides the order as well - a wildcard, a written
  /// form, a window, a word of one field - or where a field is an alternative to words.
  func rankingWords(_ root: QueryNode) -> [RankingWord]? {
    var found: [(word: RankingWord, isStopWord: Bool)] = []
    guard collect(root, isAlternative: false, into: &found) else { return nil }
    let hasContent = found.contains { !$0.isStopWord }
    var words: [RankingWord] = []
    var places: [[[UInt8]]: Int] = [:]
    for (word, isStopWord) in found where !(hasContent && isStopWord) {
      if let place = places[word.terms] {
        words[place].count += 1
      } else {
        places[word.terms] = words.count
        words.append(word)
      }
    }
    return words.isEmpty ? nil : words
  }

  private func collect(_ node: QueryNode, isAlternative: Bool, into found: inout [(word: RankingWord, isStopWord: Bool)]) -> Bool {
    switch node {
    case .word(let word):
      guard !word.isExact, !word.isPrefix, word.distance == 0 else { return false }
      add(word, into: &found)
    case .phrase(let words, _):
      guard words.allSatisfy({ !$0.isExact && !$0.isPrefix && $0.distance == 0 }) else { return false }
      // The words of a quotation in prose stand beside it already.
      if !plan.isProse { for word in words { add(word, into: &found) } }
    case .clauses(let clauses):
      for clause in clauses where clause.occurrence != .mustNot {
        guard collect(clause.node, isAlternative: isAlternative, into: &found) else { return false }
      }
    case .and(let nodes):
      for inner in nodes where !collect(inner, isAlternative: isAlternative, into: &found) { return false }
    case .or(let nodes):
      for inner in nodes where !collect(inner, isAlternative: true, into: &found) { return false }
    case .field(_, let value):
      if isAlternative { return false }
      if case .words = value { return false }
    case .proximity, .everything: return false
    case .not: break
    }
    return true
  }

  private func add(_ word: QueryWord, into found: inout [(word: RankingWord, isStopWord: Bool)]) {
    let stream = analyzer.analyze(word.text, language: queryLanguage)
    for i in stream.words.indices {
      let isAllCaps = !stream.words[i].flags.isDisjoint(with: [.allCaps, .acronym])
      let actors = registry.actorsNamed(by: stream.folded(i), isAllCaps: isAllCaps).compactMap { id in
        registry.actor(id).map { Term.entity($0.kind == .place ? .place : .actor, id) }
      }
      found.append((RankingWord(terms: terms(stream, i, scope: nil), actors: actors), isStopWord(stream, i)))
    }
  }
}
