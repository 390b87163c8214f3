// The query parser: recursive descent over the tokens of `QueryLexer`. It never fails: what does not parse is read as literal words, and
// a warning points at the bytes. A strict request makes an error of the first warning that is a syntax error.
//
//   query   = clauses { OR clauses }
//   clauses = { [+|-] and }
//   and     = near { AND near | NOT near }
//   near    = unary { (NEAR|ADJ)/n unary }
//   unary   = NOT unary | field value | "(" query ")" | quoted | chunk
import ArasAPI

package struct QueryWarning: Sendable, Equatable {
  package var code: String
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
  private let bytes: [UInt8]
  private let tokens: [QueryToken]
  private let today: Int
  private var at = 0
  private var depth = 0
  private var words = 0
  private var warnings: [QueryWarning] = []

  /// Parentheses deeper than this are read as if they were not there.
  static let deepest = 50
  /// Words after this many are left out.
  static let mostWords = 1024
  /// Letters that a wildcard needs before its star.
  static let shortestPrefix = 3

  private init(_ text: String, today: Int) {
    bytes = Array(text.utf8)
    tokens = QueryLexer.tokens(of: bytes)
    self.today = today
  }

  /// - Parameter today: day number (see `CalendarDay`), for dates counted from today.
  package static func parse(_ text: String, today: Int) -> ParsedQuery {
    var parser = QueryParser(text, today: today)
    var nodes: [QueryNode] = []
    while parser.at < parser.tokens.count {
      if let node = parser.query() { nodes.append(node) }
      if parser.at < parser.tokens.count {
        // Only a closing parenthesis stops `query` early.
        parser.warn("unbalanced_parenthesis", parser.tokens[parser.at].range, "this parenthesis closes nothing and is ignored")
        parser.at += 1
      }
    }
    let root = Self.joined(nodes)
    return ParsedQuery(root: root == .everything ? nil : root, warnings: parser.warnings)
  }

  private mutating func warn(_ code: String, _ range: Range<Int>, _ message: String, syntax: Bool = true) {
    guard warnings.count < 20 else { return }
    warnings.append(QueryWarning(code: code, range: range, message: message, isSyntax: syntax))
  }

  private var kind: QueryToken.Kind? { at < tokens.count ? tokens[at].kind : nil }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  // MARK: Operators

  private mutating func query() -> QueryNode? {
    var alternatives: [QueryNode] = []
    if let first = clauses() { alternatives.append(first) }
    while kind == .or {
      let token = tokens[at]
      at += 1
      let right = clauses()
      if alternatives.isEmpty || right == nil {
        warn("missing_operand", token.range, "OR needs something on both sides; it is read as a word")
        let literal = words(in: token.range, literal: true)
        alternatives = [Self.joined([alternatives.last, literal, right].compactMap { $0 })].compactMap { $0 }
      } else if let right {
        alternatives.append(right)
      }
    }
    return alternatives.count > 1 ? .or(alternatives) : alternatives.first
  }

  /// Nodes side by side, as one list of clauses.
  private static func joined(_ nodes: [QueryNode]) -> QueryNode? {
    guard nodes.count > 1 else { return nodes.first }
    return .clauses(nodes.flatMap(clauses(of:)))
  }

  private static func clauses(of node: QueryNode) -> [QueryClause] {
    switch node {
    case .clauses(let inner): inner
    case .not(let inner): [QueryClause(occurrence: .mustNot, node: inner)]
    default: [QueryClause(occurrence: .should, node: node)]
    }
  }

  private mutating func clauses() -> QueryNode? {
    var found: [QueryClause] = []
    while let kind, kind != .close, kind != .or {
      var occurrence = QueryClause.Occurrence.should
      if kind == .minus || kind == .plus {
        occurrence = kind == .minus ? .mustNot : .must
        at += 1
      }
      guard let node = conjunction() else { continue }
      if occurrence == .should {
        found.append(contentsOf: Self.clauses(of: node))
      } else {
        found.append(QueryClause(occurrence: occurrence, node: node))
      }
    }
    if found.count == 1, found[0].occurrence == .should { return found[0].node }
    if found.count == 1, found[0].occurrence == .must { return found[0].node }
    if found.count == 1 { return .not(found[0].node) }
    return found.isEmpty ? nil : .clauses(found)
  }

  private mutating func conjunction() -> QueryNode? {
    guard let first = proximity() else { return nil }
    var operands = [first]
    while true {
      let token: QueryToken
      if kind == .and {
        token = tokens[at]
        at += 1
        guard let right = kind == .close || kind == .or || kind == nil ? nil : proximity() else {
          warn("missing_operand", token.range, "AND needs something on its right; it is read as a word")
          if let literal = words(in: token.range, literal: true) { return Self.joined([Self.all(operands), literal]) }
          break
        }
        operands.append(right)
      } else if kind == .not, !operands.isEmpty {
        // "a NOT b" is "a AND NOT b".
        guard let right = proximity() else { break }
        operands.append(right)
      } else {
        break
      }
    }
    return Self.all(operands)
  }

  private static func all(_ nodes: [QueryNode]) -> QueryNode { nodes.count > 1 ? .and(nodes) : nodes[0] }

  private mutating func proximity() -> QueryNode? {
    guard var left = unary() else { return nil }
    // A window in parentheses stays a window of its own.
    var isChain = false
    while true {
      let distance: Int
      let ordered: Bool
      switch kind {
      case .near(let d): (distance, ordered) = (d, false)
      case .adjacent(let d): (distance, ordered) = (d, true)
      default: return left
      }
      let token = tokens[at]
      at += 1
      let right = kind == .close || kind == nil ? nil : unary()
      guard let right, Self.isPositional(left), Self.isPositional(right) else {
        warn("missing_operand", token.range, "NEAR and ADJ stand between words, phrases or actors; this one is read as words")
        let literal = words(in: token.range, literal: true)
        left = Self.joined([left, literal, right].compactMap { $0 }) ?? left
        isChain = false
        continue
      }
      if isChain, case .proximity(let operands, distance, ordered) = left {
        left = .proximity(operands + [right], distance: distance, ordered: ordered)
      } else {
        left = .proximity([left, right], distance: distance, ordered: ordered)
      }
      isChain = true
    }
  }

  /// What has places in a text.
  private static func isPositional(_ node: QueryNode) -> Bool {
    switch node {
    case .word, .phrase, .proximity: true
    case .field(let field, .value): field == .actor || field == .place
    case .field(let field, .words(let inner)): (field == .text || field == .title || field == .heading) && isPositional(inner)
    case .or(let nodes): nodes.allSatisfy(isPositional)
    case .clauses(let clauses): clauses.count == 1 && isPositional(clauses[0].node)
    default: false
    }
  }

  // MARK: Operands

  private mutating func unary() -> QueryNode? {
    guard let token = at < tokens.count ? tokens[at] : nil else { return nil }
    at += 1
    switch token.kind {
    case .not:
      guard let operand = kind == .close || kind == .or || kind == nil ? nil : unary() else {
        warn("missing_operand", token.range, "NOT needs something on its right; it is read as a word")
        return words(in: token.range, literal: true)
      }
      if case .not(let inner) = operand { return inner }
      return .not(operand)
    case .minus, .plus:
      let operand = unary()
      return token.kind == .minus ? operand.map { .not($0) } : operand
    case .and, .or, .near, .adjacent:
      warn("missing_operand", token.range, "\(text(token.range)) needs something on both sides; it is read as a word")
      return words(in: token.range, literal: true)
    case .open:
      return group(openedAt: token.range)
    case .close:
      at -= 1
      return nil
    case .quoted(let inner, let slop, let closed):
      return quoted(inner, slop: slop, closed: closed, range: token.range)
    case .field(let field):
      return fieldClause(field, token.range)
    case .chunk:
      return words(in: token.range, literal: false)
    }
  }

  private mutating func group(openedAt range: Range<Int>) -> QueryNode? {
    guard depth < Self.deepest else {
      warn("too_deep", range, "parentheses deeper than \(Self.deepest) are ignored")
      return nil
    }
    depth += 1
    let inner = query()
    depth -= 1
    if kind == .close {
      at += 1
    } else {
      warn("unbalanced_parenthesis", range, "this parenthesis is never closed; it is read as closed at the end")
    }
    if inner == nil { warn("empty_group", range, "there is nothing between these parentheses", syntax: false) }
    return inner
  }

  private mutating func quoted(_ inner: Range<Int>, slop: Int?, closed: Bool, range: Range<Int>) -> QueryNode? {
    guard closed else {
      warn(
        "unbalanced_quote", range.lowerBound..<range.lowerBound + 1, "this quotation mark is never closed; what follows it is read as words"
      )
      return words(in: inner, literal: true)
    }
    let parts = split(inner)
    guard !parts.isEmpty else {
      warn("empty_phrase", range, "there is nothing between these quotation marks", syntax: false)
      return nil
    }
    let phrase = parts.compactMap { word(in: $0, literal: false) }
    return phrase.isEmpty ? nil : .phrase(phrase, slop: slop ?? 0)
  }

  /// Bytes that mean something to the parser: a literal word is cut at them, so that it reads the same when it is parsed again.
  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte <= 0x20 || "\"()*~+=:|&!^".utf8.contains(byte)
  }

  /// The pieces of a range between white space, or between other bytes.
  private func split(_ range: Range<Int>, at separates: (UInt8) -> Bool = { $0 <= 0x20 }) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start: Int?
    for index in range {
      if separates(bytes[index]) {
        if let begun = start { parts.append(begun..<index) }
        start = nil
      } else if start == nil {
        start = index
      }
    }
    if let begun = start { parts.append(begun..<range.upperBound) }
    return parts
  }

  /// A piece of text as one word or several side by side; `*` alone is everything.
  private mutating func words(in range: Range<Int>, literal: Bool) -> QueryNode? {
    if !literal, range.count == 1, bytes[range.lowerBound] == UInt8(ascii: "*") { return .everything }
    let parts = literal ? split(range, at: Self.isSpecial) : split(range)
    return Self.joined(parts.compactMap { word(in: $0, literal: literal).map { .word($0) } })
  }

  private mutating func word(in range: Range<Int>, literal: Bool) -> QueryWord? {
    guard !range.isEmpty else { return nil }
    words += 1
    guard words <= Self.mostWords else {
      if words == Self.mostWords + 1 {
        warn("too_many_words", range.lowerBound..<bytes.count, "only the first \(Self.mostWords) words of a query are used", syntax: false)
      }
      return nil
    }
    var body = range
    var word = QueryWord(text: "", range: range)
    if !literal {
      if bytes[body.lowerBound] == UInt8(ascii: "="), body.count > 1 {
        word.isExact = true
        body = (body.lowerBound + 1)..<body.upperBound
      }
      if body.count >= 3, bytes[body.upperBound - 2] == UInt8(ascii: "~"), (0x31...0x32).contains(bytes[body.upperBound - 1]) {
        word.distance = Int(bytes[body.upperBound - 1] - 0x30)
        body = body.lowerBound..<(body.upperBound - 2)
      } else if body.count > 1, bytes[body.upperBound - 1] == UInt8(ascii: "*") {
        let stem = body.lowerBound..<(body.upperBound - 1)
        if text(stem).unicodeScalars.count >= Self.shortestPrefix {
          word.isPrefix = true
        } else {
          warn("short_wildcard", range, "a wildcard needs at least \(Self.shortestPrefix) letters before its star; read as a whole word")
        }
        body = stem
      }
    }
    while literal, !body.isEmpty, bytes[body.lowerBound] == UInt8(ascii: "-") { body = (body.lowerBound + 1)..<body.upperBound }
    // A word needs a letter or a digit; whatever is not ASCII may be one.
    guard bytes[body].contains(where: { $0 >= 0x80 || ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 >= 0x30 && $0 <= 0x39 }) else {
      return nil
    }
    word.text = text(body)
    if !literal { warnOfUnknownField(body) }
    // An operator that was not one is a word, and stays one when it is read again.
    if literal { word.text = word.text.lowercased() }
    return word
  }

  // MARK: Fields

  /// `titel:iran` is read as words, but hardly meant so; `https://…` and `12:30` are.
  private mutating func warnOfUnknownField(_ range: Range<Int>) {
    guard let colon = bytes[range].firstIndex(of: UInt8(ascii: ":")), colon > range.lowerBound, colon + 1 < range.upperBound,
      bytes[colon + 1] != UInt8(ascii: "/"), bytes[range.lowerBound..<colon].allSatisfy({ (0x61...0x7A).contains($0 | 0x20) })
    else { return }
    let name = text(range.lowerBound..<colon)
    let nearest = NearestName.of(name.lowercased(), among: Field.allCases.map(\.rawValue))
    warn(
      "unknown_field", range.lowerBound..<colon,
      "there is no field \"\(name)\"" + (nearest.map { "; did you mean \"\($0):\"?" } ?? "") + "; read as words")
  }

  private mutating func fieldClause(_ field: Field, _ name: Range<Int>) -> QueryNode? {
    guard let token = at < tokens.count ? tokens[at] : nil, token.range.lowerBound == name.upperBound else {
      warn("missing_value", name, "\(field.rawValue): needs a value directly after the colon; read as a word")
      return words(in: name.lowerBound..<(name.upperBound - 1), literal: true)
    }
    switch token.kind {
    case .open:
      at += 1
      guard let inner = group(openedAt: token.range) else { return nil }
      return .field(field, field.kind == .words ? .words(inner) : .group(inner))
    case .quoted(let inner, _, let closed) where closed:
      if field.kind == .words {
        return unary().map { .field(field, .words($0)) }
      }
      at += 1
      return value(of: field, inner, clause: name.lowerBound..<token.range.upperBound)
    case .chunk:
      at += 1
      if text(token.range) == "*" { return .field(field, .any) }
      if field.kind == .words {
        guard let inner = words(in: token.range, literal: false) else { return nil }
        return .field(field, .words(inner))
      }
      return value(of: field, token.range, clause: name.lowerBound..<token.range.upperBound)
    default:
      warn("missing_value", name, "\(field.rawValue): needs a value directly after the colon; read as a word")
      return words(in: name.lowerBound..<(name.upperBound - 1), literal: true)
    }
  }

  private mutating func value(of field: Field, _ range: Range<Int>, clause: Range<Int>) -> QueryNode? {
    var typed = text(range)
    if field == .date {
      guard let days = DateExpression.range(typed, today: today) else {
        warn("bad_date", range, "not a date: write 2021, 2021-11, 2021-11-05, 2021..2023 or last_month; read as words")
        return words(in: clause, literal: true)
      }
      return .field(.date, .dates(days, text: typed))
    }
    var withChildren = false
    var salient = false
    if field.kind == .entity {
      while let last = typed.utf8.last, typed.utf8.count > 1, last == UInt8(ascii: "+") || last == UInt8(ascii: "!") {
        if last == UInt8(ascii: "+") { withChildren = true } else { salient = true }
        typed.removeLast()
      }
    }
    return .field(field, .value(typed, withChildren: withChildren, salient: salient))
  }
}
