// A sentence pasted into the search box - a headline, a claim, a post - has quotation marks and capitals because it was written so, not
// because the searcher meant operators: `The army is NOT calling "everyone" up, says the ministry`. Read as prose, quoted words and the
// operands of AND, OR and NOT are words like the others, and a quotation that stands as it was quoted counts beside its words. What only a
// searcher writes - fields, windows, `+`, `-`, `~` - stays what it is.
import ArasAPI

enum Prose {
  /// Plain words outside quotation marks, stop words included, from which a query can be prose.
  static let fewestWords = 8
  /// And so many of them stop words: nobody who composes a query writes "is", "the" and "to".
  static let fewestStopWords = 3
}

extension QueryNode {
  /// Whether reading this as prose changes anything.
  var hasQuotationsOrOperators: Bool {
    switch self {
    case .phrase(_, let slop): slop == 0
    case .and, .or, .not: true
    case .clauses(let clauses): clauses.contains { $0.occurrence == .should && $0.node.hasQuotationsOrOperators }
    default: false
    }
  }

  /// Whether words in quotation marks stand beside others.
  var hasQuotations: Bool {
    guard case .clauses(let clauses) = self else { return false }
    return clauses.contains { $0.occurrence == .should && $0.node.isQuotation }
  }

  /// The same words side by side; nil when an operator joins what only a searcher writes.
  /// - Parameter withQuotations: whether what stands in quotation marks is among them.
  func asProse(withQuotations: Bool = true) -> QueryNode? {
    var clauses: [QueryClause] = []
    guard Self.flatten(self, isOperand: false, into: &clauses, withQuotations) else { return nil }
    return .clauses(clauses)
  }

  private static func flatten(_ node: QueryNode, isOperand: Bool, into clauses: inout [QueryClause], _ withQuotations: Bool) -> Bool {
    func add(_ node: QueryNode) { clauses.append(QueryClause(occurrence: .should, node: node)) }
    switch node {
    case .word(let word):
      if isOperand, word.isExact || word.isPrefix || word.distance > 0 { return false }
      add(node)
    case .phrase(let words, let slop):
      if isOperand, slop > 0 { return false }
      if slop == 0, !withQuotations { return true }
      if slop == 0 { for word in words { add(.word(word)) } }
      if words.count > 1 || slop > 0 { add(node) }
    case .and(let nodes), .or(let nodes):
      for inner in nodes where !flatten(inner, isOperand: true, into: &clauses, withQuotations) { return false }
    case .not(let inner):
      return flatten(inner, isOperand: true, into: &clauses, withQuotations)
    case .clauses(let inner):
      for clause in inner {
        if clause.occurrence == .should {
          guard flatten(clause.node, isOperand: isOperand, into: &clauses, withQuotations) else { return false }
        } else {
          if isOperand { return false }
          clauses.append(clause)
        }
      }
    case .field, .proximity, .everything:
      if isOperand { return false }
      add(node)
    }
    return true
  }

  /// Words in quotation marks, as they were quoted.
  var isQuotation: Bool {
    if case .phrase(_, slop: 0) = self { return true }
    return false
  }
}

extension QueryPlanner {
  /// The tree as prose, when it is long enough and has the stop words of a sentence; nil when it is not prose or would stay what it is.
  func prose(_ root: QueryNode) -> QueryNode? {
    guard root.hasQuotationsOrOperators, let written = root.asProse(withQuotations: false) else { return nil }
    let (words, stopWords) = plainWords(written)
    return words >= Prose.fewestWords && stopWords >= Prose.fewestStopWords ? root.asProse() : nil
  }
}
