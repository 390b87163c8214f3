// Words, phrases and windows of words: what is looked up in the analysis.
import Tagging
import TextAnalysis
import Xapian

extension QueryPlanner {
  // MARK: Words

  mutating func wordQuery(_ word: QueryWord, _ context: Context) -> Query? {
    let stream = analyzer.analyze(word.text, language: queryLanguage)
    guard !stream.isEmpty else { return nil }
    if stream.words.contains(where: { $0.flags.contains(.cjk) }), stream.count > 1 {
      // Bigrams of one run stand for one word: side by side or not at all.
      return sequenceQuery([matcherSource(word, stream)].flatMap { $0 }, slop: 0, context)
    }
    var parts: [Query] = []
    for i in stream.words.indices {
      let isLast = i == stream.count - 1
      if word.isExact {
        parts.append(exactQuery(stream, i, context))
      } else if word.isPrefix, isLast {
        parts.append(prefixQuery(stream, i, word, context))
      } else if word.distance > 0, isLast {
        parts.append(fuzzyQuery(stream, i, word, context))
      } else {
        parts.append(plainQuery(stream, i, word, context))
      }
    }
    return context.match == .any && !word.isExact ? Self.either(parts) : Self.all(parts)
  }

  /// The index terms of a word, those that no passage has left out; all of them when no passage has any.
  private func terms(_ stream: WordStream, _ i: Int, scope: Field?) -> [[UInt8]] {
    let prefix = Array((scope?.wordPrefix ?? "").utf8)
    let all = analyzer.queryTerms(for: stream, at: i, languages: languages).map { prefix + $0 }
    let present = all.filter { database.frequency($0) > 0 }
    return present.isEmpty ? all : present
  }

  private mutating func plainQuery(_ stream: WordStream, _ i: Int, _ word: QueryWord, _ context: Context) -> Query {
    let found = terms(stream, i, scope: context.scope)
    mark(.word(WordMatcher(terms: Set(found))), context)
    let base = bodyOnly(Self.synonyms(found), terms: found, context)
    guard context.scope == nil else { return base }
    let isAllCaps = stream.words[i].flags.contains(.allCaps) || stream.words[i].flags.contains(.acronym)
    let ids = registry.actorsNamed(by: stream.folded(i), isAllCaps: isAllCaps)
    guard !ids.isEmpty else { return base }
    let typed = stream.words[i].range
    let start = word.range.lowerBound + typed.lowerBound
    var entities: [Query] = []
    for id in ids {
      guard let entry = registry.actor(id) else { continue }
      entities.append(.term(Term.entity(entry.kind == .place ? .place : .actor, id)))
      let expansion = NamedActor(
        word: String(decoding: Array(word.text.utf8)[typed], as: UTF8.self), id: id, range: start..<(start + typed.count))
      if context.marks, !plan.expansions.contains(expansion) { plan.expansions.append(expansion) }
    }
    mark(.entity(Set(ids)), context)
    return .max([base, .scale(Self.either(entities), Self.expansionWeight)])
  }

  static func synonyms(_ terms: [[UInt8]]) -> Query {
    terms.count == 1 ? .term(terms[0]) : .synonym(terms.map { .term($0) })
  }

  /// `text:`: passages that have a word in their title or heading alone are left out.
  private func bodyOnly(_ query: Query, terms: [[UInt8]], _ context: Context) -> Query {
    guard context.scope == .text else { return query }
    return .andNot(query, Self.either(terms.map { .term(Schema.outsideBodyTerm($0)) }))
  }

  private mutating func exactQuery(_ stream: WordStream, _ i: Int, _ context: Context) -> Query {
    let exact = Array(stream.exact(i))
    mark(.word(WordMatcher(exacts: [exact])), context)
    let form = Query.term(Term.value(Schema.exactPrefix, exact))
    guard let scope = context.scope, scope != .text else { return form }
    return .filter(Self.synonyms(terms(stream, i, scope: scope)), form)
  }

  private mutating func prefixQuery(_ stream: WordStream, _ i: Int, _ word: QueryWord, _ context: Context) -> Query {
    if let scope = context.scope, let prefix = scope.wordPrefix {
      // Fields of their own have stems only: those that begin like it.
      return .wildcard(Array(prefix.utf8) + Array(stream.folded(i)), limit: Self.mostExpansions)
    }
    let exact = Array(stream.exact(i))
    let folded = Array(stream.folded(i))
    mark(.word(WordMatcher(prefix: folded)), context)
    var forms = database.terms(beginning: Array(Schema.exactPrefix.utf8) + exact)
    if exact != folded { forms += database.terms(beginning: Array(Schema.exactPrefix.utf8) + folded) }
    forms += database.terms(beginning: Array(Schema.foldedPrefix.utf8) + folded)
    if forms.count > Self.mostExpansions {
      warn(
        "too_many_expansions", word.range,
        "\(word.rendered) stands for \(forms.count) words; only the \(Self.mostExpansions) most frequent are searched")
      forms = Array(forms.sorted { $0.frequency > $1.frequency }.prefix(Self.mostExpansions))
    }
    return forms.isEmpty ? .none : Self.synonyms(forms.map(\.term))
  }

  private mutating func fuzzyQuery(_ stream: WordStream, _ i: Int, _ word: QueryWord, _ context: Context) -> Query {
    let target = Array(String(decoding: stream.folded(i), as: UTF8.self).unicodeScalars)
    guard target.count > word.distance, context.scope == nil || context.scope == .text else { return plainQuery(stream, i, word, context) }
    var close: [(term: [UInt8], distance: Int, frequency: UInt32)] = []
    var measure = EditDistance(to: target, limit: word.distance)
    for prefix in [Schema.exactPrefix, Schema.foldedPrefix] {
      let bytes = Array(prefix.utf8)
      database.forEachTerm(beginning: bytes) { term, frequency in
        let form = UnsafeBufferPointer(rebasing: term[bytes.count...])
        if let distance = measure.distance(to: form) { close.append((Array(term), distance, frequency)) }
      }
    }
    close.sort { ($0.distance, $1.frequency) < ($1.distance, $0.frequency) }
    if close.count > Self.mostExpansions {
      warn(
        "too_many_expansions", word.range,
        "\(word.rendered) stands for \(close.count) words; only the \(Self.mostExpansions) closest are searched")
      close = Array(close.prefix(Self.mostExpansions))
    }
    mark(.word(WordMatcher(exacts: Set(close.map { Array($0.term.dropFirst(1)) }))), context)
    var alternatives = [plainQuery(stream, i, word, context)]
    for distance in 0...word.distance {
      let forms = close.filter { $0.distance == distance }.map(\.term)
      guard !forms.isEmpty else { continue }
      var weight = 1.0
      for _ in 0..<distance { weight *= Self.fuzzyWeight }
      alternatives.append(.scale(Self.synonyms(forms), weight))
    }
    return alternatives.count == 1 ? alternatives[0] : .max(alternatives)
  }

  // MARK: Phrases

  /// One place in a phrase: an analysed word and how it was typed.
  struct PhraseSlot {
    var stream: WordStream
    var index: Int
    var word: QueryWord
  }

  private func matcherSource(_ word: QueryWord, _ stream: WordStream) -> [PhraseSlot] {
    stream.words.indices.map { PhraseSlot(stream: stream, index: $0, word: word) }
  }

  mutating func phraseQuery(_ words: [QueryWord], slop: Int, _ context: Context) -> Query? {
    let slots = words.flatMap { matcherSource($0, analyzer.analyze($0.text, language: queryLanguage)) }
    return sequenceQuery(slots, slop: slop, context)
  }

  private mutating func sequenceQuery(_ slots: [PhraseSlot], slop: Int, _ context: Context) -> Query? {
    guard !slots.isEmpty else { return nil }
    let options = slots.map { slotOptions($0, context) }
    mark(.phrase(options.map(\.matcher), slop: slop), context)
    let filters = options.compactMap(\.filter)
    let base: Query
    if slots.count == 1 {
      base = bodyOnly(Self.synonyms(Array(options[0].terms)), terms: Array(options[0].terms), context)
    } else {
      let window = slots.count + slop
      let operands = options.map { Self.alternatives(Array($0.terms)) }
      if operands.contains(.none) { return Query.none }
      let sequence: Query = slop == 0 ? .phrase(operands, window: window) : Self.near(operands, window: window)
      base =
        context.scope == .text ? .and([sequence] + options.map { bodyOnly(Self.synonyms($0.terms), terms: $0.terms, context) }) : sequence
    }
    return filters.isEmpty ? base : .filter(base, Self.all(filters))
  }

  /// Terms that can stand in a place of a phrase, what to mark there, and what else the passage must have.
  private func slotOptions(_ slot: PhraseSlot, _ context: Context) -> (terms: [[UInt8]], matcher: WordMatcher, filter: Query?) {
    let stream = slot.stream
    let isLast = slot.index == stream.count - 1
    if slot.word.isPrefix, isLast {
      let folded = Array(stream.folded(slot.index))
      var stems: Set<[UInt8]> = []
      let forms =
        database.terms(beginning: Array(Schema.exactPrefix.utf8) + folded)
        + database.terms(beginning: Array(Schema.foldedPrefix.utf8) + folded)
      for form in forms.sorted(by: { $0.frequency > $1.frequency }).prefix(Self.mostExpansions) {
        let word = analyzer.analyze(String(decoding: form.term.dropFirst(1), as: UTF8.self), language: queryLanguage)
        if word.count == 1 { stems.formUnion(terms(word, 0, scope: context.scope)) }
      }
      return (Array(stems), WordMatcher(prefix: folded), nil)
    }
    let found = terms(stream, slot.index, scope: context.scope)
    guard slot.word.isExact else { return (found, WordMatcher(terms: Set(found)), nil) }
    let exact = Array(stream.exact(slot.index))
    return (found, WordMatcher(exacts: [exact]), .term(Term.value(Schema.exactPrefix, exact)))
  }

  static func alternatives(_ terms: [[UInt8]]) -> Query {
    switch terms.count {
    case 0: .none
    case 1: .term(terms[0])
    default: .or(terms.map { .term($0) })
    }
  }

  // MARK: Windows of words

  /// Operands within a window in any order. Xapian's own NEAR misses matches where two operands share a position, as an actor and the
  /// word that names it do; its PHRASE does not, so every order of a few operands is asked for by itself.
  static func near(_ operands: [Query], window: Int) -> Query {
    guard operands.count <= 3 else { return .near(operands, window: window) }
    return .or(orders(operands).map { .phrase($0, window: window) })
  }

  private static func orders(_ queries: [Query]) -> [[Query]] {
    guard queries.count > 1 else { return [queries] }
    return queries.indices.flatMap { index in
      var rest = queries
      let first = rest.remove(at: index)
      return orders(rest).map { [first] + $0 }
    }
  }

  /// An operand of NEAR or ADJ: what can stand at its place, and what else must hold for it.
  private struct Operand {
    var places: [[[UInt8]]]
    var condition: Query?
    var rule: MarkRule
  }

  mutating func proximityQuery(_ nodes: [QueryNode], _ distance: Int, _ ordered: Bool, _ context: Context) -> Query? {
    var operands: [Operand] = []
    for node in nodes {
      if let operand = operand(node, context) { operands.append(operand) }
    }
    guard operands.count > 1 else { return operands.first?.condition ?? operands.first.map { Self.alternatives($0.places.flatMap { $0 }) } }
    mark(.near(operands.map(\.rule), distance: distance, ordered: ordered), context)
    let places = operands.flatMap(\.places)
    // Words of a phrase widen the window by what they take themselves.
    let window = distance * (operands.count - 1) + 1 + (places.count - operands.count)
    let queries = places.map { Self.alternatives($0) }
    if queries.contains(.none) { return Query.none }
    let base: Query = ordered ? .phrase(queries, window: window) : Self.near(queries, window: window)
    let conditions = operands.compactMap(\.condition)
    return conditions.isEmpty ? base : .and([base] + conditions)
  }

  private mutating func operand(_ node: QueryNode, _ context: Context) -> Operand? {
    switch node {
    case .word(let word):
      let stream = analyzer.analyze(word.text, language: queryLanguage)
      let slots = matcherSource(word, stream).map { slotOptions($0, context) }
      guard !slots.isEmpty else { return nil }
      let rule: MarkRule = slots.count == 1 ? .word(slots[0].matcher) : .phrase(slots.map(\.matcher), slop: 0)
      let filters = slots.compactMap(\.filter)
      return Operand(places: slots.map(\.terms), condition: filters.isEmpty ? nil : Self.all(filters), rule: rule)
    case .phrase(let words, let slop):
      let slots = words.flatMap { matcherSource($0, analyzer.analyze($0.text, language: queryLanguage)) }.map { slotOptions($0, context) }
      guard !slots.isEmpty else { return nil }
      let condition = phraseQuery(words, slop: slop, context.unmarked)
      return Operand(places: slots.map(\.terms), condition: condition, rule: .phrase(slots.map(\.matcher), slop: slop))
    case .field(let field, .value(let value, let withChildren, _)) where field == .actor || field == .place:
      let ids = entityIDs(field, value, withChildren: withChildren)
      return Operand(places: [ids.map { Term.entity($0.field, $0.id) }], condition: nil, rule: .entity(Set(ids.map(\.id))))
    case .field(let field, .words(let inner)):
      return operand(inner, context.scoped(field))
    case .or(let nodes):
      let parts = nodes.compactMap { operand($0, context) }
      guard !parts.isEmpty, parts.allSatisfy({ $0.places.count == 1 && $0.condition == nil }) else { return parts.first }
      return Operand(places: [parts.flatMap { $0.places[0] }], condition: nil, rule: .any(parts.map(\.rule)))
    case .clauses(let clauses) where clauses.count == 1:
      return operand(clauses[0].node, context)
    case .proximity(let nodes, let distance, let ordered):
      // A window in a window: its words come near the others, and it must hold itself.
      let parts = nodes.compactMap { operand($0, context) }
      return Operand(
        places: parts.flatMap(\.places), condition: proximityQuery(nodes, distance, ordered, context.unmarked),
        rule: .near(parts.map(\.rule), distance: distance, ordered: ordered))
    default:
      return nil
    }
  }
}
