// Finds what of a passage to mark: the same analysis as at index time gives its words, and the rules that the planner left say which of
// them matched. A phrase is marked only where it stands, a window only where its words are near each other.
import TextAnalysis

/// A marked stretch of a passage.
struct PassageMark: Sendable, Hashable {
  /// Bytes of the passage's text.
  var start: Int
  var end: Int
  /// The actor, for a mention.
  var entity: String?
  /// Which rule found it, for choosing snippets that show many of them.
  var rule: Int
}

struct Marker {
  let rules: [MarkRule]
  let words: WordStream
  /// Nil for words in which nothing was tagged, as those of a title.
  let passage: PassageRecord?

  /// Whether a rule holds anywhere in these words.
  func holds(_ rule: MarkRule) -> Bool { !places(rule, 0).isEmpty }

  /// A place where a rule holds: words from first to last, and the marks it leaves.
  private struct Place {
    var first: Int
    var last: Int
    var marks: [PassageMark]
  }

  /// All marks, in the order of the text, none inside another. Where both an actor and a word of the query stand, the word wins: it is
  /// what was typed.
  static func marks(of passage: PassageRecord, words: WordStream, rules: [MarkRule]) -> [PassageMark] {
    let marker = Marker(rules: rules, words: words, passage: passage)
    var found: [PassageMark] = []
    for (number, rule) in rules.enumerated() { found += marker.places(rule, number).flatMap(\.marks) }
    found.sort { ($0.start, $0.entity == nil ? 0 : 1, $1.end) < ($1.start, $1.entity == nil ? 0 : 1, $0.end) }
    var kept: [PassageMark] = []
    for mark in found {
      if let last = kept.last, mark.start < last.end {
        // An actor whose name goes beyond the word typed takes the word's place.
        if mark.entity != nil, last.entity == nil, mark.start <= last.start, mark.end > last.end { kept[kept.count - 1] = mark }
        continue
      }
      kept.append(mark)
    }
    return kept
  }

  private func places(_ rule: MarkRule, _ number: Int) -> [Place] {
    switch rule {
    case .word(let matcher):
      return words.words.indices.filter { matches(matcher, $0) }.map { Place(first: $0, last: $0, marks: [mark($0, number)]) }
    case .entity(let ids):
      return entityPlaces(ids, number)
    case .any(let rules):
      return rules.flatMap { places($0, number) }.sorted { $0.first < $1.first }
    case .phrase(let matchers, let slop):
      return slop == 0
        ? sequences(matchers, number)
        : windows(matchers.map { places(.word($0), number) }, reach: matchers.count + slop - 1, ordered: false)
    case .near(let operands, let distance, let ordered):
      return windows(operands.map { places($0, number) }, reach: distance * (operands.count - 1), ordered: ordered)
    }
  }

  private func matches(_ matcher: WordMatcher, _ index: Int) -> Bool {
    if !matcher.terms.isEmpty, matcher.terms.contains(Array(words.term(index))) { return true }
    if !matcher.exacts.isEmpty, matcher.exacts.contains(Array(words.exact(index))) { return true }
    if !matcher.folds.isEmpty, matcher.folds.contains(Array(words.folded(index))) { return true }
    if let prefix = matcher.prefix, words.folded(index).starts(with: prefix) || words.exact(index).starts(with: prefix) { return true }
    return false
  }

  private func mark(_ index: Int, _ rule: Int) -> PassageMark {
    let word = words.words[index]
    return PassageMark(start: Int(word.start), end: Int(word.end), entity: nil, rule: rule)
  }

  /// As in the index, each word of a mention is a place of the actor; the mark covers all of the mention.
  private func entityPlaces(_ ids: Set<String>, _ number: Int) -> [Place] {
    guard let passage else { return [] }
    return passage.mentions.flatMap { mention -> [Place] in
      let id = passage.entities[mention.entity]
      guard ids.contains(id), let first = words.words.firstIndex(where: { Int($0.end) > mention.start }) else { return [] }
      var last = first
      while last + 1 < words.count, Int(words.words[last + 1].start) < mention.end { last += 1 }
      // A mark covers whole words: the possessive ending of a name belongs to it.
      let start = min(mention.start, Int(words.words[first].start))
      let end = max(mention.end, Int(words.words[last].end))
      let mark = PassageMark(start: start, end: end, entity: id, rule: number)
      return (first...last).map { Place(first: $0, last: $0, marks: [mark]) }
    }
  }

  private func sequences(_ matchers: [WordMatcher], _ number: Int) -> [Place] {
    guard let head = matchers.first, words.count >= matchers.count else { return [] }
    var found: [Place] = []
    for start in 0...(words.count - matchers.count) where matches(head, start) {
      guard matchers.indices.dropFirst().allSatisfy({ matches(matchers[$0], start + $0) }) else { continue }
      let last = start + matchers.count - 1
      // Bigrams overlap: one mark from the first word to the last where they do, else one mark a word.
      let overlaps = zip(start..<last, (start + 1)...max(last, start + 1)).contains { words.words[$0].end > words.words[$1].start }
      let marks =
        overlaps
        ? [PassageMark(start: Int(words.words[start].start), end: Int(words.words[last].end), entity: nil, rule: number)]
        : (start...last).map { mark($0, number) }
      found.append(Place(first: start, last: last, marks: marks))
    }
    return found
  }

  /// Combinations of one place of each operand that lie within `reach` words of each other.
  private func windows(_ operands: [[Place]], reach: Int, ordered: Bool) -> [Place] {
    let operands = operands.map { $0.sorted { $0.first < $1.first } }
    let spans = operands.map { $0.map { WordSpan(first: $0.first, last: $0.last) } }
    return WordWindows(reach: reach, ordered: ordered).choices(spans).map { choice in
      let chosen = zip(operands, choice).map { $0[$1] }
      return Place(first: chosen.map(\.first).min() ?? 0, last: chosen.map(\.last).max() ?? 0, marks: chosen.flatMap(\.marks))
    }
  }
}
