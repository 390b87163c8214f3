// Bytes to a JSONValue: strict RFC 8259, no tolerance for comments or trailing commas, with the byte offset of whatever
// is wrong. Nesting is limited, so that a hostile line cannot exhaust the stack.

/// Says what is wrong with a JSON text, and where.
package struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
  package var message: String
  /// Byte offset of the first byte that cannot stand.
  package var offset: Int

  package init(message: String, offset: Int) {
    self.message = message
    self.offset = offset
  }

  package var description: String { "\(message) at byte \(offset)" }
}

extension JSONValue {
  /// How deep arrays and objects may nest.
  package static let depthLimit = 64

  /// Reads one JSON text; white space around it is allowed, anything else after it is an error.
  package init(parsing bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) {
    var parser = JSONParser(bytes: bytes)
    self = try parser.document()
  }

  package init(parsing bytes: [UInt8]) throws(JSONError) {
    self = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in try JSONValue(parsing: buffer) }
  }

  package init(parsing bytes: ArraySlice<UInt8>) throws(JSONError) {
    self = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in try JSONValue(parsing: buffer) }
  }

  /// Reads one JSON object and also says where in `bytes` each of its members' values stands, so that a part can be passed
  /// on as it came.
  package static func members(parsing bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) -> [(member: JSONMember, span: Range<Int>)] {
    var parser = JSONParser(bytes: bytes, recordsSpans: true)
    let value = try parser.document()
    guard case .object(let members) = value else { throw JSONError(message: "expected an object", offset: 0) }
    return Array(zip(members, parser.spans)).map { (member: $0.0, span: $0.1) }
  }

  package init(parsing text: String) throws(JSONError) {
    try self.init(parsing: Array(text.utf8))
  }
}

private struct JSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  var at = 0
  var depth = 0
  let recordsSpans: Bool
  /// Where the values of the outermost object's members stand.
  var spans: [Range<Int>] = []

  init(bytes: UnsafeBufferPointer<UInt8>, recordsSpans: Bool = false) {
    self.bytes = bytes
    self.recordsSpans = recordsSpans
  }

  mutating func document() throws(JSONError) -> JSONValue {
    skipSpace()
    let result = try value()
    skipSpace()
    guard at == bytes.count else { throw error("unexpected text after the value") }
    return result
  }

  private func error(_ message: String, at offset: Int? = nil) -> JSONError {
    JSONError(message: message, offset: offset ?? at)
  }

  private var current: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x09, 0x0A, 0x0D: at += 1
      default: return
      }
    }
  }

  private mutating func value() throws(JSONError) -> JSONValue {
    switch current {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"), 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39: return try number()
    case nil: throw error("the text ends where a value was expected")
    default: throw error("expected a value")
    }
  }

  private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    let length = word.utf8CodeUnitCount
    guard at + length <= bytes.count else { throw error("expected \(word)") }
    for i in 0..<length where bytes[at + i] != word.utf8Start[i] { throw error("expected \(word)") }
    at += length
    return value
  }

  private mutating func enter() throws(JSONError) {
    depth += 1
    guard depth <= JSONValue.depthLimit else { throw error("nested deeper than \(JSONValue.depthLimit) levels") }
    at += 1
    skipSpace()
  }

  private mutating func array() throws(JSONError) -> JSONValue {
    try enter()
    defer { depth -= 1 }
    var values: [JSONValue] = []
    if take("]") { return .array(values) }
    while true {
      values.append(try value())
      skipSpace()
      if take("]") { return .array(values) }
      guard take(",") else { throw error(current == nil ? "the list is not closed" : "expected , or ]") }
      skipSpace()
    }
  }

  private mutating func object() throws(JSONError) -> JSONValue {
    try enter()
    defer { depth -= 1 }
    var members: [JSONMember] = []
    if take("}") { return .object(members) }
    while true {
      guard current == UInt8(ascii: "\"") else { throw error("expected a member's name in quotes") }
      let key = try string()
      skipSpace()
      guard take(":") else { throw error("expected : after a member's name") }
      skipSpace()
      let start = at
      members.append(JSONMember(key, try value()))
      if recordsSpans, depth == 1 { spans.append(start..<at) }
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw error(current == nil ? "the object is not closed" : "expected , or }") }
      skipSpace()
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = at
    var whole = true
    _ = take("-")
    if take("0") {
      if isDigit { throw error("a number must not start with 0") }
    } else {
      try digits()
    }
    if take(".") {
      whole = false
      try digits()
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      whole = false
      at += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { at += 1 }
      try digits()
    }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if whole, text != "-0", let value = Int64(text) { return .int(value) }
    guard let value = Double(text), value.isFinite else { throw error("the number is out of range", at: start) }
    return .double(value)
  }

  private var isDigit: Bool { current.map { $0 >= 0x30 && $0 <= 0x39 } ?? false }

  private mutating func digits() throws(JSONError) {
    guard isDigit else { throw error("expected a digit") }
    while isDigit { at += 1 }
  }

  private mutating func string() throws(JSONError) -> String {
    at += 1
    let start = at
    while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\"), bytes[at] >= 0x20 { at += 1 }
    if current == UInt8(ascii: "\"") {  // No escape: the bytes are the string.
      let text = try validated(UnsafeBufferPointer(rebasing: bytes[start..<at]), from: start)
      at += 1
      return text
    }
    var out = Array(bytes[start..<at])
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        let text = try out.withUnsafeBufferPointer { (buffer) throws(JSONError) in try validated(buffer, from: start) }
        at += 1
        return text
      case UInt8(ascii: "\\"):
        at += 1
        try escape(into: &out)
      case 0..<0x20: throw error("a control character must be escaped")
      default:
        out.append(byte)
        at += 1
      }
    }
    throw error("the string is not closed")
  }

  private func validated(_ utf8: UnsafeBufferPointer<UInt8>, from start: Int) throws(JSONError) -> String {
    guard let text = String(validating: utf8, as: UTF8.self) else { throw error("the string is not valid UTF-8", at: start) }
    return text
  }

  private mutating func escape(into out: inout [UInt8]) throws(JSONError) {
    guard let byte = current else { throw error("the string is not closed") }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"):
      at += 1
      out.append(contentsOf: String(try scalar()).utf8)
      return
    default: throw error("unknown escape")
    }
    at += 1
  }

  /// Reads the four hexadecimal digits behind `\u`, and of the pair's second half. Half a pair alone becomes U+FFFD: it is what
  /// a caller's damaged text looks like, and no reason to refuse its request.
  private mutating func scalar() throws(JSONError) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, at + 6 <= bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") {
      let before = at
      at += 2
      let second = try hexadecimal()
      if (0xDC00...0xDFFF).contains(second), let pair = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + second - 0xDC00) {
        return pair
      }
      at = before
    }
    return "\u{FFFD}"
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current else { throw error("expected four hexadecimal digits") }
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
      case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
      default: throw error("expected four hexadecimal digits")
      }
      at += 1
    }
    return value
  }
}
