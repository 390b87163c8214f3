// The nodes of a query that hold others: what of them is required, what is ranked, and what is excluded.
import Xapian

extension QueryPlanner {
  /// Nil when the node asks for nothing, as a lone punctuation mark does.
  mutating func query(_ node: QueryNode, _ context: Context) -> Query? {
    let query = unnotedQuery(node, context)
    if notesSources, node.isOperand, let query { plan.sources[query] = node.description }
    return query
  }

  private mutating func unnotedQuery(_ node: QueryNode, _ context: Context) -> Query? {
    switch node {
    case .everything: return .all
    case .word(let word): return wordQuery(word, context)
    case .phrase(let words, let slop): return phraseQuery(words, slop: slop, context)
    case .proximity(let operands, let distance, let ordered): return proximityQuery(operands, distance, ordered, context)
    case .field(let field, let value): return fieldQuery(field, value, context)
    case .not(let inner): return .andNot(.all, query(inner, context.unmarked) ?? .none)
    case .or(let nodes):
      let alternatives = nodes.compactMap { query($0, context) }
      return alternatives.isEmpty ? nil : Self.either(alternatives)
    case .and(let nodes):
      return conjunction(
        required: nodes.filter { !$0.isNegation }, excluded: nodes.compactMap(\.negated), context)
    case .clauses(let clauses): return clausesQuery(clauses, context)
    }
  }

  private mutating func conjunction(required: [QueryNode], excluded: [QueryNode], _ context: Context) -> Query? {
    let parts = required.compactMap { query($0, context) }
    let without = excluded.compactMap { query($0, context.unmarked) }
    if parts.isEmpty, without.isEmpty { return nil }
    let base: Query = parts.isEmpty ? .all : Self.all(parts)
    return without.isEmpty ? base : .andNot(base, Self.either(without))
  }

  private mutating func clausesQuery(_ clauses: [QueryClause], _ context: Context) -> Query? {
    var required: [QueryNode] = []
    var optional: [QueryNode] = []
    var excluded: [QueryNode] = []
    let shoulds = clauses.filter { $0.occurrence == .should }.map(\.node)
    let hasContent = shoulds.contains { !isStopWord($0) } || clauses.contains { $0.occurrence == .must }
    for clause in clauses {
      switch clause.occurrence {
      case .must: required.append(clause.node)
      case .mustNot: excluded.append(clause.node)
      case .should:
        // Stop words are dropped, but not from a query made of nothing else.
        if hasContent, isStopWord(clause.node) { continue }
        let isRanked = clause.node.isPlainWords || (context.isProse && clause.node.isQuotation)
        if context.match == .all || context.required == .allButWords && !isRanked || context.required == .fields && clause.node.isField {
          required.append(clause.node)
        } else {
          optional.append(clause.node)
        }
      }
    }
    let main = conjunction(required: required.filter { !$0.isNegation }, excluded: excluded + required.compactMap(\.negated), context)
    let ranked = Self.withoutRepetition(optional.compactMap { query($0, context) })
    if ranked.isEmpty { return main }
    let either = Self.either(ranked)
    guard let main else { return either }
    if required.allSatisfy(\.isNegation) { return Self.excluding(either, main) }
    // Words beside a required clause have to be there too, any of them: a question with a filter is still a question.
    return required.allSatisfy(\.isField) ? .and([main, either]) : .andMaybe(main, either)
  }

  /// Every query once. What is said n times counts 2n / (n + 1) times as much, Robertson's saturation with k3 = 1: a long text that
  /// repeats a word is not about that word alone.
  static func withoutRepetition(_ queries: [Query]) -> [Query] {
    var counts: [Query: Int] = [:]
    var distinct: [Query] = []
    for query in queries.flatMap(alternatives(of:)) {
      if counts[query] == nil { distinct.append(query) }
      counts[query, default: 0] += 1
    }
    return distinct.map { query in
      guard let count = counts[query], count > 1 else { return query }
      return .scale(query, saturated(count))
    }
  }

  /// What a word counts that is said so many times.
  static func saturated(_ count: Int) -> Double { 2 * Double(count) / (1 + Double(count)) }

  private static func alternatives(of query: Query) -> [Query] {
    guard case .or(let queries) = query else { return [query] }
    return queries.flatMap(alternatives(of:))
  }

  private static func excluding(_ query: Query, _ main: Query) -> Query {
    if case .andNot(.all, let without) = main { return .andNot(query, without) }
    return .and([query, main])
  }

  static func either(_ queries: [Query]) -> Query { queries.count == 1 ? queries[0] : .or(queries) }
  static func all(_ queries: [Query]) -> Query { queries.count == 1 ? queries[0] : .and(queries) }
}

extension QueryNode {
  /// Whether it is no operator between others.
  fileprivate var isOperand: Bool {
    switch self {
    case .word, .phrase, .proximity, .field: true
    case .and, .or, .not, .clauses, .everything: false
    }
  }

  /// Words that a ranked search may do without.
  var isPlainWords: Bool {
    switch self {
    case .word: true
    case .field(let field, _): field == .title || field == .text || field == .heading
    case .clauses(let clauses): clauses.allSatisfy { $0.node.isPlainWords }
    case .or(let nodes): nodes.allSatisfy(\.isPlainWords)
    default: false
    }
  }

  var isField: Bool {
    switch self {
    case .field: true
    case .or(let nodes), .and(let nodes): nodes.allSatisfy(\.isField)
    case .not(let inner): inner.isField
    default: false
    }
  }
}
