import Tagging
import TextAnalysis

@testable import Engine

/// What of a passage a query finds, said as plainly as possible: with loops over all words.
struct MarkOracle {
  let registry: Registry
  private let analyzer = Analyzer()

  init(_ registry: Registry) { self.registry = registry }

  /// A word as it was typed.
  enum Asked {
    case plain(String)
    case exact(String)
    case prefix(String)
    case fuzzy(String, Int)

    var text: String {
      switch self {
      case .plain(let word): word
      case .exact(let word): "=" + word
      case .prefix(let start): start + "*"
      case .fuzzy(let word, let distance): "\(word)~\(distance)"
      }
    }
  }

  indirect enum Query {
    case word(Asked)
    case phrase([Asked], slop: Int)
    /// `actor:` or `place:` with a value, and what it stands for.
    case actor(String, ids: Set<String>)
    case near([Query], Int, ordered: Bool)
    case and([Query])
    case or([Query])
    case not(Query)
    case scoped(String, Query)
    /// Side by side, and with a minus.
    case clauses([Query], without: [Query])

    var text: String {
      switch self {
      case .word(let asked): asked.text
      case .phrase(let list, let slop): "\"" + list.map(\.text).joined(separator: " ") + "\"" + (slop > 0 ? "~\(slop)" : "")
      case .actor(let value, _): value
      case .near(let operands, let n, let ordered):
        "(" + operands.map(\.text).joined(separator: ordered ? " ADJ/\(n) " : " NEAR/\(n) ") + ")"
      case .and(let parts): "(" + parts.map(\.text).joined(separator: " AND ") + ")"
      case .or(let parts): "(" + parts.map(\.text).joined(separator: " OR ") + ")"
      case .not(let part): "NOT \(part.text)"
      case .scoped(let field, let part): "\(field):(\(part.text))"
      case .clauses(let wanted, let without): "(" + (wanted.map(\.text) + without.map { "-" + $0.text }).joined(separator: " ") + ")"
      }
    }
  }

  /// The words, by index, that are marked in a passage. Nothing under NOT is, nor what is asked of titles and headings alone.
  func marked(_ query: Query, _ passage: RealText.Passage, inText: Bool = false) -> Set<Int> {
    switch query {
    case .word(let asked):
      var found = Set(passage.words.indices.filter { matches(asked, passage.words[$0], passage) })
      if !inText { for id in named(asked) { found.formUnion(mentions([id], passage).flatMap { $0 }) } }
      return found
    case .phrase, .near, .actor: return members(spans(query, passage))
    case .and(let parts), .or(let parts), .clauses(let parts, _):
      return parts.reduce(into: []) { $0.formUnion(marked($1, passage, inText: inText)) }
    case .not: return []
    case .scoped("text", let part): return marked(part, passage, inText: true)
    case .scoped: return []
    }
  }

  /// The actors that a query can mark.
  func actors(_ query: Query) -> Set<String> {
    switch query {
    case .word(let asked): Set(named(asked))
    case .actor(_, let ids): ids
    case .near(let parts, _, _), .and(let parts), .or(let parts), .clauses(let parts, _):
      parts.reduce(into: []) { $0.formUnion(actors($1)) }
    case .scoped("text", let part): actors(part)
    case .phrase, .not, .scoped: []
    }
  }

  // MARK: Words

  private func matches(_ asked: Asked, _ word: RealText.RealWord, _ passage: RealText.Passage) -> Bool {
    switch asked {
    case .plain(let typed):
      let stream = analyzer.analyze(typed, language: Language(rawValue: passage.record.language))
      return stream.count == 1 && stream.term(0).elementsEqual(word.term)
    case .exact(let typed): return analyzer.analyze(typed, language: .english).exact(0).elementsEqual(word.exact)
    case .prefix(let start):
      let folded = Fold.folded(start)
      return word.exact.starts(with: folded) || word.folded.starts(with: folded)
    case .fuzzy(let typed, let distance):
      let folded = String(decoding: Fold.folded(typed), as: UTF8.self)
      let forms = [word.exact, word.folded].map { String(decoding: $0, as: UTF8.self) }
      return matches(.plain(typed), word, passage) || forms.contains { OracleTerm.distance(folded, $0) <= distance }
    }
  }

  /// The actors that a plain word names.
  private func named(_ asked: Asked) -> [String] {
    switch asked {
    case .plain(let typed), .fuzzy(let typed, _):
      let stream = analyzer.analyze(typed, language: .english)
      guard stream.count == 1 else { return [] }
      let isAllCaps = !stream.words[0].flags.isDisjoint(with: [.allCaps, .acronym])
      return registry.actorsNamed(by: stream.folded(0), isAllCaps: isAllCaps)
    case .exact, .prefix: return []
    }
  }

  /// The words of each mention of an actor.
  private func mentions(_ ids: Set<String>, _ passage: RealText.Passage) -> [[Int]] {
    passage.record.mentions.filter { ids.contains(passage.record.entities[$0.entity]) }.map { mention in
      passage.words.indices.filter { passage.words[$0].range.overlaps(mention.start..<mention.end) }
    }
  }

  // MARK: Places

  private func members(_ spans: [OracleQuery.Span]) -> Set<Int> { spans.reduce(into: []) { $0.formUnion($1.members) } }

  private func spans(_ query: Query, _ passage: RealText.Passage) -> [OracleQuery.Span] {
    switch query {
    case .word(let asked): return places(asked, passage).map { OracleQuery.Span($0...$0) }
    case .actor(_, let ids):
      return mentions(ids, passage).flatMap { words in
        words.map { word in
          var span = OracleQuery.Span(word...word)
          span.members = Set(words)
          return span
        }
      }
    case .or(let parts): return parts.flatMap { spans($0, passage) }
    case .phrase(let list, 0):
      let places = list.map { Set(self.places($0, passage)) }
      return passage.words.indices.filter { start in places.indices.allSatisfy { places[$0].contains(start + $0) } }
        .map { OracleQuery.Span($0...($0 + list.count - 1)) }
    case .phrase(let list, let slop):
      return OracleQuery.windows(
        list.map { places($0, passage).map { OracleQuery.Span($0...$0) } }, reach: list.count - 1 + slop, ordered: false)
    case .near(let operands, let n, let ordered):
      return OracleQuery.windows(operands.map { spans($0, passage) }, reach: n * (operands.count - 1), ordered: ordered)
    default: return []
    }
  }

  private func places(_ asked: Asked, _ passage: RealText.Passage) -> [Int] {
    passage.words.indices.filter { matches(asked, passage.words[$0], passage) }
  }
}
