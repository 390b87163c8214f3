// Classes of Unicode scalars by range: coarse, without tables, fast enough to look at every byte of a file. Precise word finding
// is the business of TextAnalysis; here it is enough to tell prose from clutter.

/// Reads UTF-8 that is known to be valid, and stays inside its bounds even when it is not.
struct ScalarReader {
  let bytes: UnsafeBufferPointer<UInt8>
  var offset: Int
  let end: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    self.bytes = bytes
    offset = range.lowerBound
    end = range.upperBound
  }

  /// The next scalar, nil at the end.
  @inline(__always)
  mutating func next() -> UInt32? {
    guard offset < end else { return nil }
    let first = bytes[offset]
    offset += 1
    if first < 0x80 { return UInt32(first) }
    let extra = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0
    var value = UInt32(first) & (0x3F >> UInt32(extra))
    var left = extra
    while left > 0, offset < end, bytes[offset] & 0xC0 == 0x80 {
      value = value << 6 | UInt32(bytes[offset] & 0x3F)
      offset += 1
      left -= 1
    }
    return value
  }
}

enum Scalars {
  static func isSpace(_ s: UInt32) -> Bool {
    switch s {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: return true
    default: return false
    }
  }

  static func isLetter(_ s: UInt32) -> Bool {
    if s < 0x80 { return (s | 0x20) >= 0x61 && (s | 0x20) <= 0x7A }
    switch s {
    case 0xAA, 0xB5, 0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2C1, 0x370...0x37D, 0x386, 0x388...0x481, 0x48A...0x556,
      0x561...0x588, 0x5D0...0x5F2, 0x620...0x64A, 0x66E...0x6D3, 0x6D5, 0x6EE, 0x6EF, 0x6FA...0x963, 0x971...0xE3A, 0xE40...0xE4E,
      0xE81...0x1FFF, 0x2C00...0x2DFF, 0x3005, 0x3041...0x318E, 0x31A0...0x31FF, 0x3400...0xD7FF, 0xF900...0xFD3D, 0xFD50...0xFDFB,
      0xFE70...0xFEFC, 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0xFF66...0xFFDC, 0x10000...0x1EFFF, 0x20000...0x3FFFF:
      return true
    default: return false
    }
  }

  /// The value of a decimal digit of the scripts that dates are written in.
  static func digit(_ s: UInt32) -> Int? {
    switch s {
    case 0x30...0x39: return Int(s - 0x30)
    case 0x660...0x669: return Int(s - 0x660)
    case 0x6F0...0x6F9: return Int(s - 0x6F0)
    case 0xFF10...0xFF19: return Int(s - 0xFF10)
    default: return nil
    }
  }

  /// Letters of scripts written without spaces between words.
  static func isUnspaced(_ s: UInt32) -> Bool {
    switch s {
    case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3005...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: return true
    default: return false
    }
  }

  static func endsSentence(_ s: UInt32) -> Bool {
    switch s {
    case 0x21, 0x2E, 0x3F, 0x2026, 0x61F, 0x6D4, 0x589, 0x3002, 0xFF01, 0xFF0E, 0xFF1F, 0x964: return true
    default: return false
    }
  }

  /// Quotation marks and brackets that may follow the mark that ends a sentence.
  static func closes(_ s: UInt32) -> Bool {
    switch s {
    case 0x22, 0x27, 0x29, 0x5D, 0xBB, 0x2019, 0x201D, 0x201C, 0x203A, 0x300D, 0x300F, 0xFF09: return true
    default: return false
    }
  }
}
