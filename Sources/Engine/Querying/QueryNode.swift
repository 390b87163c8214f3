// The query as it was typed, as a tree: what the parser understood, before anything is looked up. Its description is the canonical form
// that the reply shows as `parsed`; parsing that again gives the same tree.

/// One word of a query.
package struct QueryWord: Sendable, Hashable {
  /// As typed, without `=`, `*` and `~`.
  package var text: String
  /// `=word`
  package var isExact = false
  /// `word*`
  package var isPrefix = false
  /// `word~1`, `word~2`; 0 = not fuzzy
  package var distance = 0
  /// Bytes of the query text.
  package var range: Range<Int> = 0..<0

  package static func == (a: QueryWord, b: QueryWord) -> Bool {
    a.text == b.text && a.isExact == b.isExact && a.isPrefix == b.isPrefix && a.distance == b.distance
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

package indirect enum QueryNode: Sendable, Hashable {
  case word(QueryWord)
  /// Words one after the other; with `slop`, within that many words more, in any order.
  case phrase([QueryWord], slop: Int)
  /// Operands within `distance` words of each other; `ordered` = in this order (ADJ).
  case proximity([QueryNode], distance: Int, ordered: Bool)
  case field(Field, FieldValue)
  case and([QueryNode])
  case or([QueryNode])
  case not(QueryNode)
  /// Side by side: what that means is the request's `match`.
  case clauses([QueryClause])
  case everything
}

package struct QueryClause: Sendable, Hashable {
  package enum Occurrence: Sendable, Hashable { case should, must, mustNot }
  package var occurrence: Occurrence
  package var node: QueryNode
}

package enum FieldValue: Sendable, Hashable {
  /// `field:word`, `field:(…)`, `field:"…"` in a field of words.
  case words(QueryNode)
  /// A value as typed, of any other field. `withChildren` = `actor:x+`, `salient` = `actor:x!`.
  case value(String, withChildren: Bool, salient: Bool)
  /// `field:(a OR b)` over values.
  indirect case group(QueryNode)
  case dates(DayRange, text: String)
  /// `field:*`
  case any
}

extension QueryNode: CustomStringConvertible {
  package var description: String { rendered(parent: 0) }

  /// `parent`: how tightly the surrounding operator binds; what binds less gets parentheses.
  private func rendered(parent: Int) -> String {
    let (text, strength): (String, Int) =
      switch self {
      case .word(let word): (word.rendered, 9)
      case .phrase(let words, let slop):
        ("\"" + words.map(\.rendered).joined(separator: " ") + "\"" + (slop > 0 ? "~\(slop)" : ""), 9)
      case .proximity(let operands, let distance, let ordered):
        (operands.map { $0.rendered(parent: 5) }.joined(separator: ordered ? " ADJ/\(distance) " : " NEAR/\(distance) "), 4)
      case .field(let field, let value): ("\(field.rawValue):\(value.rendered)", 9)
      case .and(let nodes): (nodes.map { $0.rendered(parent: 4) }.joined(separator: " AND "), 3)
      case .or(let nodes): (nodes.map { $0.rendered(parent: 2) }.joined(separator: " OR "), 1)
      case .not(let node): ("NOT \(node.rendered(parent: 6))", 5)
      case .clauses(let clauses):
        (
          clauses.map {
            switch $0.occurrence {
            // "a NOT b AND c" would take b from a: what begins with NOT stands in parentheses.
            case .should: $0.node.rendered(parent: $0.node.beginsWithNot ? 8 : 3)
            case .must: "+" + $0.node.rendered(parent: 8)
            case .mustNot: "-" + $0.node.rendered(parent: 8)
            }
          }.joined(separator: " "), 2
        )
      case .everything: ("*", 9)
      }
    return strength < parent ? "(\(text))" : text
  }
}

extension QueryNode {
  fileprivate var beginsWithNot: Bool {
    switch self {
    case .not: true
    case .and(let nodes), .or(let nodes), .proximity(let nodes, _, _): nodes.first?.beginsWithNot ?? false
    default: false
    }
  }
}

extension QueryWord {
  var rendered: String { (isExact ? "=" : "") + text + (isPrefix ? "*" : "") + (distance > 0 ? "~\(distance)" : "") }
}

extension FieldValue {
  var rendered: String {
    switch self {
    case .words(let node):
      switch node {
      case .word, .phrase: node.description
      default: "(\(node.description))"
      }
    case .value(let text, let withChildren, let salient):
      (text.utf8.contains { $0 == 0x20 || $0 == 0x28 || $0 == 0x29 || $0 == 0x3A } || text.isEmpty ? "\"\(text)\"" : text)
        + (withChildren ? "+" : "") + (salient ? "!" : "")
    case .group(let node): "(\(node.description))"
    case .dates(_, let text): text
    case .any: "*"
    }
  }
}
