// The compact form in which records are stored: unsigned variable-length numbers, and strings with their length before them.

struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func number(_ value: some BinaryInteger) {
    var rest = UInt64(truncatingIfNeeded: value)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Bytes that `number` writes.
  static func length(of value: UInt32) -> Int {
    value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : value < 1 << 28 ? 4 : 5
  }

  mutating func byte(_ value: UInt8) { bytes.append(value) }

  mutating func signed(_ value: Int) { number(UInt64(bitPattern: Int64((value << 1) ^ (value >> (Int.bitWidth - 1))))) }

  mutating func data(_ value: some Collection<UInt8>) {
    number(value.count)
    bytes.append(contentsOf: value)
  }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  mutating func append(_ value: some Collection<UInt8>) { bytes.append(contentsOf: value) }

  mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

  mutating func string(_ value: String) { data(value.utf8) }

  /// An absent string is one byte.
  mutating func optional(_ value: String?) {
    number(value == nil ? 0 : 1)
    if let value { string(value) }
  }

  mutating func strings(_ values: [String]) { list(values) { $0.string($1) } }

  mutating func list<Element>(_ values: [Element], _ body: (inout ByteWriter, Element) -> Void) {
    number(values.count)
    for value in values { body(&self, value) }
  }

  mutating func float(_ value: Float) {
    var bits = value.bitPattern
    for _ in 0..<4 {
      bytes.append(UInt8(truncatingIfNeeded: bits))
      bits >>= 8
    }
  }

  /// A float that is nearly always a few quarters.
  mutating func smallFloat(_ value: Float) {
    let quarters = value * 4
    if value.sign == .plus, quarters < Float(1 << 20), quarters == Float(UInt32(quarters)) {
      number(UInt32(quarters) << 1)
    } else {
      byte(1)
      float(value)
    }
  }
}

/// Reads what `ByteWriter` wrote. A record that ends too early reads as zeros and empty strings and sets `failed`.
struct ByteReader<Bytes: RandomAccessCollection> where Bytes.Element == UInt8, Bytes.Index == Int {
  private let bytes: Bytes
  /// The next byte.
  private(set) var at: Int
  private(set) var failed = false

  init(_ bytes: Bytes) {
    self.bytes = bytes
    at = bytes.startIndex
  }

  var isAtEnd: Bool { at >= bytes.endIndex }

  /// Whether there are so many bytes left.
  func isLeft(_ count: Int) -> Bool { count >= 0 && count <= bytes.endIndex - at }

  @inline(__always)
  mutating func number() -> Int {
    if at < bytes.endIndex, bytes[at] < 0x80 {
      at += 1
      return Int(bytes[at - 1])
    }
    return longNumber()
  }

  private mutating func longNumber() -> Int {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while at < bytes.endIndex, shift <= 63 {
      let byte = bytes[at]
      at += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return Int(truncatingIfNeeded: value) }
      shift += 7
    }
    failed = true
    return 0
  }

  mutating func signed() -> Int {
    let raw = UInt64(bitPattern: Int64(number()))
    return Int(Int64(bitPattern: (raw >> 1) ^ (0 &- (raw & 1))))
  }

  /// Where bytes lie whose number stands before them.
  @inline(__always)
  mutating func range() -> Range<Int> { range(number()) }

  /// Where the next bytes lie.
  @inline(__always)
  mutating func range(_ count: Int) -> Range<Int> {
    guard isLeft(count) else {
      failed = true
      return at..<at
    }
    defer { at += count }
    return at..<at + count
  }

  mutating func data() -> [UInt8] { Array(bytes[range()]) }

  mutating func string() -> String { String(decoding: bytes[range()], as: UTF8.self) }

  mutating func optional() -> String? { number() == 0 ? nil : string() }

  mutating func strings() -> [String] { list { $0.string() } }

  mutating func list<Element>(_ body: (inout ByteReader) -> Element) -> [Element] {
    let count = number()
    var values: [Element] = []
    values.reserveCapacity(Swift.min(Swift.max(count, 0), bytes.endIndex - at))
    for _ in 0..<Swift.max(count, 0) {
      if failed { break }
      values.append(body(&self))
    }
    return values
  }

  mutating func float() -> Float {
    guard bytes.endIndex - at >= 4 else {
      failed = true
      return 0
    }
    defer { at += 4 }
    var bits: UInt32 = 0
    for i in 0..<4 { bits |= UInt32(bytes[at + i]) << UInt32(8 * i) }
    return Float(bitPattern: bits)
  }

  mutating func smallFloat() -> Float {
    let number = number()
    return number & 1 == 0 ? Float(number >> 1) / 4 : float()
  }

  mutating func byte() -> UInt8 {
    guard at < bytes.endIndex else {
      failed = true
      return 0
    }
    defer { at += 1 }
    return bytes[at]
  }

  /// Notes that what was read cannot be.
  mutating func fail() { failed = true }

  /// Reads a list of numbers into an array that is emptied before.
  mutating func numbers(into list: inout [UInt32]) {
    list.removeAll(keepingCapacity: true)
    for _ in 0..<Swift.max(0, number()) {
      if failed { break }
      list.append(UInt32(truncatingIfNeeded: number()))
    }
  }

  /// Reads so many numbers, of which each takes a byte at least.
  @inline(__always)
  mutating func numbers(_ count: Int, _ made: (Int) -> UInt32) -> [UInt32] {
    Array(unsafeUninitializedCapacity: count) { numbers, filled in
      for index in 0..<count { numbers[index] = made(number()) }
      filled = count
    }
  }

  // MARK: Going past

  mutating func skip(_ count: Int) { _ = range(count) }

  mutating func skipData() { _ = range() }
}

/// Reads bytes where they lie, as long as they are lent.
typealias ByteCursor = ByteReader<UnsafeBufferPointer<UInt8>>
