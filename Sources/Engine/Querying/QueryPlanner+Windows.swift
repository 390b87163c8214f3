// Phrases and windows of words.
import Tagging
import TextAnalysis
import Xapian

extension QueryPlanner {
  // MARK: Phrases

  /// One place in a phrase: an analysed word and how it was typed.
  struct PhraseSlot {
    var stream: WordStream
    var index: Int
    var word: QueryWord
  }

  func slots(_ word: QueryWord) -> [PhraseSlot] {
    let stream = analyzer.analyze(word.text, language: queryLanguage)
    return stream.words.indices.map { PhraseSlot(stream: stream, index: $0, word: word) }
  }

  mutating func phraseQuery(_ words: [QueryWord], slop: Int, _ context: Context) -> Query? {
    sequenceQuery(words.flatMap { slots($0) }, slop: slop, context)
  }

  mutating func sequenceQuery(_ slots: [PhraseSlot], slop: Int, _ context: Context) -> Query? {
    guard !slots.isEmpty else { return nil }
    let options = slots.map { placeOptions($0, context) }
    let rule: MarkRule = slots.count == 1 ? .word(options[0].matcher) : .phrase(options.map(\.matcher), slop: slop)
    mark(rule, context)
    guard options.allSatisfy({ !$0.terms.isEmpty }) else { return Query.none }
    let operands = options.map { Self.alternatives($0.terms) }
    let isNear = slop > 0 && slots.count > 1
    let words: Query =
      slots.count == 1
      ? Self.synonyms(options[0].terms)
      : isNear ? Self.near(operands, window: slots.count + slop) : .phrase(operands, window: slots.count)
    let conditions = options.compactMap(\.condition)
    let query: Query = conditions.isEmpty ? words : .filter(words, Self.all(conditions))
    let isWhole = context.scope != .text && options.allSatisfy(\.isExact) && (!isNear || slots.count <= Self.mostOrders)
    return isWhole ? query : checked(query, rule, context)
  }

  // MARK: Windows of words

  /// Operands of which every order is asked for by itself.
  private static let mostOrders = 3

  /// Operands within a window in any order, and for many of them perhaps farther apart. Xapian's own NEAR misses matches where two
  /// operands share a position, as an actor and the word that names it do; its PHRASE does not, so every order is asked for by itself.
  private static func near(_ operands: [Query], window: Int) -> Query {
    guard operands.count <= mostOrders else { return .and(operands) }
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

  /// An operand of NEAR or ADJ.
  private struct Operand {
    /// What a passage must have to have the operand at all.
    var query: Query
    /// The terms of each of its words, where these follow each other.
    var sequence: [[[UInt8]]]?
    /// Whether it is one word that its terms say all of.
    var isPoint: Bool
    var rule: MarkRule
  }

  mutating func proximityQuery(_ nodes: [QueryNode], _ distance: Int, _ ordered: Bool, _ context: Context) -> Query? {
    // What is near a word of the title is in the title.
    let scopes = Set(nodes.compactMap(\.wordScope))
    guard scopes.count <= 1 else { return Query.none }
    let context = scopes.first.map { context.scoped($0) } ?? context
    var operands: [Operand] = []
    for node in nodes {
      if let operand = operand(node, context) { operands.append(operand) }
    }
    guard operands.count > 1 else {
      if let only = operands.first { mark(only.rule, context) }
      return operands.first?.query
    }
    let rule = MarkRule.near(operands.map(\.rule), distance: distance, ordered: ordered)
    mark(rule, context)
    guard operands.allSatisfy({ $0.query != .none }) else { return Query.none }
    let sequences = operands.compactMap(\.sequence)
    guard sequences.count == operands.count else { return checked(.and(operands.map(\.query)), rule, context) }
    let places = sequences.flatMap { $0 }.map { Self.alternatives($0) }
    // Words of a phrase widen the window by what they take themselves.
    let window = distance * (operands.count - 1) + 1 + (places.count - operands.count)
    let base: Query = ordered ? .phrase(places, window: window) : Self.near(places, window: window)
    if operands.allSatisfy(\.isPoint), ordered || operands.count <= Self.mostOrders { return base }
    let conditions = operands.filter { !$0.isPoint }.map(\.query)
    return checked(conditions.isEmpty ? base : .filter(base, Self.all(conditions)), rule, context)
  }

  private mutating func operand(_ node: QueryNode, _ context: Context) -> Operand? {
    switch node {
    case .word(let word): return sequenceOperand(slots(word), context)
    case .phrase(let words, let slop):
      let slots = words.flatMap { self.slots($0) }
      guard slop > 0, slots.count > 1 else { return sequenceOperand(slots, context) }
      let options = slots.map { placeOptions($0, context) }
      return Operand(
        query: sequenceQuery(slots, slop: slop, context.unmarked) ?? .none, sequence: nil, isPoint: false,
        rule: .phrase(options.map(\.matcher), slop: slop))
    case .field(let field, .value(let value, let withChildren, _)) where field == .actor || field == .place:
      let ids = entityIDs(field, value, withChildren: withChildren)
      let terms = ids.map { Term.entity($0.field, $0.id) }
      return Operand(
        query: Self.alternatives(terms), sequence: [terms], isPoint: context.scope == nil, rule: .entity(Set(ids.map(\.id))))
    case .field(let field, .words(let inner)):
      var found = operand(inner, context.scoped(field))
      // Positions in another field than the other operands' say nothing.
      if field != context.scope {
        found?.sequence = nil
        found?.isPoint = false
      }
      return found
    case .or(let nodes): return alternativesOperand(nodes.compactMap { operand($0, context) })
    case .clauses(let clauses) where clauses.count == 1: return operand(clauses[0].node, context)
    case .proximity(let nodes, let distance, let ordered):
      // A window in a window: all its words come near the others.
      let rules = nodes.compactMap { operand($0, context)?.rule }
      return Operand(
        query: proximityQuery(nodes, distance, ordered, context.unmarked) ?? .none, sequence: nil, isPoint: false,
        rule: .near(rules, distance: distance, ordered: ordered))
    default: return nil
    }
  }

  /// A word or a phrase.
  private mutating func sequenceOperand(_ slots: [PhraseSlot], _ context: Context) -> Operand? {
    guard !slots.isEmpty else { return nil }
    let options = slots.map { placeOptions($0, context) }
    let isPoint = slots.count == 1 && options[0].isExact && context.scope != .text
    let alternatives = options.map { Self.alternatives($0.terms) }
    let conditions = options.compactMap(\.condition)
    let words: Query =
      alternatives.contains(.none) ? .none : slots.count == 1 ? alternatives[0] : .phrase(alternatives, window: slots.count)
    return Operand(
      query: conditions.isEmpty || words == .none ? words : .filter(words, Self.all(conditions)), sequence: options.map(\.terms),
      isPoint: isPoint, rule: slots.count == 1 ? .word(options[0].matcher) : .phrase(options.map(\.matcher), slop: 0))
  }

  private func alternativesOperand(_ parts: [Operand]) -> Operand? {
    guard !parts.isEmpty else { return nil }
    let rule = MarkRule.any(parts.map(\.rule))
    let sequences = parts.compactMap(\.sequence)
    if sequences.count == parts.count, sequences.allSatisfy({ $0.count == 1 }) {
      let terms = sequences.flatMap { $0[0] }
      let isPoint = parts.allSatisfy(\.isPoint)
      return Operand(
        query: isPoint ? Self.alternatives(terms) : Self.either(parts.map(\.query)), sequence: [terms], isPoint: isPoint, rule: rule)
    }
    return Operand(query: Self.either(parts.map(\.query)), sequence: nil, isPoint: false, rule: rule)
  }
}

extension QueryNode {
  /// The field of words that an operand of NEAR is asked for in.
  fileprivate var wordScope: Field? {
    switch self {
    case .field(let field, .words): field
    case .clauses(let clauses): clauses.count == 1 ? clauses[0].node.wordScope : nil
    default: nil
    }
  }
}
