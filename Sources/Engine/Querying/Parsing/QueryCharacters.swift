// What single characters mean in a query. Lexer, parser and canonical form all ask here, so that they cannot disagree about where a word
// ends.

/// The bytes of a query text.
struct QueryCharacters: Sendable {
  let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  var count: Int { bytes.count }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// Length of the white space at a byte, nil where there is none. Control characters count as white space.
  func spaceLength(_ index: Int) -> Int? {
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
  func quoteLength(_ index: Int) -> Int? {
    switch bytes[index] {
    case UInt8(ascii: "\""): return 1
    case 0xC2: return index + 1 < bytes.count && (bytes[index + 1] == 0xAB || bytes[index + 1] == 0xBB) ? 2 : nil
    case 0xE2: return index + 2 < bytes.count && bytes[index + 1] == 0x80 && (0x9C...0x9E).contains(bytes[index + 2]) ? 3 : nil
    default: return nil
    }
  }

  func isParenthesis(_ index: Int) -> Bool { bytes[index] == UInt8(ascii: "(") || bytes[index] == UInt8(ascii: ")") }

  /// Where the run of bytes that begins here ends: before white space, a quotation mark or a parenthesis.
  func endOfChunk(_ start: Int) -> Int {
    var end = start
    while end < count, spaceLength(end) == nil, quoteLength(end) == nil, !isParenthesis(end) { end += 1 }
    return end
  }

  /// The pieces of a range between white space.
  func words(_ range: Range<Int>) -> [Range<Int>] { pieces(range) { spaceLength($0) } }

  /// The pieces of a range between anything that means something to the parser: as literal words they read the same a second time.
  func literalWords(_ range: Range<Int>) -> [Range<Int>] {
    pieces(range) { "\"()*~+=:|&!^".utf8.contains(bytes[$0]) ? 1 : spaceLength($0) ?? quoteLength($0) }
  }

  private func pieces(_ range: Range<Int>, separatorLength: (Int) -> Int?) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    var index = start
    while index < range.upperBound {
      if let length = separatorLength(index) {
        if start < index { parts.append(start..<index) }
        index = min(index + length, range.upperBound)
        start = index
      } else {
        index += 1
      }
    }
    if start < index { parts.append(start..<index) }
    return parts
  }

  /// Whether a word can be in these bytes: a letter or a digit of any script.
  func mayBeWord(_ range: Range<Int>) -> Bool {
    if bytes[range].contains(where: { $0 < 0x80 && ((0x61...0x7A).contains($0 | 0x20) || Self.isDigit($0)) }) { return true }
    guard bytes[range].contains(where: { $0 >= 0x80 }) else { return false }
    return text(range).unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
  }

  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// A number written in digits, and where it ends; nil where no digit stands. What is larger than `most` is `most`.
  func number(from start: Int, most: Int) -> (value: Int, isCapped: Bool, end: Int)? {
    var end = start
    var value = 0
    var isCapped = false
    while end < count, Self.isDigit(bytes[end]) {
      value = value * 10 + Int(bytes[end] - 0x30)
      if value > most { (value, isCapped) = (most, true) }
      end += 1
    }
    return end == start ? nil : (value, isCapped, end)
  }
}
