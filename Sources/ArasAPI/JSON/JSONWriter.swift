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

/// Appends JSON to a buffer and sets the commas.
///
/// The buffer is its own and not an array, whose every small append would ask whether the array is shared: a reply with facets is thousands of them.
package struct JSONWriter: ~Copyable {
  private var start: UnsafeMutablePointer<UInt8>
  package private(set) var count = 0
  private var capacity: Int
  /// True where the next value or key follows another one of the same array or object.
  private var needsComma = false

  package init(capacity: Int = 1024) {
    self.capacity = max(64, capacity)
    start = .allocate(capacity: self.capacity)
  }

  deinit { start.deallocate() }

  package var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }

  // MARK: The buffer

  /// Makes room for so many bytes more.
  private mutating func reserve(_ more: Int) {
    if capacity - count < more { grow(more) }
  }

  @inline(never)
  private mutating func grow(_ more: Int) {
    capacity = max(2 * capacity, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
  }

  /// Appends where there is room.
  private mutating func put(_ byte: UInt8) {
    start[count] = byte
    count += 1
  }

  private mutating func put(_ more: UnsafeBufferPointer<UInt8>) {
    guard let from = more.baseAddress else { return }
    (start + count).update(from: from, count: more.count)
    count += more.count
  }

  // MARK: Writing

  /// Writes an object; `body` writes its members by `field`.
  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    open(UInt8(ascii: "{"))
    body(&self)
    close(UInt8(ascii: "}"))
  }

  /// Writes an array; `body` writes its values.
  package mutating func array(_ body: (inout JSONWriter) -> Void) {
    open(UInt8(ascii: "["))
    body(&self)
    close(UInt8(ascii: "]"))
  }

  /// Writes a member's name; the next value written is the member's.
  package mutating func key(_ key: String) {
    quote(key)
    reserve(1)
    put(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a member whose value is JSON already.
  package mutating func field(_ key: String, json: [UInt8]) {
    self.key(key)
    raw(json)
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

  package mutating func int(_ value: some FixedWidthInteger) {
    separate()
    // As many as any has, with the sign.
    reserve(20)
    if value < 0 { put(UInt8(ascii: "-")) }
    var rest = UInt64(value.magnitude)
    let first = count
    repeat {
      put(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    // The last digit came first.
    var digits = UnsafeMutableBufferPointer(start: start + first, count: count - first)
    digits.reverse()
    needsComma = true
  }

  /// Writes the shortest text that reads back as the same number; what JSON cannot say (infinity, not a number) is null.
  package mutating func double(_ value: Double) {
    guard value.isFinite else { return null() }
    separate()
    Self.withUTF8(of: value.description) {
      reserve($0.count)
      put($0)
    }
    needsComma = true
  }

  package mutating func string(_ value: String) { quote(value) }

  /// Writes bytes that are one JSON value already.
  package mutating func raw(_ json: [UInt8]) {
    separate()
    reserve(json.count)
    json.withUnsafeBufferPointer { put($0) }
    needsComma = true
  }

  private mutating func literal(_ text: StaticString) {
    separate()
    reserve(text.utf8CodeUnitCount)
    put(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    needsComma = true
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    reserve(1)
    put(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    reserve(1)
    put(bracket)
    needsComma = true
  }

  private mutating func separate() {
    guard needsComma else { return }
    reserve(1)
    put(UInt8(ascii: ","))
  }

  private mutating func quote(_ text: String) {
    separate()
    Self.withUTF8(of: text) { utf8 in
      reserve(utf8.count + 2)
      put(UInt8(ascii: "\""))
      var from = 0
      while case let end = Self.plainEnd(utf8, from), end < utf8.count {
        put(UnsafeBufferPointer(rebasing: utf8[from..<end]))
        escape(utf8[end])
        from = end + 1
        reserve(utf8.count - from + 1)
      }
      put(UnsafeBufferPointer(rebasing: utf8[from...]))
      put(UInt8(ascii: "\""))
    }
    needsComma = true
  }

  /// Calls with the bytes of a string, which here are always there as they are.
  private static func withUTF8(of text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    if text.utf8.withContiguousStorageIfAvailable(body) == nil { Array(text.utf8).withUnsafeBufferPointer(body) }
  }

  /// Index of the first byte from `start` on that has to be escaped; eight bytes are looked at together.
  private static func plainEnd(_ utf8: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var at = start
    let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    while at + 8 <= utf8.count {
      let word = UnsafeRawBufferPointer(utf8).loadUnaligned(fromByteOffset: at, as: UInt64.self)
      let quotes = word ^ ones &* UInt64(UInt8(ascii: "\""))
      let slashes = word ^ ones &* UInt64(UInt8(ascii: "\\"))
      // A byte's highest bit comes out set where the byte is below what was taken away: below a space, or 0.
      let found = (word &- ones &* 0x20) & ~word | (quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes
      if found & highs != 0 { break }
      at += 8
    }
    while at < utf8.count, utf8[at] >= 0x20, utf8[at] != UInt8(ascii: "\""), utf8[at] != UInt8(ascii: "\\") { at += 1 }
    return at
  }

  private mutating func escape(_ byte: UInt8) {
    reserve(6)
    put(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): put(byte)
    case 0x08: put(UInt8(ascii: "b"))
    case 0x09: put(UInt8(ascii: "t"))
    case 0x0A: put(UInt8(ascii: "n"))
    case 0x0C: put(UInt8(ascii: "f"))
    case 0x0D: put(UInt8(ascii: "r"))
    default:
      for byte in "u00".utf8 { put(byte) }
      for nibble in [byte >> 4, byte & 15] { put(nibble < 10 ? 0x30 + nibble : 0x57 + nibble) }
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
