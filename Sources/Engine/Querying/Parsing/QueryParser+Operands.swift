// Operands: what signs and operators apply to.

extension QueryParser {
  /// An operand with the signs before it. A second negation takes back the first.
  mutating func signed() -> QueryClause? {
    var occurrence = QueryClause.Occurrence.should
    var sign: QueryToken?
    loop: while let kind {
      switch kind {
      case .not, .minus: occurrence = occurrence == .mustNot ? .should : .mustNot
      case .plus: if occurrence == .should { occurrence = .must }
      default: break loop
      }
      sign = tokens[at]
      at += 1
    }
    if let sign, !startsOperand(at) {
      // A sign with nothing behind it.
      guard sign.kind == .not else {
        warn("missing_operand", sign.range, "\(text.text(sign.range)) needs something directly behind it; it is ignored")
        return nil
      }
      warn("missing_operand", sign.range, "NOT needs something on its right; it is read as a word")
      return literal(sign.range).map { QueryClause(occurrence: .should, node: $0) }
    }
    guard let node = operand() else { return nil }
    return QueryClause(occurrence: occurrence, node: node)
  }

  private mutating func operand() -> QueryNode? {
    guard at < tokens.count else { return nil }
    let token = tokens[at]
    at += 1
    switch token.kind {
    case .not, .minus, .plus, .and, .or, .window:
      warn("missing_operand", token.range, "\(text.text(token.range)) needs something on both sides; it is read as a word")
      return literal(token.range)
    case .badWindow:
      warnOfBadWindow(token.range)
      return literal(token.range)
    case .open: return group(openedAt: token.range)
    case .close:
      at -= 1
      return nil
    case .quoted(let quoted):
      if let valueField, quoted.isClosed { return value(of: valueField, quoted.inner, isQuoted: true, clause: token.range) }
      return phrase(quoted, range: token.range)
    case .field(let field):
      let outer = valueField
      valueField = nil
      defer { valueField = outer }
      return fieldClause(field, token.range)
    case .chunk: return chunk(token.range)
    }
  }

  mutating func group(openedAt range: Range<Int>) -> QueryNode? {
    guard depth < deepest else {
      warn("too_deep", range, "parentheses deeper than \(Self.deepest) are ignored")
      ignoredOpen += 1
      return nil
    }
    let ignoredOutside = ignoredOpen
    ignoredOpen = 0
    depth += 1
    var parts: [QueryNode] = []
    while true {
      if let part = query() { parts.append(part) }
      guard kind == .close, ignoredOpen > 0 else { break }
      ignoredOpen -= 1
      at += 1
    }
    depth -= 1
    ignoredOpen = ignoredOutside
    if kind == .close {
      at += 1
    } else {
      warn("unbalanced_parenthesis", range, "this parenthesis is never closed; it is read as closed at the end")
    }
    if parts.isEmpty { warn("empty_group", range, "there is nothing between these parentheses", syntax: false) }
    return Self.joined(parts)
  }

  mutating func phrase(_ quoted: QueryToken.Quoted, range: Range<Int>) -> QueryNode? {
    guard quoted.isClosed else {
      warn(
        "unbalanced_quote", range.lowerBound..<quoted.inner.lowerBound,
        "this quotation mark is never closed; what follows it is read as words")
      return literal(quoted.inner)
    }
    if quoted.isCapped {
      warn("distance_limit", range, "no phrase is looser than ~\(QueryLexer.longestDistance); read as that", syntax: false)
    }
    var words: [QueryWord] = []
    let pieces = text.words(quoted.inner)
    for (index, piece) in pieces.enumerated() {
      if var word = word(in: piece) {
        // A star before the word and one behind the quotation mark are on both sides of it.
        if quoted.isPrefix, index == pieces.count - 1, word.text.utf8.first != UInt8(ascii: "*") {
          makePrefix(&word, starAt: (range.upperBound - 1)..<range.upperBound)
        }
        words.append(word)
      }
    }
    if words.isEmpty { warn("empty_phrase", range, "there is no word between these quotation marks", syntax: false) }
    return words.isEmpty ? nil : .phrase(words, slop: quoted.slop)
  }
}
