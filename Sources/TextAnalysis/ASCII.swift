// The classes of ASCII characters, for the short way through plain words.

enum ASCII {
  static let other: UInt8 = 0
  static let lower: UInt8 = 1
  static let upper: UInt8 = 2
  static let digit: UInt8 = 4

  /// Never freed and never written after it is published.
  nonisolated(unsafe) static let classes: UnsafePointer<UInt8> = {
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 128)
    table.initialize(repeating: other, count: 128)
    for byte in UInt8(ascii: "a")...UInt8(ascii: "z") { table[Int(byte)] = lower }
    for byte in UInt8(ascii: "A")...UInt8(ascii: "Z") { table[Int(byte)] = upper }
    for byte in UInt8(ascii: "0")...UInt8(ascii: "9") { table[Int(byte)] = digit }
    return UnsafePointer(table)
  }()

  /// Whether the word from `start` may be longer than the ASCII letters and digits before `offset`.
  @inline(__always)
  static func mayGoOn(_ text: TextBytes, _ start: Int, _ offset: Int, _ tables: UnicodeTables) -> Bool {
    let byte = text[offset]
    if byte == 0x20 { return false }
    if byte >= 0x80 {
      let kind = tables.properties(text.decode(offset).scalar).kind
      return kind != .breaking && kind != .ideograph
    }
    switch byte {
    case 0x27, 0x60:
      return isWordlike(text, offset + 1)
    case 0x2E:
      return isWordlike(text, offset + 1) && (offset == start + 1 || classes[Int(text[offset - 1])] == digit)
    case 0x2C:
      return classes[Int(text[offset - 1])] == digit && isWordlike(text, offset + 1)
    default:
      return false
    }
  }

  @inline(__always)
  private static func isWordlike(_ text: TextBytes, _ offset: Int) -> Bool {
    offset < text.count && (text[offset] >= 0x80 || classes[Int(text[offset])] != other)
  }
}
