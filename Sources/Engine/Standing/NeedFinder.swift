// What a query needs, found before there are any passages to ask it of.
//
// The planner makes a tree of terms of most queries without knowing the index; run on an index without passages it leaves no term out,
// and the needs are read off that tree. Words that stand for others (`word*`, `word~1`) and paths become terms only by looking at what
// there is. Queries with those are taken apart here, by the rules of the planner or more loosely, never more strictly.
import ArasAPI
import Tagging
import TextAnalysis
import Xapian

extension QueryPlanner {
  /// The needs of a request's query and of its filters. The planner must stand on a view without passages.
  mutating func needs(of parsed: ParsedQuery, filters: Filters) -> Needs {
    let context = Context(match: .all, required: .allButWords)
    let own = parsed.root.map { needs(of: $0, context) } ?? .anything
    return .all([own] + filters.entries.flatMap { needs(of: $0.field, $0.value) })
  }

  private mutating func needs(of node: QueryNode, _ context: Context) -> Needs {
    guard node.dependsOnIndex else { return query(node, context).map { Needs(of: $0) } ?? .anything }
    switch node {
    case .word(let word): return needs(of: word, context)
    case .phrase(let words, _): return .all(words.map { needs(of: $0, context) })
    case .proximity(let operands, _, _):
      // Of other operands than these the planner may make nothing.
      return .all(
        operands.map { operand in
          switch operand {
          case .word, .phrase, .field(_, .words(.word)), .field(_, .words(.phrase)): needs(of: operand, context)
          default: .anything
          }
        })
    case .field(let field, .words(let inner)): return needs(of: inner, context.scoped(field))
    case .and(let nodes): return .all(nodes.filter { !$0.isNegation }.map { needs(of: $0, context) })
    case .or(let nodes): return .any(nodes.map { needs(of: $0, context) })
    case .clauses(let clauses):
      return .all(
        clauses.filter { $0.occurrence == .must || $0.occurrence == .should && !isStopWord($0.node) }
          .filter { !$0.node.isNegation }.map { needs(of: $0.node, context) })
    case .not, .field, .everything: return .anything
    }
  }

  private mutating func needs(of word: QueryWord, _ context: Context) -> Needs {
    guard word.isPrefix || word.distance > 0 else { return needs(of: .phrase([word], slop: 0), context) }
    let stream = analyzer.analyze(word.text, language: queryLanguage)
    guard let last = stream.words.indices.last else { return .anything }
    let exact = Array(stream.exact(last))
    let folded = Array(stream.folded(last))
    if word.isPrefix {
      let starts = [(Schema.exactPrefix, exact), (Schema.exactPrefix, folded), (Schema.foldedPrefix, folded)]
      return .one(of: starts.map { .beginning(Array($0.utf8) + $1) })
    }
    guard stream.count == 1 else { return .anything }
    var plain = word
    plain.distance = 0
    return .any([needs(of: .word(plain), context), .one(of: [.near(CloseLetters(word.isExact ? exact : folded, distance: word.distance))])])
  }

  private mutating func needs(of filter: FilterField, _ value: FilterValue) -> [Needs] {
    guard let field = Field(rawValue: filter.rawValue) else { return [] }
    var each: [Needs] = value.all.map { needs(of: field, value: $0) }
    if !value.any.isEmpty { each.append(.any(value.any.map { needs(of: field, value: $0) })) }
    return each
  }

  private mutating func needs(of field: Field, value text: String) -> Needs {
    let context = Context(match: .all, required: .allButWords)
    switch field {
    case .actor, .place, .topic:
      return query(.field(field, .value(QueryValue(entity: text))), context).map { Needs(of: $0) } ?? .anything
    case .source, .author, .keyword, .kind, .quality, .lang:
      return .one(of: [.term(Term.value(field.valuePrefix, field.folded(text)))])
    case .title, .text, .heading, .path, .id, .date: return .anything
    }
  }
}

extension QueryNode {
  /// Whether what runs depends on the terms that the index has.
  fileprivate var dependsOnIndex: Bool {
    switch self {
    case .word(let word): word.isPrefix || word.distance > 0
    case .phrase(let words, _): words.contains { $0.isPrefix || $0.distance > 0 }
    case .proximity(let nodes, _, _), .and(let nodes), .or(let nodes): nodes.contains(where: \.dependsOnIndex)
    case .field(let field, let value):
      switch value {
      case .words(let node): node.dependsOnIndex
      case .value(let value): field == .path || field.hasRanges && value.text.hasSuffix("*")
      case .range: true
      case .dates, .any: false
      }
    case .not(let node): node.dependsOnIndex
    case .clauses(let clauses): clauses.contains { $0.node.dependsOnIndex }
    case .everything: false
    }
  }
}
