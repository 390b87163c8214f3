// Where a stretch of text may begin and end: between whole words with the signs that belong to them, at blanks where the script has any,
// and never inside what a reader sees as one character.
import TextAnalysis

struct TextEdges {
  let text: UnsafeBufferPointer<UInt8>
  let words: [Word]

  /// The longest stretch of at most `length` bytes around `core`, inside `bounds`, with some words before the core where there is room.
  /// A core that is too long by itself is shown from its beginning; one word is shown whole however long it is.
  func stretch(around core: Range<Int>, in bounds: Range<Int>, length: Int) -> Range<Int> {
    guard bounds.count > length else { return TextEdges.trimmed(text, bounds) }
    let room = length - core.count
    guard room >= 0 else { return TextEdges.trimmed(text, core.lowerBound..<end(from: core.lowerBound, length: length, bounds)) }
    var start = bounds.lowerBound
    if core.lowerBound - start > room / 2 { start = self.start(from: core.lowerBound - room / 3, core.lowerBound, room, bounds) }
    var end = self.end(from: start, length: length, bounds)
    // The last word of the core may be one that the next belongs to: it is shown all the same, with the signs on its letters where they fit.
    let whole = min(bounds.upperBound, Boundaries.ceil(text, core.upperBound))
    if end < whole, whole - start <= length { end = whole }
    // What is left over behind the end of the sentence is given to what stands before.
    if end == bounds.upperBound, start > bounds.lowerBound {
      start = self.start(from: end - length, core.lowerBound, room, bounds)
    }
    return TextEdges.trimmed(text, start..<end)
  }

  /// The first place at or behind an offset where a stretch that has to show `core` may begin, else the last one before it.
  private func start(from offset: Int, _ core: Int, _ room: Int, _ bounds: Range<Int>) -> Int {
    let first = firstWord(startingAt: offset)
    var index = first
    while index < words.count, Int(words[index].start) <= core {
      if let place = beginning(index), place >= offset, place <= core, isSafe(place) { return max(place, bounds.lowerBound) }
      index += 1
    }
    index = first - 1
    while index >= 0, Int(words[index].start) > bounds.lowerBound, core - Int(words[index].start) <= room {
      if let place = beginning(index), place >= bounds.lowerBound, core - place <= room, isSafe(place) { return place }
      index -= 1
    }
    return Boundaries.floor(text, core)
  }

  /// The last place where a stretch from `start` on may end; at least one word, or one character where there are no words.
  private func end(from start: Int, length: Int, _ bounds: Range<Int>) -> Int {
    let limit = start + length
    if limit >= bounds.upperBound { return bounds.upperBound }
    let first = firstWord(startingAt: start)
    guard first < words.count, Int(words[first].start) < bounds.upperBound else {
      let cut = Boundaries.floor(text, limit)
      return min(bounds.upperBound, cut > start ? cut : Boundaries.ceil(text, start + 1))
    }
    var index = firstWord(startingAt: limit) - 1
    let last = index
    while index >= first {
      if let place = ending(index), place <= limit, isSafe(place) { return place }
      index -= 1
    }
    // No blank in reach: between words, as in an address.
    index = last
    while index > first {
      let place = Int(words[index].end)
      if place <= limit, isSafe(place) { return place }
      index -= 1
    }
    return min(bounds.upperBound, Boundaries.ceil(text, max(Int(words[first].end), start + 1)))
  }

  // MARK: Words

  private func firstWord(startingAt offset: Int) -> Int {
    var low = 0
    var high = words.count
    while low < high {
      let middle = (low + high) / 2
      if Int(words[middle].start) >= offset { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Where a stretch that starts with a word begins, with the quotation mark or currency sign before it; nil where the word belongs to
  /// the one before.
  private func beginning(_ index: Int) -> Int? {
    let word = words[index]
    let previous = index > 0 ? Int(words[index - 1].end) : 0
    var place = Int(word.start)
    while place > previous, !isBlank(endingAt: place) { place -= 1 }
    if place > previous || index == 0 { return place }
    return word.flags.contains(.cjk) || words[index - 1].flags.contains(.cjk) ? max(previous, Int(word.start)) : nil
  }

  /// Where a stretch that ends with a word ends, with the punctuation behind it; nil where the next word belongs to it.
  private func ending(_ index: Int) -> Int? {
    let word = words[index]
    let next = index + 1 < words.count ? Int(words[index + 1].start) : text.count
    var place = Int(word.end)
    while place < next, blankLength(at: place) == 0 { place += 1 }
    if place < next || index + 1 == words.count { return place }
    return word.flags.contains(.cjk) || words[index + 1].flags.contains(.cjk) ? max(Int(word.end), next) : nil
  }

  private func isSafe(_ offset: Int) -> Bool { Boundaries.isBoundary(text, at: offset) }

  // MARK: Blanks

  private func blankLength(at offset: Int) -> Int { TextEdges.blankLength(text, at: offset) }

  private func isBlank(endingAt offset: Int) -> Bool {
    if text[offset - 1] <= 0x20 { return true }
    return [2, 3].contains { $0 <= offset && blankLength(at: offset - $0) == $0 }
  }

  /// The bytes of the blank at an offset, 0 where there is none. No-break blanks are none.
  private static func blankLength(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
    let byte = text[offset]
    if byte <= 0x20 { return 1 }
    if byte < 0xC2 || offset + 1 >= text.count { return 0 }
    let second = text[offset + 1]
    if byte == 0xC2 { return second == 0x85 ? 2 : 0 }
    guard offset + 2 < text.count else { return 0 }
    let third = text[offset + 2]
    switch (byte, second) {
    // U+1680; U+2000 to U+200B but U+2007, U+2028 and U+2029; U+205F; U+3000.
    case (0xE1, 0x9A): return third == 0x80 ? 3 : 0
    case (0xE2, 0x80): return third <= 0x8B && third != 0x87 || third == 0xA8 || third == 0xA9 ? 3 : 0
    case (0xE2, 0x81): return third == 0x9F ? 3 : 0
    case (0xE3, 0x80): return third == 0x80 ? 3 : 0
    default: return 0
    }
  }

  /// A range without the blanks at its ends, no-break ones included.
  static func trimmed(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let length = spaceLength(text, at: low)
      if length == 0 { break }
      low = min(high, low + length)
    }
    while high > low {
      guard let length = [1, 2, 3].first(where: { high - low >= $0 && spaceLength(text, at: high - $0) == $0 }) else { break }
      high -= length
    }
    return low..<high
  }

  private static func spaceLength(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
    let length = blankLength(text, at: offset)
    if length > 0 || text[offset] < 0xC2 { return length }
    let rest = text[offset...].prefix(3)
    // U+00A0, U+2007, U+202F.
    if rest.starts(with: [0xC2, 0xA0]) { return 2 }
    return rest.elementsEqual([0xE2, 0x80, 0x87]) || rest.elementsEqual([0xE2, 0x80, 0xAF]) ? 3 : 0
  }

  static func trimmed(_ text: [UInt8], _ range: Range<Int>) -> Range<Int> {
    text.withUnsafeBufferPointer { trimmed($0, range) }
  }

  /// Whether there is nothing but blanks in a range.
  static func isBlank(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool { trimmed(text, range).isEmpty }
}
