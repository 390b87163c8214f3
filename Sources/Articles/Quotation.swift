// What stands between a pair of quotation marks, and what stands around it.

struct Quotation: Equatable {
  /// Bytes of the text from behind the opening mark to the closing one.
  var inside: Range<Int>
  /// Bytes of the text with both marks.
  var whole: Range<Int>

  /// No longer one is looked for, in characters.
  private static let longest = 1500

  /// The quotations of a text, in order. None goes over a line's end, and none begins in another.
  static func all(in text: UnsafeBufferPointer<UInt8>) -> [Quotation] {
    var found: [Quotation] = []
    var offset = 0
    while offset < text.count {
      // The first bytes of the marks that open one.
      let byte = text[offset]
      guard byte == 0x22 || byte == 0xC2 || byte == 0xE2 else {
        offset += 1
        continue
      }
      var reader = ScalarReader(text, offset..<text.count)
      guard let mark = reader.next(), let closing = closing(mark) else {
        offset = reader.offset
        continue
      }
      let start = reader.offset
      var characters = 0
      while let scalar = reader.next() {
        characters += 1
        if scalar == closing.0 || scalar == closing.1 {
          let end = reader.offset - (scalar == 0x22 ? 1 : scalar < 0x800 ? 2 : 3)
          found.append(Quotation(inside: start..<end, whole: offset..<reader.offset))
          break
        }
        if scalar == 0x0A || characters > longest { break }
      }
      offset = reader.offset
    }
    return found
  }

  /// The marks that close what a mark opens; nil for any other character.
  private static func closing(_ mark: UInt32) -> (UInt32, UInt32)? {
    switch mark {
    case 0x22: (0x22, 0x22)
    case 0x201C: (0x201D, 0x22)
    case 0x201E: (0x201C, 0x201D)
    case 0xAB: (0xBB, 0xBB)
    default: nil
    }
  }

  /// Bytes of so many characters before the opening mark, or of as many as there are.
  func before(_ count: Int, in text: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    var start = whole.lowerBound
    for _ in 0..<count where start > 0 {
      start -= 1
      while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
    }
    return start..<whole.lowerBound
  }

  /// Bytes of so many characters behind the closing mark, or of as many as there are.
  func after(_ count: Int, in text: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    var reader = ScalarReader(text, whole.upperBound..<text.count)
    for _ in 0..<count where reader.next() == nil { break }
    return whole.upperBound..<reader.offset
  }
}
