// What analysis makes of a text: a stream of words, each with its place in the text and its three forms.
// The forms of all words lie in one byte buffer, so that a stream is two arrays however long the text is.

/// What a word looked like in the text.
package struct WordFlags: OptionSet, Hashable, Sendable {
  package var rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The first letter is upper case.
  package static let capitalised = WordFlags(rawValue: 1 << 0)
  /// Two letters or more, and no lower-case one.
  package static let allCaps = WordFlags(rawValue: 1 << 1)
  package static let hasDigit = WordFlags(rawValue: 1 << 2)
  /// A bigram (or a lone character) of a script written without blanks: Han, kana, Thai, Lao, Khmer, Myanmar.
  package static let cjk = WordFlags(rawValue: 1 << 3)
  /// Written with full stops: U.S., p.m.
  package static let acronym = WordFlags(rawValue: 1 << 4)
  /// An ending behind an apostrophe was left out of the forms: Iran's, İran'ın.
  package static let possessive = WordFlags(rawValue: 1 << 5)
  /// The exact and the folded form are not the same bytes.
  package static let differs = WordFlags(rawValue: 1 << 6)
}

/// A half-open range of bytes in `WordStream.bytes`.
package struct ByteSpan: Hashable, Sendable {
  package var start: Int32
  package var end: Int32

  package init(start: Int32, end: Int32) {
    self.start = start
    self.end = end
  }

  package var count: Int { Int(end - start) }
  package var range: Range<Int> { Int(start)..<Int(end) }
}

/// One word of a text.
package struct Word: Hashable, Sendable {
  /// The bytes of the written word in the original text, a possessive 's and the last full stop of "U.S." included.
  package var start: Int32
  package var end: Int32
  /// 1, 2, 3 … in the order of the text; a bigram is one position.
  package var position: UInt32
  /// NFKC and lower case, without what follows a possessive apostrophe; diacritics kept.
  package var exact: ByteSpan
  /// Diacritics and case folded; the same span as `exact` when the bytes are the same.
  package var folded: ByteSpan
  /// The index term: language tag and folded stem.
  package var term: ByteSpan
  package var flags: WordFlags

  package init(
    start: Int32, end: Int32, position: UInt32, exact: ByteSpan, folded: ByteSpan, term: ByteSpan, flags: WordFlags
  ) {
    self.start = start
    self.end = end
    self.position = position
    self.exact = exact
    self.folded = folded
    self.term = term
    self.flags = flags
  }

  /// The bytes of the written word in the original text.
  package var range: Range<Int> { Int(start)..<Int(end) }
}

package struct WordStream: Sendable {
  /// The forms of all words, in no order worth relying on.
  package var bytes: [UInt8] = []
  package var words: [Word] = []

  package init() {}

  package mutating func removeAll(keepingCapacity: Bool = true) {
    bytes.removeAll(keepingCapacity: keepingCapacity)
    words.removeAll(keepingCapacity: keepingCapacity)
  }

  package var count: Int { words.count }
  package var isEmpty: Bool { words.isEmpty }

  package func exact(_ index: Int) -> ArraySlice<UInt8> { bytes[words[index].exact.range] }
  package func folded(_ index: Int) -> ArraySlice<UInt8> { bytes[words[index].folded.range] }
  package func term(_ index: Int) -> ArraySlice<UInt8> { bytes[words[index].term.range] }

  /// Lends the folded form of a word without copying it; the pointer is good inside the body only.
  package func withFolded<R>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
    let span = words[index].folded.range
    return try bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[span])) }
  }

  /// Lends the exact form of a word without copying it; the pointer is good inside the body only.
  package func withExact<R>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
    let span = words[index].exact.range
    return try bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[span])) }
  }

  /// Lends the index term of a word without copying it; the pointer is good inside the body only.
  package func withTerm<R>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
    let span = words[index].term.range
    return try bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[span])) }
  }
}
