// Operators: OR, words side by side, AND, NOT and the windows NEAR and ADJ.

extension QueryParser {
  // MARK: OR

  mutating func query() -> QueryNode? {
    var alternatives: [QueryNode] = []
    if let first = clauses() { alternatives.append(first) }
    while kind == .or {
      let token = tokens[at]
      at += 1
      let hasRight = at < tokens.count && kind != .close && kind != .or
      let right = hasRight ? clauses() : nil
      if alternatives.isEmpty || !hasRight {
        warn("missing_operand", token.range, "OR needs something on both sides; it is read as a word")
        let parts = [alternatives.popLast(), literal(token.range), right].compactMap { $0 }
        if let joined = Self.joined(parts) { alternatives.append(joined) }
      } else if let right {
        alternatives.append(right)
      }
    }
    return alternatives.count > 1 ? .or(alternatives) : alternatives.first
  }

  // MARK: Side by side

  /// Nodes side by side, as one list of clauses.
  static func joined(_ nodes: [QueryNode]) -> QueryNode? {
    guard nodes.count > 1 else { return nodes.first }
    return .clauses(nodes.flatMap { separate(QueryClause(occurrence: .should, node: $0)) })
  }

  /// A clause as it stands in a list: negations carry their minus there, and words in parentheses are words like the others.
  private static func separate(_ clause: QueryClause) -> [QueryClause] {
    switch (clause.occurrence, clause.node) {
    case (.should, .not(let inner)), (.must, .not(let inner)): return [QueryClause(occurrence: .mustNot, node: inner)]
    case (.mustNot, .not(let inner)): return separate(QueryClause(occurrence: .should, node: inner))
    case (.should, .clauses(let inner)) where inner.allSatisfy { $0.occurrence == .should }: return inner
    case (.should, .and(let nodes)):
      let denied = nodes.compactMap(\.negated)
      if denied.count == nodes.count { return denied.map { QueryClause(occurrence: .mustNot, node: $0) } }
      // "a NOT b AND c" would take b from a: what is wanted stands first.
      guard nodes[0].isNegation else { return [clause] }
      let ordered = nodes.filter { !$0.isNegation } + nodes.filter(\.isNegation)
      return [QueryClause(occurrence: .should, node: .and(ordered))]
    default: return [clause]
    }
  }

  private mutating func clauses() -> QueryNode? {
    var found: [QueryClause] = []
    while let kind, kind != .close, kind != .or {
      if let clause = conjunction() { found.append(clause) }
    }
    if found.count == 1 {
      if found[0].occurrence != .mustNot { return found[0].node }
      return found[0].node.negated ?? .not(found[0].node)
    }
    let clauses = found.flatMap(Self.separate)
    guard valueField != nil, clauses.allSatisfy({ $0.occurrence != .must }) else { return clauses.isEmpty ? nil : .clauses(clauses) }
    return Self.alternatives(clauses)
  }

  /// Values side by side are alternatives.
  private static func alternatives(_ clauses: [QueryClause]) -> QueryNode? {
    let wanted = clauses.filter { $0.occurrence == .should }.map(\.node)
    let denied = clauses.filter { $0.occurrence == .mustNot }.map { QueryNode.not($0.node) }
    let parts = (wanted.count > 1 ? [.or(wanted)] : wanted) + denied
    return parts.count > 1 ? .and(parts) : parts.first
  }

  // MARK: AND, NOT

  private mutating func conjunction() -> QueryClause? {
    guard let first = window() else { return nil }
    var operands = [first]
    while true {
      let token: QueryToken
      if kind == .and {
        token = tokens[at]
        at += 1
        guard startsOperand(at) else {
          warn("missing_operand", token.range, "AND needs something on its right; it is read as a word")
          let parts = [Self.all(operands).signedNode, literal(token.range)].compactMap { $0 }
          return Self.joined(parts).map { QueryClause(occurrence: .should, node: $0) }
        }
      } else if kind != .not || !startsOperand(at) {
        // "a NOT b" is "a AND NOT b".
        return Self.all(operands)
      }
      if let right = window() { operands.append(right) }
    }
  }

  private static func all(_ operands: [QueryClause]) -> QueryClause {
    operands.count > 1 ? QueryClause(occurrence: .should, node: .and(operands.map(\.signedNode))) : operands[0]
  }

  // MARK: NEAR, ADJ

  private mutating func window() -> QueryClause? {
    guard var left = signed() else { return nil }
    // A window in parentheses stays a window of its own.
    var isChain = false
    var levels = 0
    while true {
      let token: QueryToken
      let distance: Int
      let ordered: Bool
      switch kind {
      case .window(let words, let isOrdered, let isCapped):
        token = tokens[at]
        (distance, ordered) = (words, isOrdered)
        if isCapped {
          warn("distance_limit", token.range, "no window is wider than \(QueryLexer.longestDistance) words; read as that", syntax: false)
        }
      case .badWindow:
        left.node = badWindow(after: left.node)
        isChain = false
        continue
      default: return left
      }
      at += 1
      let right = startsOperand(at) ? signed() : nil
      let isNested = !isChain || !left.node.isWindow(distance, ordered)
      if isNested, left.node.isProximity { levels += 1 }
      guard let right, right.occurrence != .mustNot, Self.isPositional(left.node), Self.isPositional(right.node), depth + levels < deepest
      else {
        warn("missing_operand", token.range, "NEAR and ADJ stand between words, phrases, actors and places; this one is read as words")
        left.node = Self.joined([left.node, literal(token.range), right?.signedNode].compactMap { $0 }) ?? left.node
        isChain = false
        continue
      }
      if left.occurrence == .mustNot, !isChain {
        warn(
          "negated_window", token.range, "what is left out is the whole window; write it in parentheses to say so", syntax: false)
      }
      if !isNested, case .proximity(let operands, _, _) = left.node {
        left.node = .proximity(operands + [right.node], distance: distance, ordered: ordered)
      } else {
        left.node = .proximity([left.node, right.node], distance: distance, ordered: ordered)
      }
      isChain = true
    }
  }

  private mutating func badWindow(after left: QueryNode) -> QueryNode {
    let token = tokens[at]
    at += 1
    warnOfBadWindow(token.range)
    let right = startsOperand(at) ? signed()?.signedNode : nil
    return Self.joined([left, literal(token.range), right].compactMap { $0 }) ?? left
  }

  mutating func warnOfBadWindow(_ range: Range<Int>) {
    warn(
      "bad_distance", range, "NEAR/n and ADJ/n take a number of words from 1 to \(QueryLexer.longestDistance); this one is read as words")
  }

  /// What has places in a text.
  private static func isPositional(_ node: QueryNode) -> Bool {
    switch node {
    case .word, .phrase, .proximity: true
    case .field(let field, .value): field == .actor || field == .place
    case .field(let field, .words(let inner)): (field == .text || field == .title || field == .heading) && isPositional(inner)
    case .or(let nodes): nodes.allSatisfy(isPositional)
    default: false
    }
  }
}

extension QueryClause {
  /// The clause as a node of its own.
  var signedNode: QueryNode { occurrence == .mustNot ? node.negated ?? .not(node) : node }
}

extension QueryNode {
  var isNegation: Bool { negated != nil }

  /// What is denied.
  var negated: QueryNode? {
    if case .not(let inner) = self { return inner }
    return nil
  }

  fileprivate var isProximity: Bool {
    if case .proximity = self { return true }
    return false
  }

  fileprivate func isWindow(_ distance: Int, _ ordered: Bool) -> Bool {
    if case .proximity(_, distance, ordered) = self { return true }
    return false
  }
}
