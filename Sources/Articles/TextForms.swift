// Blanks and case over the bytes of a text: every line that may be a label is looked at in lower case and with single blanks, so that
// this has to cost about what a copy costs, whatever the script.

enum TextForms {
  /// A text with runs of blanks as one space and none at the ends.
  /// - Parameter text: UTF-8.
  static func collapsed(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: text.count) { out, count in
      var offset = 0
      var isPending = false
      while offset < text.count {
        let byte = text[offset]
        let blank = byte > 0x20 && byte < 0xC2 ? 0 : blankLength(text, offset)
        if blank > 0 {
          isPending = count > 0
          offset += blank
          continue
        }
        if isPending {
          out[count] = 0x20
          count += 1
          isPending = false
        }
        out[count] = byte
        count += 1
        offset += 1
      }
    }
  }

  /// Bytes of the blank at an offset; 0 where there is none.
  private static func blankLength(_ text: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Int {
    var reader = ScalarReader(text, offset..<text.count)
    guard let scalar = reader.next(), Scalars.isSpace(scalar) else { return 0 }
    return reader.offset - offset
  }

  /// A text in lower case, the Turkish İ as i.
  /// - Parameter text: UTF-8.
  static func lower(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    // A letter of two bytes may have a small one of three.
    [UInt8](unsafeUninitializedCapacity: text.count + text.count / 2 + 4) { out, count in
      var writer = ScalarWriter(out)
      lowerCase.withUnsafeBufferPointer { table in
        var reader = ScalarReader(text, 0..<text.count)
        while let scalar = reader.next() {
          if scalar < tableEnd {
            if table[Int(scalar)] != leftOut { writer.append(table[Int(scalar)]) }
          } else if hasNoCase(scalar) {
            writer.append(scalar)
          } else if let mapping = Unicode.Scalar(scalar)?.properties.lowercaseMapping {
            for part in mapping.unicodeScalars where part.value != dotAbove { writer.append(part.value) }
          }
        }
      }
      count = writer.count
    }
  }

  /// The mark that is left of İ behind the i. It says nothing there, and is left out everywhere.
  private static let dotAbove: UInt32 = 0x307
  private static let leftOut = UInt32.max
  private static let tableEnd: UInt32 = 0x590

  /// The lower case of Latin, Greek, Cyrillic and Armenian letters and of all else below `tableEnd`.
  private static let lowerCase: [UInt32] = (0..<tableEnd).map { value in
    let mapping = Unicode.Scalar(value)?.properties.lowercaseMapping.unicodeScalars.first { $0.value != dotAbove }
    return mapping?.value ?? leftOut
  }

  /// The most frequent characters without case: Hebrew to Tibetan, general punctuation, and the scripts of East Asia.
  @inline(__always)
  private static func hasNoCase(_ scalar: UInt32) -> Bool {
    (scalar >= 0x590 && scalar < 0x1000) || (scalar >= 0x2000 && scalar < 0x2100) || (scalar >= 0x3000 && scalar < 0xA000)
  }
}

/// Writes characters as UTF-8 into memory that has room for them.
private struct ScalarWriter {
  private let out: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  init(_ out: UnsafeMutableBufferPointer<UInt8>) { self.out = out }

  @inline(__always)
  mutating func append(_ scalar: UInt32) {
    if scalar < 0x80 { return put(scalar) }
    if scalar < 0x800 {
      put(0xC0 | scalar >> 6)
    } else {
      if scalar < 0x10000 {
        put(0xE0 | scalar >> 12)
      } else {
        put(0xF0 | scalar >> 18)
        put(0x80 | scalar >> 12 & 0x3F)
      }
      put(0x80 | scalar >> 6 & 0x3F)
    }
    put(0x80 | scalar & 0x3F)
  }

  @inline(__always)
  private mutating func put(_ byte: UInt32) {
    out[count] = UInt8(truncatingIfNeeded: byte)
    count += 1
  }
}
