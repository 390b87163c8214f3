// Fields and their values.

extension QueryParser {
  mutating func fieldClause(_ field: Field, _ name: Range<Int>) -> QueryNode? {
    guard let token = at < tokens.count ? tokens[at] : nil, token.range.lowerBound == name.upperBound else {
      return missingValue(field, name)
    }
    switch token.kind {
    case .open:
      at += 1
      if field.kind == .words { return group(openedAt: token.range).map { .field(field, .words($0)) } }
      // Every operand in the group is a value of the field.
      valueField = field
      defer { valueField = nil }
      return group(openedAt: token.range)
    case .quoted(let quoted):
      // The warning is about the quotation mark, not about the field.
      guard quoted.isClosed else { return literal(name) }
      at += 1
      if field.kind == .words { return phrase(quoted, range: token.range).map { .field(field, .words($0)) } }
      return value(of: field, quoted.inner, isQuoted: true, clause: name.lowerBound..<token.range.upperBound)
    case .chunk:
      at += 1
      if isStar(token.range) { return admits(token.range) ? .field(field, .any) : nil }
      if field.kind == .words { return word(in: token.range).map { .field(field, .words(.word($0))) } }
      return value(of: field, token.range, clause: name.lowerBound..<token.range.upperBound)
    default: return missingValue(field, name)
    }
  }

  private mutating func missingValue(_ field: Field, _ name: Range<Int>) -> QueryNode? {
    warn("missing_value", name, "\(text.text(name)) needs a value directly after the colon; read as a word")
    return literal(name)
  }

  /// - Parameters:
  ///   - range: bytes of the value.
  ///   - clause: bytes that are read as words where the value is none of the field's.
  mutating func value(of field: Field, _ range: Range<Int>, isQuoted: Bool = false, clause: Range<Int>) -> QueryNode? {
    guard admits(range) else { return nil }
    if !isQuoted, isStar(range) { return .field(field, .any) }
    if field == .date { return date(range, clause: clause) }
    let written = text.text(range)
    if field.kind == .entity { return .field(field, .value(QueryValue(entity: written, range: range))) }
    if field.hasRanges, let dots = written.firstRange(of: "..") {
      let from = String(written[..<dots.lowerBound])
      let to = String(written[dots.upperBound...])
      if !from.isEmpty || !to.isEmpty { return valueRange(of: field, from, to, range, clause: clause) }
    }
    return .field(field, .value(QueryValue(written, range: range)))
  }

  private mutating func valueRange(
    of field: Field, _ from: String, _ to: String, _ range: Range<Int>, clause: Range<Int>
  ) -> QueryNode? {
    if !from.isEmpty, !to.isEmpty, !ValueRange(field, from: from, to: to).isForward {
      warn("reversed_range", range, "this range runs backwards: write \(to)..\(from); read as words")
      return unvalued(clause)
    }
    return .field(field, .range(from: from, to: to, range))
  }

  /// What was no value of its field, as words.
  private mutating func unvalued(_ clause: Range<Int>) -> QueryNode? {
    let outer = valueField
    valueField = nil
    defer { valueField = outer }
    return literal(clause)
  }

  private mutating func date(_ range: Range<Int>, clause: Range<Int>) -> QueryNode? {
    let typed = text.text(range)
    switch DateExpression.read(typed, today: today) {
    case .success(let days): return .field(.date, .dates(days, text: typed))
    case .failure(let fault):
      warn(fault.code, range.isEmpty ? clause : range, fault.message + "; read as words")
      return unvalued(clause)
    }
  }
}
