// Field clauses: values, entities of the registry, dates and paths.
import Tagging
import TextAnalysis
import Xapian

extension QueryPlanner {
  mutating func fieldQuery(_ field: Field, _ value: FieldValue, _ context: Context) -> Query? {
    switch value {
    case .any:
      // Every passage has a text, an id and a path.
      return field == .text || field == .id || field == .path ? .all : .term(Term.presence(field))
    case .words(let node):
      return query(node, context.scoped(field))
    case .dates(let days, _):
      return Self.dateQuery(days)
    case .range(let from, let to, let range):
      return rangeQuery(field, ValueRange(field, from: from, to: to), range)
    case .value(let value):
      return valueQuery(field, value, context)
    }
  }

  /// An article whose date is known to its month or year overlaps what is asked for with any of its days.
  static func dateQuery(_ days: DayRange) -> Query {
    .and([
      .valueAtMost(slot: Schema.dateFromSlot, DayRange.sortable(days.last)),
      .valueAtLeast(slot: Schema.dateToSlot, DayRange.sortable(days.first)),
    ])
  }

  private mutating func valueQuery(_ field: Field, _ value: QueryValue, _ context: Context) -> Query? {
    switch field.kind {
    case .entity:
      if field == .topic { return topicQuery(value) }
      let ids = entityIDs(field, value)
      guard !ids.isEmpty else { return Query.none }
      mark(.entity(Set(ids.map(\.id))), context)
      return Self.either(ids.map { .term(value.isSalient ? Term.value(Schema.salientPrefix, $0.id.utf8) : Term.entity($0.field, $0.id)) })
    case .path:
      return pathQuery(value.text)
    case .value, .wordsAndValue:
      if let start = Self.wildcard(value.text) { return valuesBeginning(field, start, value.range) }
      return plainValueQuery(field, value.text)
    case .words, .date:
      return query(.word(QueryWord(text: value.text, range: value.range)), context.scoped(field))
    }
  }

  private func plainValueQuery(_ field: Field, _ text: String) -> Query {
    let value = Query.term(Term.value(field.valuePrefix, field.folded(text)))
    guard let prefix = field.wordPrefix else { return value }
    let words = analyzer.analyze(text, language: .undetermined)
    guard !words.isEmpty else { return value }
    let terms = words.words.indices.map { Query.term(Term.value(prefix, words.folded($0))) }
    return .or([value, terms.count == 1 ? terms[0] : .phrase(terms, window: terms.count)])
  }

  /// What stands before the star of a value, if that is enough for a wildcard.
  private static func wildcard(_ text: String) -> String? {
    guard text.hasSuffix("*"), text.unicodeScalars.count > QueryParser.shortestPrefix else { return nil }
    return String(text.dropLast())
  }

  /// Values, and words of values, that begin like this.
  private mutating func valuesBeginning(_ field: Field, _ start: String, _ range: Range<Int>) -> Query {
    let folded = field.folded(start)
    let found = [field.valuePrefix, field.wordPrefix].compactMap { $0 }.flatMap { expansions.terms(beginning: Array($0.utf8) + folded) }
    return Self.alternatives(mostFrequent(found, "\(start)*", range))
  }

  private mutating func rangeQuery(_ field: Field, _ values: ValueRange, _ range: Range<Int>) -> Query {
    let prefix = Array(field.valuePrefix.utf8)
    let found = expansions.terms(beginning: prefix, from: prefix + values.from) { values.isPast($0[prefix.count...]) }
    return Self.alternatives(mostFrequent(found, "this range", range))
  }

  // MARK: The registry

  /// A name that the registry does not have finds nothing, most likely because it is spelt otherwise there.
  private mutating func warnOfUnknown(_ what: String, _ value: QueryValue) {
    // The marks behind a name are no part of it.
    let range = value.range.lowerBound..<min(value.range.upperBound, value.range.lowerBound + value.text.utf8.count)
    warn(
      "unknown_\(what)", range,
      "the registry has no \(what) \"\(value.text)\"; `aras \(what == "topic" ? "topics" : "actors")` lists them")
  }

  /// Actors and places that a value names.
  mutating func entityIDs(_ field: Field, _ value: QueryValue) -> [(field: Field, id: String)] {
    let ids = EntityValue.ids(value.text, in: field, registry, withChildren: value.withChildren)
    if !ids.contains(where: { registry.actor($0) != nil }) { warnOfUnknown(field.rawValue, value) }
    return ids.map { (EntityValue.field(of: $0, askedFor: field, registry), $0) }
  }

  private mutating func topicQuery(_ value: QueryValue) -> Query {
    if registry.resolveTopic(value.text).isEmpty { warnOfUnknown("topic", value) }
    return Self.either(EntityValue.ids(value.text, in: .topic, registry, withChildren: true).map { .term(Term.entity(.topic, $0)) })
  }

  // MARK: Paths

  /// `dir`, `dir/` and `dir/**` are everything below a folder, `dir/file.txt` one file, `*.html` or `dir/*/x` a pattern over paths of
  /// files.
  private mutating func pathQuery(_ pattern: String) -> Query {
    noteAskingIndex()
    let prefix = Field.path.valuePrefix
    var text = pattern[...]
    while text.hasPrefix("./") { text = text.dropFirst(2) }
    if text.hasSuffix("/**"), !text.dropLast(2).contains(where: { $0 == "*" || $0 == "?" }) { text = text.dropLast(2) }
    guard text.contains(where: { $0 == "*" || $0 == "?" }) else {
      let exact = [Term.value(prefix, text.utf8), Term.value(prefix, (text.hasSuffix("/") ? text : text + "/").utf8)]
      if exact.contains(where: { database.frequency($0) > 0 }) { return .or(Set(exact).sorted { $0.count < $1.count }.map { .term($0) }) }
      // Not a path as it is shown: then one below any folder, since what is shown may begin far above the source.
      let below = text.hasPrefix("/") ? .none : pathMatches(text.hasSuffix("/") ? "**/\(text)**" : "**/\(text)")
      let isShown = below != .none && database.isInWhole { whole in exact.contains { whole.frequency($0) > 0 } }
      return isShown ? .none : below
    }
    if text.hasPrefix("/") { return pathMatches(String(text)) }
    let found = text.contains("/") ? pathMatches(String(text)) : .none
    guard found == .none else { return found }
    let below = pathMatches("**/" + text)
    let isShown = below != .none && text.contains("/") && database.isInWhole { Self.pathTerms(String(text), in: $0).nonEmpty != nil }
    return isShown ? .none : below
  }

  /// Files whose whole path as shown has the pattern.
  private func pathMatches(_ pattern: String) -> Query {
    let terms = Self.pathTerms(pattern, in: database)
    return terms.isEmpty ? .none : Self.either(terms.map { .term($0) })
  }

  private static func pathTerms(_ pattern: String, in database: DatabaseView) -> [[UInt8]] {
    let glob = PathPattern(pattern)
    var terms: [[UInt8]] = []
    let bytes = Array(Field.path.valuePrefix.utf8)
    database.forEachTerm(beginning: bytes) { term, _ in
      guard term.last != UInt8(ascii: "/") else { return }
      if glob.matches(UnsafeBufferPointer(rebasing: term[bytes.count...])) { terms.append(Array(term)) }
    }
    return terms
  }
}

extension Array {
  var nonEmpty: [Element]? { isEmpty ? nil : self }
}

/// A pattern over paths: `**` crosses folders, `*` and `?` do not.
struct PathPattern {
  private let pattern: [UInt8]

  init(_ text: String) { pattern = Array(text.utf8) }

  func matches(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
    var states: Set<Int> = closure([0])
    for byte in path {
      var next: Set<Int> = []
      for state in states where state < pattern.count {
        switch pattern[state] {
        case UInt8(ascii: "*"):
          if isDeep(state) || byte != UInt8(ascii: "/") { next.insert(state) }
        case UInt8(ascii: "?"):
          if byte != UInt8(ascii: "/") { next.insert(state + 1) }
        case byte: next.insert(state + 1)
        default: break
        }
      }
      states = closure(next)
      if states.isEmpty { return false }
    }
    return states.contains(pattern.count)
  }

  private func isDeep(_ index: Int) -> Bool {
    index + 1 < pattern.count && pattern[index + 1] == UInt8(ascii: "*")
  }

  /// Stars may stand for nothing; `**/` stands for no folder at all, too.
  private func closure(_ states: Set<Int>) -> Set<Int> {
    var all = states
    var open = Array(states)
    while let state = open.popLast() {
      guard state < pattern.count, pattern[state] == UInt8(ascii: "*") else { continue }
      var following = [state + (isDeep(state) ? 2 : 1)]
      if isDeep(state), state + 2 < pattern.count, pattern[state + 2] == UInt8(ascii: "/") { following.append(state + 3) }
      for next in following where all.insert(next).inserted { open.append(next) }
    }
    return all
  }
}
