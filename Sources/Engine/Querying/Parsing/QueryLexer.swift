// Query text to tokens. Every token keeps its bytes, so that a warning can point at what it means and anything that turns out not to be
// an operator can be read as the literal words it was typed as.

struct QueryLexer {
  private let text: QueryCharacters
  private var at = 0
  private var tokens: [QueryToken] = []

  static let defaultDistance = 10
  /// The widest window, and the largest slop of a phrase.
  static let longestDistance = 1000
  /// Bytes that the name of a field can have.
  private static let longestName = 16

  private init(_ text: QueryCharacters) { self.text = text }

  static func tokens(of text: QueryCharacters) -> [QueryToken] {
    var lexer = QueryLexer(text)
    lexer.run()
    return lexer.tokens
  }

  private mutating func run() {
    while at < text.count {
      if let space = text.spaceLength(at) {
        at += space
      } else if text.isParenthesis(at) {
        single(text.bytes[at] == UInt8(ascii: "(") ? .open : .close)
      } else if let quote = text.quoteLength(at) {
        quoted(openedBy: quote)
      } else if text.bytes[at] == UInt8(ascii: "-"), isBehindOperand {
        // A hyphen: "(H2A)-histone" excludes nothing.
        at += 1
      } else if text.bytes[at] == UInt8(ascii: "-"), startsOperand(at + 1) {
        single(.minus)
      } else if text.bytes[at] == UInt8(ascii: "+"), startsOperand(at + 1) {
        single(.plus)
      } else if let (field, end) = fieldName() {
        tokens.append(QueryToken(kind: .field(field), range: at..<end))
        at = end
        value()
      } else {
        let range = at..<max(text.endOfChunk(at), at + 1)
        tokens.append(QueryToken(kind: Self.operatorKind(text, range) ?? .chunk, range: range))
        at = range.upperBound
      }
    }
  }

  private mutating func single(_ kind: QueryToken.Kind) {
    tokens.append(QueryToken(kind: kind, range: at..<at + 1))
    at += 1
  }

  /// Whether a closing parenthesis or quotation mark stands directly before this byte.
  private var isBehindOperand: Bool {
    guard let last = tokens.last, last.range.upperBound == at else { return false }
    switch last.kind {
    case .close, .quoted: return true
    default: return false
    }
  }

  /// Whether something that `-` or `+` can apply to begins here.
  private func startsOperand(_ index: Int) -> Bool {
    guard index < text.count, text.spaceLength(index) == nil else { return false }
    switch text.bytes[index] {
    case UInt8(ascii: ")"), UInt8(ascii: "-"), UInt8(ascii: "+"): return false
    default: return true
    }
  }

  private mutating func quoted(openedBy length: Int) {
    let start = at
    var end = at + length
    while end < text.count, text.quoteLength(end) == nil { end += 1 }
    var quoted = QueryToken.Quoted(inner: (start + length)..<end, isClosed: end < text.count)
    at = quoted.isClosed ? end + (text.quoteLength(end) ?? 1) : end
    if quoted.isClosed, at < text.count {
      if text.bytes[at] == UInt8(ascii: "~"), let slop = text.number(from: at + 1, most: Self.longestDistance) {
        (quoted.slop, quoted.isCapped, at) = slop
      } else if text.bytes[at] == UInt8(ascii: "*") {
        quoted.isPrefix = true
        at += 1
      }
    }
    tokens.append(QueryToken(kind: .quoted(quoted), range: start..<at))
  }

  private func fieldName() -> (Field, end: Int)? {
    var end = at
    while end < text.count, end - at <= Self.longestName, (0x61...0x7A).contains(text.bytes[end] | 0x20) { end += 1 }
    guard end > at, end < text.count, text.bytes[end] == UInt8(ascii: ":") else { return nil }
    return Field.named(text.text(at..<end)).map { ($0, end + 1) }
  }

  /// What stands directly behind the colon of a field is its value, whatever it would mean elsewhere.
  private mutating func value() {
    let end = text.endOfChunk(at)
    guard end > at else { return }
    tokens.append(QueryToken(kind: .chunk, range: at..<end))
    at = end
  }

  /// The operator that a chunk is, if it is one.
  static func operatorKind(_ text: QueryCharacters, _ range: Range<Int>) -> QueryToken.Kind? {
    guard let first = text.bytes[range].first, "AO|&N".utf8.contains(first) else { return nil }
    switch range.count <= 4 ? text.text(range) : "" {
    case "AND", "&&": return .and
    case "OR", "||": return .or
    case "NOT": return .not
    case "NEAR": return .window(distance: defaultDistance, ordered: false, isCapped: false)
    case "ADJ": return .window(distance: defaultDistance, ordered: true, isCapped: false)
    default: break
    }
    return window(text, range, "NEAR/", ordered: false) ?? window(text, range, "ADJ/", ordered: true)
  }

  private static func window(_ text: QueryCharacters, _ range: Range<Int>, _ name: StaticString, ordered: Bool) -> QueryToken.Kind? {
    let length = name.utf8CodeUnitCount
    let isNamed = name.withUTF8Buffer { text.bytes[range].starts(with: $0) }
    guard isNamed else { return nil }
    let start = range.lowerBound + length
    if let number = text.number(from: start, most: longestDistance), number.end == range.upperBound, number.value > 0 {
      return .window(distance: number.value, ordered: ordered, isCapped: number.isCapped)
    }
    // "NEAR/FAR" are words; "NEAR/0" and "NEAR/-5" were meant to be windows.
    return start == range.upperBound || QueryCharacters.isDigit(text.bytes[start]) || "+-".utf8.contains(text.bytes[start])
      ? .badWindow : nil
  }
}
