// The canonical form of a query, which the reply shows as `parsed`: parsing it again gives the same tree.

extension QueryNode: CustomStringConvertible {
  package var description: String { rendered(parent: 0) }

  /// How deep the parentheses of the canonical form are.
  var nesting: Int {
    var deepest = 0
    var level = 0
    // A parenthesis inside quotation marks is none.
    var isQuoted = false
    for byte in description.utf8 {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "(") where !isQuoted:
        level += 1
        deepest = max(deepest, level)
      case UInt8(ascii: ")") where !isQuoted: level -= 1
      default: break
      }
    }
    return deepest
  }

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
      case .clauses(let clauses): (clauses.map(\.rendered).joined(separator: " "), 2)
      case .everything: ("*", 9)
      }
    return strength < parent ? "(\(text))" : text
  }

  fileprivate func signed(_ sign: String) -> String {
    let text = rendered(parent: 8)
    // "--a" is a word; its negation is not "---a".
    return text.utf8.first == UInt8(ascii: "-") || text.utf8.first == UInt8(ascii: "+") ? "\(sign)(\(text))" : sign + text
  }

  fileprivate var asClause: String { rendered(parent: 3) }
}

extension QueryClause {
  /// The clause with its sign, as it stands among others.
  package var rendered: String {
    switch occurrence {
    case .should: node.asClause
    case .must: node.signed("+")
    case .mustNot: node.signed("-")
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
    case .value(let value): Self.quoted(value.text + (value.withChildren ? "+" : "") + (value.isSalient ? "!" : ""))
    case .range(let from, let to, _): Self.quoted("\(from)..\(to)")
    case .dates(_, let text): Self.quoted(text)
    case .any: "*"
    }
  }

  private static func quoted(_ value: String) -> String {
    let text = QueryCharacters(value)
    return value.isEmpty || value == "*" || text.endOfChunk(0) < text.count ? "\"\(value)\"" : value
  }
}
