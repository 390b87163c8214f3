// "Did you mean": words of a query that no passage has, each with the word of the index that is nearest to it.
import ArasAPI
import TextAnalysis

extension QueryPlanner {
  /// Hits up to which corrections are offered.
  static let nextToNothing = 2
  /// Unknown words that are looked at: each is compared with every word of the index that begins with the same letter. Slips in the
  /// first letter are rare, and looking through all words would make the emptiest answers the slowest.
  private static let mostUnknown = 4
  /// Letters from which a word may differ by one, and by two.
  private static let shortestCorrected = 4
  private static let longWord = 7

  func corrections(_ root: QueryNode?) -> [Correction] {
    var words: [QueryWord] = []
    if let root { Self.collect(root, into: &words) }
    var found: [Correction] = []
    var looked = 0
    for word in words {
      let stream = analyzer.analyze(word.text, language: queryLanguage)
      for i in stream.words.indices where isUnknown(stream, i) {
        guard looked < Self.mostUnknown else { return found }
        looked += 1
        guard let form = nearestForm(stream, i) else { continue }
        let typed = stream.words[i].range
        let start = word.range.lowerBound + typed.lowerBound
        let correction = Correction(
          from: String(decoding: Array(word.text.utf8)[typed], as: UTF8.self), to: form, offset: start, length: typed.count)
        if !found.contains(correction) { found.append(correction) }
      }
    }
    return found
  }

  /// Words that are asked for as they are and not denied.
  private static func collect(_ node: QueryNode, into words: inout [QueryWord]) {
    switch node {
    case .word(let word): if !word.isExact, !word.isPrefix, word.distance == 0 { words.append(word) }
    case .phrase(let all, _): for word in all { collect(.word(word), into: &words) }
    case .proximity(let nodes, _, _), .and(let nodes), .or(let nodes): for node in nodes { collect(node, into: &words) }
    case .clauses(let clauses): for clause in clauses where clause.occurrence != .mustNot { collect(clause.node, into: &words) }
    case .field(_, .words(let inner)): collect(inner, into: &words)
    case .field, .not, .everything: break
    }
  }

  private func isUnknown(_ stream: WordStream, _ i: Int) -> Bool {
    let word = stream.words[i]
    guard word.flags.isDisjoint(with: [.cjk, .hasDigit]) else { return false }
    let known = analyzer.queryTerms(for: stream, at: i, languages: languages).contains { database.frequency($0) > 0 }
    return !known && registry.actorsNamed(by: stream.folded(i), isAllCaps: !word.flags.isDisjoint(with: [.allCaps, .acronym])).isEmpty
  }

  private func nearestForm(_ stream: WordStream, _ i: Int) -> String? {
    let letters = String(decoding: stream.exact(i), as: UTF8.self).unicodeScalars
    guard letters.count >= Self.shortestCorrected, let first = letters.first else { return nil }
    let exact = Array(Schema.exactPrefix.utf8)
    return formsNear(stream, i, distance: letters.count >= Self.longWord ? 2 : 1, beginning: Array(String(first).utf8))
      .first { $0.distance > 0 && $0.term.starts(with: exact) }
      .map { String(decoding: $0.term.dropFirst(exact.count), as: UTF8.self) }
  }
}
