// Splits a text into sentences. A sentence ends at . ! ? … and their relatives in other scripts, with the closing quotes
// and brackets behind them, where what follows can begin one; not behind abbreviations, initials, in numbers, in
// brackets, or in a quotation that the sentence goes on after.

package enum Sentences {
  /// The ranges of the sentences in order, without the blanks between them; a blank line always ends one.
  package static func split(_ text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    guard let base = text.baseAddress, !text.isEmpty else { return [] }
    var splitter = SentenceSplitter(text: TextBytes(base: base, count: text.count))
    return splitter.run()
  }

  /// The range of the first sentence; what stands behind it is not looked at.
  package static func first(_ text: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    guard let base = text.baseAddress, !text.isEmpty else { return nil }
    var splitter = SentenceSplitter(text: TextBytes(base: base, count: text.count))
    return splitter.run(most: 1).first
  }

  package static func split(_ text: [UInt8]) -> [Range<Int>] {
    text.withUnsafeBufferPointer { split($0) }
  }
}

private struct SentenceSplitter {
  let text: TextBytes
  let tables = UnicodeTables.shared
  private var start = 0
  private var depth = 0
  private var result: [Range<Int>] = []

  init(text: TextBytes) {
    self.text = text
  }

  /// - Parameter most: so many sentences end it.
  mutating func run(most: Int = .max) -> [Range<Int>] {
    var offset = 0
    while offset < text.count, result.count < most {
      if SentenceSplitter.isPlain(text[offset]) {
        offset += 1
        continue
      }
      let (scalar, length) = text.decode(offset)
      switch scalar {
      case 0x0A, 0x2029:
        offset = blankLine(at: offset) ?? offset + length
      case 0x28, 0x5B:
        depth += 1
        offset += length
      case 0x29, 0x5D:
        depth = max(0, depth - 1)
        offset += length
      default:
        guard Marks.ends(scalar) else {
          offset += length
          continue
        }
        offset = ending(at: offset, scalar)
      }
    }
    if result.count < most { close(at: text.count) }
    return result
  }

  /// Whether a byte is ASCII, and neither ends a sentence nor a line nor opens or closes a bracket: nearly all of a text.
  @inline(__always) private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x0A, 0x21, 0x28, 0x29, 0x2E, 0x3F, 0x5B, 0x5D: false
    default: byte < 0x80
    }
  }

  /// Ends the sentence before a blank line and tells where the line ends.
  private mutating func blankLine(at offset: Int) -> Int? {
    var next = offset + text.decode(offset).length
    var lines = text.decode(offset).scalar == 0x2029 ? 2 : 1
    while next < text.count, let blank = blank(at: next) {
      if text[next] == 0x0A { lines += 1 }
      next += blank
    }
    guard lines > 1 else { return nil }
    close(at: offset)
    start = next
    depth = 0
    return next
  }

  private mutating func close(at end: Int) {
    var first = start
    var last = end
    while first < last, let blank = blank(at: first) { first += blank }
    while last > first {
      let previous = text.previous(last)
      guard previous >= first, blank(at: previous) == last - previous else { break }
      last = previous
    }
    if first < last { result.append(first..<last) }
    start = end
  }

  /// The length of the blank at an offset.
  private func blank(at offset: Int) -> Int? {
    let (scalar, length) = text.decode(offset)
    switch scalar {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x3000: return length
    default: return nil
    }
  }

  /// Looks at the end mark at an offset, ends a sentence behind it if it is one, and tells where to go on.
  private mutating func ending(at offset: Int, _ mark: UInt32) -> Int {
    var end = offset
    var marks = 0
    var isStrong = false
    while end < text.count, Marks.ends(text.decode(end).scalar) {
      let (scalar, length) = text.decode(end)
      if !Marks.isStop(scalar) { isStrong = true }
      marks += 1
      end += length
    }
    let stops = end
    var quotes = 0
    var closed = 0
    while end < text.count {
      let (scalar, length) = text.decode(end)
      if Marks.closesQuote(scalar) {
        quotes += 1
      } else if Marks.closesBracket(scalar), depth - closed > 0 {
        closed += 1
      } else if let quote = spacedQuote(at: end) {
        quotes += 1
        end = quote
        continue
      } else {
        break
      }
      end += length
    }
    guard end < text.count else { return end }
    let outer = depth - closed
    let isWide = Marks.isWide(mark)
    var next = end
    while next < text.count, let blank = blank(at: next) { next += blank }
    let hasBlank = next > end
    guard hasBlank || isWide else {
      depth = outer
      return end
    }
    depth = outer
    guard outer == 0 || next - start > 600 else { return end }
    let opening = skipOpening(next)
    guard canBegin(at: opening, isWide: isWide) else { return end }
    if marks == 1, !isStrong, mark == 0x2E, isAbbreviation(before: offset, next: opening, isQuoted: quotes > 0) { return end }
    if marks > 1, !isStrong, stops - offset <= 3, opening < text.count, !isUpperOrCaseless(at: opening) { return end }
    close(at: end)
    depth = 0
    return end
  }

  /// Where a closing » ends that stands behind a blank, as French has it; nil where there is none or it may be an opening one.
  private func spacedQuote(at offset: Int) -> Int? {
    guard let blank = blank(at: offset), text[offset] != 0x0A, offset + blank < text.count else { return nil }
    let (scalar, length) = text.decode(offset + blank)
    let after = offset + blank + length
    guard scalar == 0xBB, after == text.count || self.blank(at: after) != nil else { return nil }
    return after
  }

  private func skipOpening(_ offset: Int) -> Int {
    var offset = offset
    while offset < text.count {
      let (scalar, length) = text.decode(offset)
      guard Marks.opens(scalar) else { break }
      offset += length
      if scalar == 0xAB, offset < text.count, text[offset] != 0x0A, let blank = blank(at: offset) { offset += blank }
    }
    return offset
  }

  /// Whether a sentence can begin here: upper case, a script without case, a digit, the end of the text.
  private func canBegin(at offset: Int, isWide: Bool) -> Bool {
    guard offset < text.count else { return true }
    if isWide { return true }
    switch tables.properties(text.decode(offset).scalar).kind {
    case .letter, .ideograph: return isUpperOrCaseless(at: offset)
    case .digit: return true
    default: return Marks.startsItem(text.decode(offset).scalar)
    }
  }

  private func isUpperOrCaseless(at offset: Int) -> Bool {
    let scalar = text.decode(offset).scalar
    let properties = tables.properties(scalar)
    guard properties.kind == .letter || properties.kind == .ideograph else { return properties.kind == .digit }
    if properties.isUpper { return true }
    switch properties.script {
    case .latin, .cyrillic, .greek, .armenian: return false
    default: return true
    }
  }

  /// Whether the full stop at an offset belongs to the word before it.
  private func isAbbreviation(before stop: Int, next: Int, isQuoted: Bool) -> Bool {
    var first = stop
    var letters = 0
    while first > start {
      let previous = text.previous(first)
      let kind = tables.properties(text.decode(previous).scalar).kind
      if kind == .letter || kind == .mark {
        if kind == .letter { letters += 1 }
        first = previous
        continue
      }
      // A full stop inside: "U.S." and "e.g.", but not "said.Then".
      guard text[previous] == 0x2E, previous > start, stop - previous <= 4 else { break }
      first = previous
      letters = 0
    }
    guard first < stop else { return false }
    let word = Array(UnsafeBufferPointer(start: text.base + first, count: stop - first))
    let isDotted = word.contains(0x2E)
    let nextIsDigit = next < text.count && tables.properties(text.decode(next).scalar).kind == .digit
    let key = Fold.folded(bytes: word)
    if Abbreviations.beforeNames.contains(key) { return true }
    if nextIsDigit, Abbreviations.beforeNumbers.contains(key) { return true }
    if Abbreviations.insideSentences.contains(key) { return !beginsWithStarter(next) }
    if isDotted { return !isQuoted && !beginsWithStarter(next) }
    // An initial: "N. Pashinyan", "И. Алиев"; not the pronoun I, nor a letter of a script without case.
    let properties = tables.properties(text.decode(first).scalar)
    if letters == 1, properties.isUpper { return key != [0x69] || word.count > 1 || isInitial(before: first) }
    return false
  }

  /// An I before a full stop is an initial where a name or another initial stands before it; "than I." is none.
  private func isInitial(before first: Int) -> Bool {
    guard first > start else { return true }
    let previous = text.previous(first)
    guard previous > start, blank(at: previous) != nil else { return false }
    return text[text.previous(previous)] == 0x2E
  }

  /// Whether a word that usually begins a sentence stands at an offset.
  private func beginsWithStarter(_ offset: Int) -> Bool {
    var end = offset
    while end < text.count, tables.properties(text.decode(end).scalar).kind == .letter { end += text.decode(end).length }
    guard end > offset, tables.properties(text.decode(offset).scalar).isUpper else { return false }
    return Abbreviations.starters.contains(Array(UnsafeBufferPointer(start: text.base + offset, count: end - offset)))
  }
}
