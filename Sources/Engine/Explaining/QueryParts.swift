// The parts of a query that can be left out one by one to see what each does.
import ArasAPI

/// A part of a query, and the query without it.
struct QueryPart: Sendable {
  /// In the canonical form.
  var text: String
  var kind: ClauseCount.Kind
  var occurrence: ClauseCount.Occurrence
  /// What it matches by itself; of a window or a phrase, the whole of it.
  var node: QueryNode
  /// Nil is everything.
  var rest: QueryNode?
}

extension QueryNode {
  /// What stands side by side, or between AND or OR, at the top of the query; and the windows and phrases among them, whose rest asks
  /// for the same words anywhere in a passage.
  /// - Parameter match: how words side by side were read.
  func parts(match: MatchMode) -> [QueryPart] {
    switch self {
    case .clauses(let clauses):
      return clauses.indices.flatMap { index -> [QueryPart] in
        let clause = clauses[index]
        let occurrence: ClauseCount.Occurrence =
          switch clause.occurrence {
          case .must: .required
          case .mustNot: .excluded
          case .should: match == .any && clause.node.isPlainWords ? .optional : .required
          }
        return clause.node.parts(text: clause.rendered, occurrence, rest: Self.joined(clauses, without: index)) {
          var clauses = clauses
          clauses[index].node = $0
          return .clauses(clauses)
        }
      }
    case .and(let nodes):
      return nodes.indices.flatMap { index -> [QueryPart] in
        let rest = Self.without(index, of: nodes)
        let node = nodes[index].negated ?? nodes[index]
        return node.parts(
          text: nodes[index].description, nodes[index].isNegation ? .excluded : .required, rest: rest.count > 1 ? .and(rest) : rest.first
        ) {
          var nodes = nodes
          nodes[index] = nodes[index].isNegation ? .not($0) : $0
          return .and(nodes)
        }
      }
    case .or(let nodes):
      return nodes.indices.map { index in
        let rest = Self.without(index, of: nodes)
        return QueryPart(
          text: nodes[index].description, kind: .clause, occurrence: .optional, node: nodes[index],
          rest: rest.count > 1 ? .or(rest) : rest.first)
      }
    case .not(let inner):
      return inner.parts(text: description, .excluded, rest: nil) { .not($0) }
    default:
      return parts(text: description, .required, rest: nil) { $0 }
    }
  }

  /// This node as a part, and what it asks of its words beside having them.
  /// - Parameter replacing: the query with another node in the place of this one.
  private func parts(
    text: String, _ occurrence: ClauseCount.Occurrence, rest: QueryNode?, replacing: (QueryNode) -> QueryNode
  ) -> [QueryPart] {
    var parts = [QueryPart(text: text, kind: .clause, occurrence: occurrence, node: self, rest: rest)]
    if occurrence != .excluded, let (text, kind, loosened) = loosened {
      parts.append(QueryPart(text: text, kind: kind, occurrence: occurrence, node: self, rest: replacing(loosened)))
    }
    return parts
  }

  private var loosened: (text: String, kind: ClauseCount.Kind, node: QueryNode)? {
    switch self {
    case .proximity(let operands, let distance, let ordered):
      return ("\(ordered ? "ADJ" : "NEAR")/\(distance)", .window, .and(operands))
    case .phrase(let words, _) where words.count > 1:
      return (description, .phrase, .and(words.map { .word($0) }))
    case .field(let field, .words(let inner)):
      guard let (text, kind, node) = inner.loosened else { return nil }
      return (text, kind, .field(field, .words(node)))
    default: return nil
    }
  }

  private static func without(_ index: Int, of nodes: [QueryNode]) -> [QueryNode] {
    var nodes = nodes
    nodes.remove(at: index)
    return nodes
  }

  private static func joined(_ clauses: [QueryClause], without index: Int) -> QueryNode? {
    var clauses = clauses
    clauses.remove(at: index)
    return clauses.count > 1 ? .clauses(clauses) : clauses.first?.signedNode
  }
}
