// The query parser: recursive descent over the tokens of `QueryLexer`. It never fails: what does not parse is read as literal words, and
// a warning points at the bytes. A strict request makes an error of the first warning that is a syntax error.
//
//   query   = clauses { OR clauses }
//   clauses = { and }
//   and     = near { AND near | NOT near }
//   near    = signs operand { (NEAR|ADJ)/n signs operand }
//   signs   = { NOT | - | + }
//   operand = field value | "(" query ")" | quoted | chunk
//
// The rules stand in `QueryParser+Operators`, what they are made of in `+Operands`, `+Words` and `+Fields`.
import ArasAPI

package struct QueryWarning: Sendable, Equatable {
  package var code: String
  /// Bytes of the query text: exactly what the warning is about.
  package var range: Range<Int>
  package var message: String
  /// Whether a strict request is refused for it.
  package var isSyntax = true
}

package struct ParsedQuery: Sendable {
  /// Nil when there is nothing to ask: everything.
  package var root: QueryNode?
  package var warnings: [QueryWarning]
}

package struct QueryParser {
  let text: QueryCharacters
  let tokens: [QueryToken]
  /// Day number, for dates counted from today.
  let today: Int
  /// Parentheses deeper than this are read as if they were not there; windows in windows, as words.
  let deepest: Int
  /// Index of the next token.
  var at = 0
  var depth = 0
  /// Opening parentheses that were ignored and have not been closed yet.
  var ignoredOpen = 0
  /// Words and values read so far.
  var operands = 0
  /// Inside `field:( )` of a field of values: the field that every operand is a value of.
  var valueField: Field?
  /// Whether a word began with two stars that no word has closed yet.
  var isInEmphasis = false
  var warnings: [QueryWarning] = []

  /// Levels that a query may nest, in its canonical form.
  static let deepest = 50
  /// Words and values after this many are left out.
  static let mostOperands = 1024
  /// Letters that a wildcard needs before its star.
  static let shortestPrefix = 3
  static let mostWarnings = 20

  private init(_ text: QueryCharacters, tokens: [QueryToken], today: Int, deepest: Int) {
    self.text = text
    self.tokens = tokens
    self.today = today
    self.deepest = deepest
  }

  /// - Parameter today: day number (see `CalendarDay`), for dates counted from today.
  package static func parse(_ query: String, today: Int) -> ParsedQuery {
    let text = QueryCharacters(query)
    let tokens = QueryLexer.tokens(of: text)
    var limit = deepest
    while true {
      var parser = QueryParser(text, tokens: tokens, today: today, deepest: limit)
      let parsed = parser.run()
      // The canonical form may need parentheses that were not typed. It has to be within the limit itself, else it would be cut when it
      // is parsed again.
      guard let root = parsed.root, root.nesting > deepest, limit > 1 else { return parsed }
      limit /= 2
    }
  }

  private mutating func run() -> ParsedQuery {
    var nodes: [QueryNode] = []
    while at < tokens.count {
      if let node = query() { nodes.append(node) }
      if at < tokens.count {
        // Only a closing parenthesis stops `query` early.
        if ignoredOpen > 0 {
          ignoredOpen -= 1
        } else {
          warn("unbalanced_parenthesis", tokens[at].range, "this parenthesis closes nothing and is ignored")
        }
        at += 1
      }
    }
    var root = Self.joined(nodes)
    let words = text.words(0..<text.count)
    if root == nil, let first = words.first, let last = words.last {
      warn("no_words", first.lowerBound..<last.upperBound, "there is no word in this query; it finds nothing", syntax: false)
      root = .not(.everything)
    }
    return ParsedQuery(root: root == .everything ? nil : root, warnings: warnings)
  }

  mutating func warn(_ code: String, _ range: Range<Int>, _ message: String, syntax: Bool = true) {
    guard warnings.count < Self.mostWarnings else { return }
    warnings.append(QueryWarning(code: code, range: range, message: message, isSyntax: syntax))
  }

  var kind: QueryToken.Kind? { at < tokens.count ? tokens[at].kind : nil }

  /// Whether the token at an index begins an operand, signs before it included.
  func startsOperand(_ index: Int) -> Bool {
    var index = index
    while index < tokens.count {
      switch tokens[index].kind {
      case .not, .minus, .plus: index += 1
      case .open, .quoted, .chunk, .field: return true
      case .close, .and, .or, .window, .badWindow: return false
      }
    }
    return false
  }

  /// Counts a word or a value; false when there are too many already.
  mutating func admits(_ range: Range<Int>) -> Bool {
    operands += 1
    if operands == Self.mostOperands + 1 {
      warn("too_many_words", range.lowerBound..<text.count, "only the first \(Self.mostOperands) words of a query are used", syntax: false)
    }
    return operands <= Self.mostOperands
  }
}
