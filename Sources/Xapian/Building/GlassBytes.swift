// How numbers and strings are written in the tables of Xapian's glass format (that of Xapian 1.4), and what the names of its entries begin
// with. Facts from Xapian's sources: common/pack.h and backends/glass.

/// First bytes of the keys of a posting table, in their order. Terms come behind all of them.
enum GlassKey {
  static let metadata: [UInt8] = [0x00, 0xC0]
  static let valueStatistics: [UInt8] = [0x00, 0xD0]
  static let values: [UInt8] = [0x00, 0xD8]
  static let lengths: [UInt8] = [0x00, 0xE0]

  /// Of the first chunk of a term's postings, or, for the empty term, of the documents' lengths.
  static func append(postingsOf term: [UInt8], to key: inout [UInt8]) {
    if term.isEmpty { key += lengths } else { key.append(sortable: term) }
  }

  /// Of a later chunk, that begins with a document.
  static func append(postingsOf term: [UInt8], from document: UInt32, to key: inout [UInt8]) {
    append(postingsOf: term, to: &key)
    if !term.isEmpty { key.append(0) }
    key.append(sortable: document)
  }

  static func values(_ slot: UInt32, from document: UInt32) -> [UInt8] {
    var key = values
    key.append(number: UInt64(slot))
    key.append(sortable: document)
    return key
  }

  static func valueStatistics(_ slot: UInt32) -> [UInt8] {
    var key = valueStatistics
    var rest = slot
    while rest > 0 {
      key.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
    return key
  }

  /// The slot that a key of `valueStatistics` is of.
  static func slot(ofStatistics key: [UInt8]) -> UInt32 {
    key.dropFirst(valueStatistics.count).reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }
}

extension [UInt8] {
  /// Appends a number, 7 bits a byte, low bits first.
  @inline(__always)
  mutating func append(number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }

  /// Appends a string: its length, then its bytes.
  mutating func append(string: some Collection<UInt8>) {
    append(number: UInt64(string.count))
    append(contentsOf: string)
  }

  /// Appends a number so that greater ones sort behind it: two bytes below 2^15, else as many ones as there are further bytes come first.
  mutating func append(sortable number: UInt32) {
    if number < 0x8000 {
      append(UInt8(number >> 8))
      append(UInt8(truncatingIfNeeded: number))
      return
    }
    let count = (37 - number.leadingZeroBitCount) / 7
    let lead = UInt32(0xFF) << (10 - UInt32(count))
    append(UInt8(truncatingIfNeeded: (count > 4 ? 0 : number >> (8 * UInt32(count - 1))) | lead))
    for index in stride(from: count - 2, through: 0, by: -1) { append(UInt8(truncatingIfNeeded: number >> (8 * UInt32(index)))) }
  }

  /// Appends a term as a key has it: behind a NUL of its own stands a byte that ends no term.
  mutating func append(sortable term: [UInt8]) {
    for byte in term {
      append(byte)
      if byte == 0 { append(0xFF) }
    }
  }

  mutating func append(bigEndian number: UInt32) { Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) } }

  mutating func set(bigEndian number: Int, at offset: Int) {
    self[offset] = UInt8(truncatingIfNeeded: number >> 8)
    self[offset + 1] = UInt8(truncatingIfNeeded: number)
  }

  func number16(at offset: Int) -> Int { Int(self[offset]) << 8 | Int(self[offset + 1]) }
  func number32(at offset: Int) -> UInt32 { UInt32(number16(at: offset)) << 16 | UInt32(number16(at: offset + 2)) }
}

/// Reads what is written above. Reading past the end, or a number that is too long, fails the cursor and gives zeros.
struct GlassCursor {
  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var at = 0
  private(set) var failed = false

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { at >= bytes.count }
  var rest: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[at...]) }

  mutating func byte() -> UInt8 {
    guard at < bytes.count else {
      failed = true
      return 0
    }
    defer { at += 1 }
    return bytes[at]
  }

  @inline(__always)
  mutating func number() -> UInt64 {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while at < bytes.count, shift < 64 {
      let byte = bytes[at]
      at += 1
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
    failed = true
    return 0
  }

  mutating func number32() -> UInt32 {
    let number = number()
    if number > UInt64(UInt32.max) { failed = true }
    return UInt32(truncatingIfNeeded: number)
  }

  mutating func bytes(_ count: Int) -> UnsafeBufferPointer<UInt8> {
    guard count >= 0, count <= bytes.count - at else {
      failed = true
      return UnsafeBufferPointer(rebasing: bytes[at..<at])
    }
    defer { at += count }
    return UnsafeBufferPointer(rebasing: bytes[at..<(at + count)])
  }

  mutating func string() -> UnsafeBufferPointer<UInt8> { bytes(Int(clamping: number())) }

  mutating func sortable() -> UInt32 {
    let first = byte()
    if first < 0x80 { return UInt32(first) << 8 | UInt32(byte()) }
    let further = (~first).leadingZeroBitCount + 1
    guard further <= 4 else {
      failed = true
      return 0
    }
    var number = UInt32(first & ~(UInt8(truncatingIfNeeded: 0xFF << (9 - further))))
    for _ in 0..<further { number = number << 8 | UInt32(byte()) }
    return number
  }
}
