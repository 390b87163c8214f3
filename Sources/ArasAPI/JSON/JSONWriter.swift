// Values to JSON bytes, without a tree in between: each wire type writes its own members in the contract's order.
// The output never holds a line feed, so that one value is one line of the socket.

/// Says that a value can write itself as JSON.
package protocol JSONWritable {
  func write(to writer: inout JSONWriter)
}

extension JSONWritable {
  /// Returns the value as JSON bytes, on one line and without a line feed.
  package var jsonBytes: [UInt8] {
    var writer = JSONWriter()
    writer.value(self)
    return writer.bytes
  }

  package var jsonText: String { String(decoding: jsonBytes, as: UTF8.self) }
}

/// Appends JSON to a byte buffer and sets the commas.
package struct JSONWriter: Sendable {
  package private(set) var bytes: [UInt8] = []
  /// True where the next value or key follows another one of the same array or object.
  private var needsComma = false

  package init(capacity: Int = 1024) { bytes.reserveCapacity(capacity) }

  /// Writes an object; `body` writes its members by `field`.
  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(UInt8(ascii: "{"))
    needsComma = false
    body(&self)
    bytes.append(UInt8(ascii: "}"))
    needsComma = true
  }

  /// Writes an array; `body` writes its values.
  package mutating func array(_ body: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(UInt8(ascii: "["))
    needsComma = false
    body(&self)
    bytes.append(UInt8(ascii: "]"))
    needsComma = true
  }

  /// Writes a member's name; the next value written is the member's.
  package mutating func key(_ key: String) {
    separate()
    quote(key)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a member whose value is JSON already.
  package mutating func field(_ key: String, json: [UInt8]) {
    self.key(key)
    bytes.append(contentsOf: json)
    needsComma = true
  }

  package mutating func field(_ key: String, _ value: some JSONWritable) {
    self.key(key)
    value.write(to: &self)
  }

  /// Writes the member only where there is a value; `field` writes null for a missing one.
  package mutating func fieldIfPresent(_ key: String, _ value: (some JSONWritable)?) {
    if let value { field(key, value) }
  }

  package mutating func value(_ value: some JSONWritable) { value.write(to: &self) }

  package mutating func null() { literal("null") }
  package mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }
  package mutating func int(_ value: some BinaryInteger) { literal(String(value)) }

  /// Writes the shortest text that reads back as the same number; what JSON cannot say (infinity, not a number) is null.
  package mutating func double(_ value: Double) { literal(value.isFinite ? value.description : "null") }

  package mutating func string(_ value: String) {
    separate()
    quote(value)
    needsComma = true
  }

  /// Writes bytes that are one JSON value already.
  package mutating func raw(_ json: some Collection<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
    needsComma = true
  }

  private mutating func literal(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
  }

  private mutating func quote(_ text: String) {
    var text = text
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8 { utf8 in
      var from = 0
      for i in 0..<utf8.count where utf8[i] < 0x20 || utf8[i] == UInt8(ascii: "\"") || utf8[i] == UInt8(ascii: "\\") {
        bytes.append(contentsOf: utf8[from..<i])
        escape(utf8[i])
        from = i + 1
      }
      bytes.append(contentsOf: utf8[from...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      bytes.append(contentsOf: "u00".utf8)
      for nibble in [byte >> 4, byte & 15] { bytes.append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble) }
    }
  }
}

extension String: JSONWritable {
  package func write(to writer: inout JSONWriter) { writer.string(self) }
}

extension Bool: JSONWritable {
  package func write(to writer: inout JSONWriter) { writer.bool(self) }
}

extension Int: JSONWritable {
  package func write(to writer: inout JSONWriter) { writer.int(self) }
}

extension UInt64: JSONWritable {
  package func write(to writer: inout JSONWriter) { writer.int(self) }
}

extension Double: JSONWritable {
  package func write(to writer: inout JSONWriter) { writer.double(self) }
}

extension Optional: JSONWritable where Wrapped: JSONWritable {
  package func write(to writer: inout JSONWriter) {
    if let self { self.write(to: &writer) } else { writer.null() }
  }
}

extension Array: JSONWritable where Element: JSONWritable {
  package func write(to writer: inout JSONWriter) {
    writer.array { for element in self { element.write(to: &$0) } }
  }
}

extension JSONWritable where Self: RawRepresentable, RawValue == String {
  package func write(to writer: inout JSONWriter) { writer.string(rawValue) }
}

extension JSONValue: JSONWritable {
  package func write(to writer: inout JSONWriter) {
    switch self {
    case .null: writer.null()
    case .bool(let value): writer.bool(value)
    case .int(let value): writer.int(value)
    case .double(let value): writer.double(value)
    case .string(let value): writer.string(value)
    case .array(let values): values.write(to: &writer)
    case .object(let members): writer.object { for member in members { $0.field(member.key, member.value) } }
    }
  }
}
