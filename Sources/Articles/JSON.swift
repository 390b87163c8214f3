// A reader of JSON values from bytes: strict where it matters to find a broken record, without recursion beyond a small depth.

enum JSON: Equatable, Sendable {
  case null
  case bool(Bool)
  /// Kept as written.
  case number(String)
  case string(String)
  case array([JSON])
  case object([(key: String, value: JSON)])

  static func == (a: JSON, b: JSON) -> Bool {
    switch (a, b) {
    case (.null, .null): return true
    case (.bool(let x), .bool(let y)): return x == y
    case (.number(let x), .number(let y)), (.string(let x), .string(let y)): return x == y
    case (.array(let x), .array(let y)): return x == y
    case (.object(let x), .object(let y)): return x.count == y.count && zip(x, y).allSatisfy { $0.key == $1.key && $0.value == $1.value }
    default: return false
    }
  }

  /// The value of a key of an object, the last one when it is there twice.
  subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  /// The text of a string or a number.
  var text: String? {
    switch self {
    case .string(let text), .number(let text): return text
    default: return nil
    }
  }

  /// The texts of a string, or of the strings of an array; of objects their `name`.
  var texts: [String] {
    switch self {
    case .string(let text), .number(let text): return [text]
    case .array(let values): return values.flatMap(\.texts)
    case .object: return (self["name"] ?? self["text"] ?? self["@value"])?.text.map { [$0] } ?? []
    default: return []
    }
  }

  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) -> JSON {
    var parser = JSONParser(bytes: bytes)
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.at == bytes.count else { throw parser.error("something follows the value") }
    return value
  }
}

/// What is wrong, and at which byte of what was parsed.
struct JSONError: Error, Equatable {
  var offset: Int
  var message: String
}

private struct JSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  var at = 0
  static let deepest = 128

  func error(_ message: String) -> JSONError {
    JSONError(offset: at, message: message)
  }

  mutating func skipSpace() {
    while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 { at += 1 }
  }

  mutating func value(depth: Int) throws(JSONError) -> JSON {
    guard depth < Self.deepest else { throw error("nested deeper than \(Self.deepest)") }
    skipSpace()
    guard at < bytes.count else { throw error("ends where a value is expected") }
    switch bytes[at] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "N"): return try word("NaN", .null)
    case UInt8(ascii: "-"), 0x30...0x39: return number()
    default: throw error("a value cannot start with this byte")
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
    let count = word.utf8CodeUnitCount
    guard at + count <= bytes.count else { throw error("ends inside \(word)") }
    for i in 0..<count where bytes[at + i] != word.utf8Start[i] { throw error("unknown word") }
    at += count
    return value
  }

  private mutating func number() -> JSON {
    let start = at
    while at < bytes.count, (0x30...0x39).contains(bytes[at]) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(bytes[at]) { at += 1 }
    return .number(String(decoding: bytes[start..<at], as: UTF8.self))
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSON {
    at += 1
    var values: [JSON] = []
    skipSpace()
    if at < bytes.count, bytes[at] == UInt8(ascii: "]") {
      at += 1
      return .array(values)
    }
    while true {
      values.append(try value(depth: depth + 1))
      if try ends(with: UInt8(ascii: "]")) { return .array(values) }
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSON {
    at += 1
    var members: [(key: String, value: JSON)] = []
    skipSpace()
    if at < bytes.count, bytes[at] == UInt8(ascii: "}") {
      at += 1
      return .object(members)
    }
    while true {
      skipSpace()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw error("a key in quotation marks is expected") }
      let key = try string()
      skipSpace()
      guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { throw error("a colon is expected") }
      at += 1
      members.append((key, try value(depth: depth + 1)))
      if try ends(with: UInt8(ascii: "}")) { return .object(members) }
    }
  }

  /// Steps over a comma (false) or the closing bracket (true).
  private mutating func ends(with close: UInt8) throws(JSONError) -> Bool {
    skipSpace()
    guard at < bytes.count else { throw error("ends before its closing bracket") }
    defer { at += 1 }
    if bytes[at] == close { return true }
    guard bytes[at] == UInt8(ascii: ",") else { throw error("a comma or a closing bracket is expected") }
    return false
  }

  private mutating func string() throws(JSONError) -> String {
    at += 1
    let start = at
    while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") { at += 1 }
    guard at < bytes.count else { throw error("a string without its closing quotation mark") }
    if bytes[at] == UInt8(ascii: "\"") {
      defer { at += 1 }
      return String(decoding: bytes[start..<at], as: UTF8.self)
    }
    var out = Array(bytes[start..<at])
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: out, as: UTF8.self) }
      if byte != UInt8(ascii: "\\") {
        out.append(byte)
        continue
      }
      guard at < bytes.count else { break }
      let escape = bytes[at]
      at += 1
      switch escape {
      case UInt8(ascii: "n"): out.append(0x0A)
      case UInt8(ascii: "t"): out.append(0x09)
      case UInt8(ascii: "r"): out.append(0x0D)
      case UInt8(ascii: "b"): out.append(0x08)
      case UInt8(ascii: "f"): out.append(0x0C)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(escape)
      case UInt8(ascii: "u"): out += Array(String(Character(try unicodeEscape())).utf8)
      default: throw error("an unknown escape")
      }
    }
    throw error("a string without its closing quotation mark")
  }

  /// After `\u`: a scalar, of two escapes where they are surrogates; a lone surrogate is U+FFFD.
  private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
    let first = try hex()
    if (0xD800..<0xDC00).contains(first), at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") {
      let back = at
      at += 2
      let second = try hex()
      if (0xDC00..<0xE000).contains(second) { return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}" }
      at = back
    }
    return Unicode.Scalar(first) ?? "\u{FFFD}"
  }

  private mutating func hex() throws(JSONError) -> UInt32 {
    guard at + 4 <= bytes.count else { throw error("ends inside an escape") }
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = bytes[at]
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(byte - 0x41 + 10)
      case 0x61...0x66: value = value << 4 | UInt32(byte - 0x61 + 10)
      default: throw error("an escape with a letter that is no hexadecimal digit")
      }
      at += 1
    }
    return value
  }
}
