// Query text to tokens. Every token keeps its bytes, so that a warning can point at what it means and anything that turns out not to be
// an operator can be read as the literal words it was typed as.

struct QueryToken: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case open, close
    case and, or, not
    case near(distance: Int), adjacent(distance: Int)
    /// `-`, `+` directly before an operand.
    case minus, plus
    /// `name:` of a known field, directly before its value.
    case field(Field)
    /// What stands between quotes; `slop` from `~n` behind them.
    case quoted(Range<Int>, slop: Int?, closed: Bool)
    /// Anything else up to a space, a parenthesis or a quote; `field:` prefixes are taken off.
    case chunk
  }

  var kind: Kind
  /// Bytes of the query text.
  var range: Range<Int>
}

struct QueryLexer {
  private let bytes: [UInt8]
  private var at = 0
  private var tokens: [QueryToken] = []

  static let defaultDistance = 10
  static let longestDistance = 1000

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func tokens(of bytes: [UInt8]) -> [QueryToken] {
    var lexer = QueryLexer(bytes)
    lexer.run()
    return lexer.tokens
  }

  private mutating func run() {
    while at < bytes.count {
      if let space = spaceLength(at) {
        at += space
      } else if bytes[at] == UInt8(ascii: "(") {
        single(.open)
      } else if bytes[at] == UInt8(ascii: ")") {
        single(.close)
      } else if let quote = quoteLength(at) {
        quoted(openedBy: quote)
      } else if bytes[at] == UInt8(ascii: "-"), isBehindOperand {
        // A hyphen: "(H2A)-histone" excludes nothing.
        at += 1
      } else if bytes[at] == UInt8(ascii: "-"), startsOperand(at + 1) {
        single(.minus)
      } else if bytes[at] == UInt8(ascii: "+"), startsOperand(at + 1) {
        single(.plus)
      } else {
        chunk()
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
    guard index < bytes.count, spaceLength(index) == nil else { return false }
    switch bytes[index] {
    case UInt8(ascii: ")"), UInt8(ascii: "-"), UInt8(ascii: "+"): return false
    default: return true
    }
  }

  private mutating func quoted(openedBy length: Int) {
    let start = at
    var end = at + length
    while end < bytes.count, quoteLength(end) == nil { end += 1 }
    let closed = end < bytes.count
    let inner = (start + length)..<end
    at = closed ? end + (quoteLength(end) ?? 1) : end
    var slop: Int?
    if closed, at < bytes.count, bytes[at] == UInt8(ascii: "~") {
      let (number, next) = digits(from: at + 1)
      if let number {
        slop = min(number, Self.longestDistance)
        at = next
      }
    }
    tokens.append(QueryToken(kind: .quoted(inner, slop: slop, closed: closed), range: start..<at))
  }

  private mutating func chunk() {
    let start = at
    while at < bytes.count, spaceLength(at) == nil, quoteLength(at) == nil, bytes[at] != UInt8(ascii: "("), bytes[at] != UInt8(ascii: ")") {
      if bytes[at] == UInt8(ascii: ":"), let field = Field.named(String(decoding: bytes[start..<at], as: UTF8.self)) {
        at += 1
        tokens.append(QueryToken(kind: .field(field), range: start..<at))
        return
      }
      at += 1
    }
    if at == start { at += 1 }
    let range = start..<at
    tokens.append(QueryToken(kind: operatorKind(range) ?? .chunk, range: range))
  }

  private func operatorKind(_ range: Range<Int>) -> QueryToken.Kind? {
    guard range.count <= 9 else { return nil }
    let text = String(decoding: bytes[range], as: UTF8.self)
    switch text {
    case "AND", "&&": return .and
    case "OR", "||": return .or
    case "NOT": return .not
    case "NEAR": return .near(distance: Self.defaultDistance)
    case "ADJ": return .adjacent(distance: Self.defaultDistance)
    default: break
    }
    for (name, make) in [("NEAR/", { QueryToken.Kind.near(distance: $0) }), ("ADJ/", { .adjacent(distance: $0) })]
      as [(String, (Int) -> QueryToken.Kind)]
    where text.hasPrefix(name) {
      let (number, next) = digits(from: range.lowerBound + name.utf8.count)
      if let number, next == range.upperBound, number > 0 { return make(min(number, Self.longestDistance)) }
    }
    return nil
  }

  private func digits(from start: Int) -> (Int?, Int) {
    var end = start
    var value = 0
    while end < bytes.count, (0x30...0x39).contains(bytes[end]), end - start < 6 {
      value = value * 10 + Int(bytes[end] - 0x30)
      end += 1
    }
    return (end == start ? nil : value, end)
  }

  /// Length of the white space at a byte, nil where there is none.
  private func spaceLength(_ index: Int) -> Int? {
    switch bytes[index] {
    case 0x00...0x20, 0x7F: return 1
    case 0xC2: return index + 1 < bytes.count && (bytes[index + 1] == 0xA0 || bytes[index + 1] == 0x85) ? 2 : nil
    case 0xE2:
      guard index + 2 < bytes.count, bytes[index + 1] == 0x80 else { return nil }
      // U+2000 to U+200A, U+2028, U+2029, U+202F
      return (0x80...0x8A).contains(bytes[index + 2]) || [0xA8, 0xA9, 0xAF].contains(bytes[index + 2]) ? 3 : nil
    case 0xE3: return index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x80 ? 3 : nil
    default: return nil
    }
  }

  /// Length of the double quotation mark at a byte: straight, “ ” „ or « ».
  private func quoteLength(_ index: Int) -> Int? {
    switch bytes[index] {
    case UInt8(ascii: "\""): return 1
    case 0xC2: return index + 1 < bytes.count && (bytes[index + 1] == 0xAB || bytes[index + 1] == 0xBB) ? 2 : nil
    case 0xE2: return index + 2 < bytes.count && bytes[index + 1] == 0x80 && (0x9C...0x9E).contains(bytes[index + 2]) ? 3 : nil
    default: return nil
    }
  }
}
