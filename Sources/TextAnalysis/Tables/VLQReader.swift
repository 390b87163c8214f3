// Reads the integers of a base64 VLQ literal, the form in which UnicodeData.swift holds its tables.

struct VLQReader {
  private let bytes: UnsafePointer<UInt8>
  private let count: Int
  private var offset = 0

  init(_ literal: StaticString) {
    bytes = literal.utf8Start
    count = literal.utf8CodeUnitCount
  }

  var isAtEnd: Bool { offset >= count }

  mutating func unsigned() -> Int {
    var value = 0
    var shift = 0
    while offset < count {
      let digit = VLQReader.digit(bytes[offset])
      offset += 1
      value |= (digit & 31) << shift
      shift += 5
      if digit & 32 == 0 { break }
    }
    return value
  }

  mutating func signed() -> Int {
    let value = unsigned()
    return value & 1 == 0 ? value >> 1 : -((value + 1) >> 1)
  }

  private static func digit(_ byte: UInt8) -> Int {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    default: 63
    }
  }

  /// The runs of a literal of (length, value) pairs that covers all code points.
  static func runs(_ literal: StaticString) -> [(range: Range<Int>, value: UInt32)] {
    var reader = VLQReader(literal)
    var start = 0
    var result: [(range: Range<Int>, value: UInt32)] = []
    while !reader.isAtEnd {
      let end = start + reader.unsigned()
      result.append((start..<end, UInt32(reader.unsigned())))
      start = end
    }
    return result
  }
}
