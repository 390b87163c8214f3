// Field clauses: values, entities of the registry, dates and paths.
import Tagging
import TextAnalysis
import Xapian

extension QueryPlanner {
  mutating func fieldQuery(_ field: Field, _ value: FieldValue, _ context: Context) -> Query? {
    switch value {
    case .any:
      if field == .text || field == .id { return .all }
      return .term(Term.presence(field))
    case .words(let node):
      return query(node, context.scoped(field))
    case .dates(let days, _):
      return Self.dateQuery(days)
    case .group(let node):
      return groupQuery(field, node, context)
    case .value(let text, let withChildren, let salient):
      return valueQuery(field, text, withChildren: withChildren, salient: salient, context)
    }
  }

  /// An article whose date is known to its month or year overlaps what is asked for with any of its days.
  static func dateQuery(_ days: DayRange) -> Query {
    .and([
      .valueAtMost(slot: Schema.dateFromSlot, DayRange.sortable(days.last)),
      .valueAtLeast(slot: Schema.dateToSlot, DayRange.sortable(days.first)),
    ])
  }

  /// `field:(a OR b)`: the tree of the group with every word read as a value of the field; words side by side are alternatives.
  private mutating func groupQuery(_ field: Field, _ node: QueryNode, _ context: Context) -> Query? {
    switch node {
    case .word(let word): return valueQuery(field, word.rendered, withChildren: false, salient: false, context)
    case .phrase(let words, _):
      return valueQuery(field, words.map(\.text).joined(separator: " "), withChildren: false, salient: false, context)
    case .everything: return fieldQuery(field, .any, context)
    case .or(let nodes): return nodes.compactMap { groupQuery(field, $0, context) }.nonEmpty.map(Self.either)
    case .and(let nodes): return nodes.compactMap { groupQuery(field, $0, context) }.nonEmpty.map(Self.all)
    case .not(let inner): return groupQuery(field, inner, context.unmarked).map { .andNot(.all, $0) }
    case .clauses(let clauses):
      let wanted = clauses.filter { $0.occurrence != .mustNot }.compactMap { groupQuery(field, $0.node, context) }
      let unwanted = clauses.filter { $0.occurrence == .mustNot }.compactMap { groupQuery(field, $0.node, context.unmarked) }
      guard !wanted.isEmpty || !unwanted.isEmpty else { return nil }
      let base = wanted.isEmpty ? Query.all : Self.either(wanted)
      return unwanted.isEmpty ? base : .andNot(base, Self.either(unwanted))
    case .proximity(let nodes, _, _): return nodes.compactMap { groupQuery(field, $0, context) }.nonEmpty.map(Self.all)
    case .field(let inner, let value): return fieldQuery(inner, value, context)
    }
  }

  private mutating func valueQuery(
    _ field: Field, _ text: String, withChildren: Bool, salient: Bool, _ context: Context
  ) -> Query? {
    switch field.kind {
    case .entity:
      if field == .topic { return topicQuery(text) }
      let ids = entityIDs(field, text, withChildren: withChildren)
      guard !ids.isEmpty else { return Query.none }
      if !ids.contains(where: { registry.actor($0.id) != nil }) { warnOfUnknown(field.rawValue, text) }
      mark(.entity(Set(ids.map(\.id))), context)
      if salient { return Self.either(ids.map { .term(Term.value(Schema.salientPrefix, $0.id.utf8)) }) }
      return Self.either(ids.map { .term(Term.entity($0.field, $0.id)) })
    case .path:
      return pathQuery(text)
    case .value, .wordsAndValue:
      if let start = Self.wildcard(text) { return valuesBeginning(field, start) }
      return plainValueQuery(field, text)
    case .words, .date:
      return query(.word(QueryWord(text: text)), context.scoped(field))
    }
  }

  private func plainValueQuery(_ field: Field, _ text: String) -> Query {
    let value = Query.term(Term.value(field.valuePrefix, Self.folded(field, text)))
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
  private func valuesBeginning(_ field: Field, _ start: String) -> Query {
    let folded = Self.folded(field, start)
    let prefixes = [field.valuePrefix, field.wordPrefix].compactMap { $0 }
    return Self.either(prefixes.map { .wildcard(Array($0.utf8) + folded, limit: Self.mostExpansions) })
  }

  /// Ids and paths are compared as they are; other values fold.
  static func folded(_ field: Field, _ text: String) -> [UInt8] {
    switch field {
    case .id, .path: Array(text.utf8)
    case .lang: Array(Language(code: text).rawValue.utf8)
    default: Fold.folded(text)
    }
  }

  // MARK: The registry

  /// A name that the registry does not have finds nothing, most likely because it is spelt otherwise there.
  private mutating func warnOfUnknown(_ what: String, _ value: String) {
    let text = Array(queryText.utf8)
    let name = Array(value.utf8)
    let start = text.count < name.count ? nil : (0...(text.count - name.count)).first { text[$0..<($0 + name.count)].elementsEqual(name) }
    warn(
      "unknown_\(what)", start.map { $0..<($0 + name.count) } ?? 0..<0,
      "the registry has no \(what) \"\(value)\"; `aras \(what == "topic" ? "topics" : "actors")` lists them")
  }

  /// Actors and places that a value names: what the registry resolves, else an id that the index has from an earlier registry.
  func entityIDs(_ field: Field, _ text: String, withChildren: Bool) -> [(field: Field, id: String)] {
    var ids = registry.resolveActor(text)
    if ids.isEmpty { ids = [text] }
    if withChildren { ids += ids.flatMap { registry.descendants(ofActor: $0) } }
    var seen: Set<String> = []
    return ids.filter { seen.insert($0).inserted }.map { id in
      let kind = registry.actor(id)?.kind
      return (kind == nil ? field : kind == .place ? .place : .actor, id)
    }
  }

  private mutating func topicQuery(_ text: String) -> Query {
    var ids = registry.resolveTopic(text)
    if ids.isEmpty { ids = [text] }
    if registry.resolveTopic(text).isEmpty { warnOfUnknown("topic", text) }
    ids += ids.flatMap { registry.descendants(ofTopic: $0) }
    return Self.either(Array(Set(ids)).sorted().map { .term(Term.entity(.topic, $0)) })
  }

  // MARK: Paths

  /// `dir`, `dir/` and `dir/**` are everything below a folder, `dir/file.txt` one file, `*.html` or `dir/*/x` a pattern over paths of
  /// files.
  private mutating func pathQuery(_ pattern: String) -> Query {
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
