// The query as it was typed, as a tree: what the parser understood, before anything is looked up.

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

  /// Whether it has none of the marks.
  package var isPlain: Bool { !isExact && !isPrefix && distance == 0 }

  /// Where it was typed does not count.
  package static func == (a: QueryWord, b: QueryWord) -> Bool {
    a.text == b.text && a.isExact == b.isExact && a.isPrefix == b.isPrefix && a.distance == b.distance
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// A value of a field, as typed.
package struct QueryValue: Sendable, Hashable {
  package var text: String
  /// `actor:x+`
  package var withChildren: Bool
  /// `actor:x!`
  package var isSalient: Bool
  /// Bytes of the query text.
  package var range: Range<Int>

  package init(_ text: String, withChildren: Bool = false, isSalient: Bool = false, range: Range<Int> = 0..<0) {
    self.text = text
    self.withChildren = withChildren
    self.isSalient = isSalient
    self.range = range
  }

  /// Where it was typed does not count.
  package static func == (a: QueryValue, b: QueryValue) -> Bool {
    a.text == b.text && a.withChildren == b.withChildren && a.isSalient == b.isSalient
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
  /// A value of any other field.
  case value(QueryValue)
  /// `field:a..b`: whole values from one to the other, or to those that begin like it; an empty end is open. With its bytes.
  case range(from: String, to: String, Range<Int>)
  case dates(DayRange, text: String)
  /// `field:*`
  case any

  package static func == (a: FieldValue, b: FieldValue) -> Bool {
    switch (a, b) {
    case (.words(let x), .words(let y)): x == y
    case (.value(let x), .value(let y)): x == y
    case (.range(let from, let to, _), .range(let otherFrom, let otherTo, _)): from == otherFrom && to == otherTo
    case (.dates(let x, let text), .dates(let y, let other)): x == y && text == other
    case (.any, .any): true
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .words(let node): hasher.combine(node)
    case .value(let value): hasher.combine(value)
    case .range(let from, let to, _):
      hasher.combine(from)
      hasher.combine(to)
    case .dates(_, let text): hasher.combine(text)
    case .any: hasher.combine(0)
    }
  }
}
