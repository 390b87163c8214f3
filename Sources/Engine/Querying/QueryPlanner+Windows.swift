// Phrases and windows of words.
import Tagging
import TextAnalysis
import Xapian

extension QueryPlanner {
  // MARK: Phrases

  mutating func phraseQuery(_ words: [QueryWord], slop: Int, _ context: Context) -> Query? {
    sequenceQuery(words.flatMap { slots($0) }, slop: slop, context)
  }

  mutating func sequenceQuery(_ slots: [PhraseSlot], slop: Int, _ context: Context) -> Query? {
    guard !slots.isEmpty else { return nil }
    let options = placeOptions(slots, context)
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
    guard let window = window(nodes, distance, ordered, context) else { return nil }
    mark(window.rule, context)
    return window.query
  }

  /// What a window finds, and the rule of its places.
  private mutating func window(
    _ nodes: [QueryNode], _ distance: Int, _ ordered: Bool, _ context: Context
  ) -> (query: Query, rule: MarkRule)? {
    // What is near a word of the title is in the title.
    let scopes = Set(nodes.compactMap(\.wordScope))
    guard scopes.count <= 1 else { return (.none, .any([])) }
    let context = scopes.first.map { context.scoped($0) } ?? context
    if let (index, values) = salientActors(nodes) {
      // The one that is near has to be the one that is salient: each is asked for by itself.
      let parts = values.compactMap { value in
        var nodes = nodes
        nodes[index] = value
        return window(nodes, distance, ordered, context)
      }
      return (parts.isEmpty ? .none : Self.either(parts.map(\.query)), .any(parts.map(\.rule)))
    }
    var operands: [Operand] = []
    for node in nodes {
      if let operand = operand(node, context) { operands.append(operand) }
    }
    guard operands.count > 1 else { return operands.first.map { ($0.query, $0.rule) } }
    let rule = MarkRule.near(operands.map(\.rule), distance: distance, ordered: ordered)
    return (windowQuery(operands, distance, ordered, rule, context), rule)
  }

  private mutating func windowQuery(
    _ operands: [Operand], _ distance: Int, _ ordered: Bool, _ rule: MarkRule, _ context: Context
  ) -> Query {
    guard operands.allSatisfy({ $0.query != .none }) else { return .none }
    let sequences = operands.compactMap(\.sequence)
    guard sequences.count == operands.count else { return checked(.and(operands.map(\.query)), rule, context) }
    let places = sequences.flatMap { $0 }.map { Self.alternatives($0) }
    // Words of a phrase widen the window by what they take themselves.
    let width = distance * (operands.count - 1) + 1 + (places.count - operands.count)
    let base: Query = ordered ? .phrase(places, window: width) : Self.near(places, window: width)
    if operands.allSatisfy(\.isPoint), ordered || operands.count <= Self.mostOrders { return base }
    let conditions = operands.filter { !$0.isPoint }.map(\.query)
    return checked(conditions.isEmpty ? base : .filter(base, Self.all(conditions)), rule, context)
  }

  /// The first operand that stands for several salient actors, as one node for each.
  private mutating func salientActors(_ nodes: [QueryNode]) -> (index: Int, nodes: [QueryNode])? {
    for (index, node) in nodes.enumerated() {
      guard case .field(let field, .value(let value)) = node, value.isSalient, field == .actor || field == .place else { continue }
      let ids = entityIDs(field, value)
      guard ids.count > 1 else { continue }
      // Several such operands multiply.
      let count = expansions.checkTime() ? 1 : max(1, expansions.take(ids.count, most: ids.count))
      if count < ids.count {
        warn("too_many_expansions", value.range, "this name stands for \(ids.count) actors, too many beside the rest of the query")
      }
      return (index, ids.prefix(count).map { .field($0.field, .value(QueryValue($0.id, isSalient: true, range: value.range))) })
    }
    return nil
  }

  private mutating func operand(_ node: QueryNode, _ context: Context) -> Operand? {
    switch node {
    case .word(let word): return sequenceOperand(slots(word), context)
    case .phrase(let words, let slop):
      let slots = words.flatMap { self.slots($0) }
      guard slop > 0, slots.count > 1 else { return sequenceOperand(slots, context) }
      let options = placeOptions(slots, context)
      return Operand(
        query: sequenceQuery(slots, slop: slop, context.unmarked) ?? .none, sequence: nil, isPoint: false,
        rule: .phrase(options.map(\.matcher), slop: slop))
    case .field(let field, .value(let value)) where field == .actor || field == .place:
      let ids = entityIDs(field, value)
      let terms = ids.map { Term.entity($0.field, $0.id) }
      let rule = MarkRule.entity(Set(ids.map(\.id)))
      // That it is salient is said of the passage as a whole.
      return Operand(
        query: value.isSalient ? Self.alternatives(ids.map { Term.value(Schema.salientPrefix, $0.id.utf8) }) : Self.alternatives(terms),
        sequence: [terms], isPoint: context.scope == nil && !value.isSalient, rule: rule)
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
      return window(nodes, distance, ordered, context).map { Operand(query: $0.query, sequence: nil, isPoint: false, rule: $0.rule) }
    default: return nil
    }
  }

  /// A word or a phrase.
  private mutating func sequenceOperand(_ slots: [PhraseSlot], _ context: Context) -> Operand? {
    guard !slots.isEmpty else { return nil }
    let options = placeOptions(slots, context)
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
