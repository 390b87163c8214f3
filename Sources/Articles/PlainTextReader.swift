// Lines to blocks. A line is a block of its own unless the text is hard-wrapped: then the lines between two blank ones are joined,
// as far as each is about as long as the longest.

enum PlainTextReader {
  struct Line {
    var start: Int
    var end: Int
    var number: Int
    var indent: Int
    /// Scalars without the blanks at both ends.
    var length: Int
    var isBlank: Bool { start == end }
  }

  static func blocks(of text: [UInt8]) -> [Block] {
    text.withUnsafeBufferPointer { bytes in
      let lines = lines(of: bytes)
      let width = wrapWidth(of: lines)
      var blocks: [Block] = []
      var previous: Line?
      for line in lines {
        defer { previous = line }
        if line.isBlank { continue }
        if let previous, !previous.isBlank, !blocks.isEmpty, continues(line, after: previous, width: width, in: bytes) {
          blocks[blocks.count - 1].end = line.end
        } else {
          let kind: Block.Kind = startsListItem(bytes, line.start..<line.end) ? .listItem : .paragraph
          blocks.append(Block(start: line.start, end: line.end, line: line.number, kind: kind))
        }
      }
      return blocks
    }
  }

  /// Whether a line starts with a bullet or a number and a blank.
  static func startsListItem(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    var reader = ScalarReader(bytes, range)
    guard let first = reader.next() else { return false }
    switch first {
    case 0x2022, 0xB7, 0x25AA, 0x25CF, 0x25A0, 0x2023, 0x2043, 0x25E6: return true
    case 0x2D, 0x2A, 0x2B, 0x2013:
      guard let next = reader.next() else { return false }
      return Scalars.isSpace(next)
    default: break
    }
    guard Scalars.digit(first) != nil else { return false }
    var digits = 1
    while let s = reader.next() {
      if Scalars.digit(s) != nil {
        digits += 1
        if digits > 3 { return false }
        continue
      }
      guard s == 0x2E || s == 0x29, let next = reader.next() else { return false }
      return Scalars.isSpace(next)
    }
    return false
  }

  static func lines(of bytes: UnsafeBufferPointer<UInt8>) -> [Line] {
    var lines: [Line] = []
    var start = 0
    var number = 1
    while start <= bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      let trimmed = trim(bytes, start..<end)
      var length = 0
      for i in trimmed where bytes[i] & 0xC0 != 0x80 { length += 1 }
      lines.append(
        Line(start: trimmed.lowerBound, end: trimmed.upperBound, number: number, indent: trimmed.lowerBound - start, length: length))
      if end + 1 < bytes.count, bytes[end] == 0x0D, bytes[end + 1] == 0x0A { end += 1 }
      start = end + 1
      number += 1
    }
    return lines
  }

  /// The range without the blanks at its ends, those of Unicode included.
  static func trim(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    var reader = ScalarReader(bytes, range)
    while let s = reader.next(), Scalars.isSpace(s) { start = reader.offset }
    while end > start {
      var at = end - 1
      while at > start, bytes[at] & 0xC0 == 0x80 { at -= 1 }
      var last = ScalarReader(bytes, at..<end)
      guard let s = last.next(), Scalars.isSpace(s) else { break }
      end = at
    }
    return start..<max(start, end)
  }

  /// The width that lines were broken at; nil when they were not.
  private static func wrapWidth(of lines: [Line]) -> Int? {
    var lengths: [Int] = []
    for (line, next) in zip(lines, lines.dropFirst()) where !line.isBlank && !next.isBlank { lengths.append(line.length) }
    guard lengths.count >= 3 else { return nil }
    lengths.sort()
    let width = lengths[lengths.count * 9 / 10]
    guard (45...100).contains(width) else { return nil }
    let full = lengths.count { $0 * 10 >= width * 7 && $0 <= width + 10 }
    return full * 10 >= lengths.count * 6 ? width : nil
  }

  private static func continues(_ line: Line, after previous: Line, width: Int?, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard line.indent <= previous.indent + 1, !startsListItem(bytes, line.start..<line.end) else { return false }
    if let width, previous.length * 10 >= width * 7, previous.length <= width + 10 { return true }
    guard (50...100).contains(previous.length) else { return false }
    return BlockStatistics(bytes, line.start..<min(line.end, line.start + 16)).startsLower
  }
}
