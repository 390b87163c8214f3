// Which words stand behind some others in a text, found without analysing all of it: the last of the others is looked for by its letters,
// and only what stands around it is analysed.
import TextAnalysis

struct FollowerScanner {
  private let analyzer: Analyzer
  /// By word of the tail, the last first: its index terms.
  private let tail: [[[UInt8]]]
  /// Beginning that every form of the tail's last word has, in lower-case ASCII; empty where there is none to go by.
  private let start: [UInt8]

  /// Bytes that are analysed at once, for each word.
  private static let wordRoom = 40
  /// Bytes without a blank that are taken for one run.
  private static let longestRun = 1000
  /// Letters by which a word is told from most others.
  private static let shortestStart = 2
  /// What a word as it is written may have and its folded form not.
  private static let stops = [UInt8(ascii: "."), UInt8(ascii: "'"), UInt8(ascii: "-")]
  /// Places of a text that are looked at one by one.
  private static let mostStarts = 6

  /// - Parameter last: the folded form of the last word of the tail, as typed.
  init(_ analyzer: Analyzer, _ tail: TypedTail, last: some Collection<UInt8>) {
    self.analyzer = analyzer
    self.tail = tail.last.reversed()
    var start = Array(last)
    for term in self.tail.first ?? [] {
      // A term carries the tag of its stemmer before it, if any.
      let stem = term.lastIndex(of: UInt8(ascii: ":")).map { term[($0 + 1)...] } ?? term[...]
      start = zip(start, stem).prefix { $0 == $1 }.map(\.0)
    }
    start = Array(start.prefix { Self.isASCIILetter($0) })
    self.start = start.count < Self.shortestStart ? [] : start
  }

  /// Calls with each word that stands right behind the last word of the tail in a text.
  /// - Parameter body: given an analysed stretch of the text, the index of the word in it, and how many words of the tail stand before it.
  func forEachFollower(in text: [UInt8], _ language: Language, _ body: (WordStream, Int, _ length: Int) -> Void) {
    guard !start.isEmpty, let starts = text.withUnsafeBufferPointer({ starts(in: $0) }) else {
      let stream = analyzer.analyze(text, language: language)
      for index in stream.words.indices.dropFirst() {
        let length = length(before: index, in: stream)
        if length > 0 { body(stream, index, length) }
      }
      return
    }
    for found in starts {
      let stretch = stretch(of: text, around: found)
      let stream = analyzer.analyze(Array(text[stretch]), language: language)
      guard let last = stream.words.firstIndex(where: { $0.range.lowerBound == found - stretch.lowerBound }) else { continue }
      let index = last + 1
      // A word that the stretch ends in may be cut.
      guard index < stream.count, stretch.upperBound == text.count || stream.words[index].range.upperBound < stretch.count
      else { continue }
      let length = length(before: index, in: stream)
      if length > 0 { body(stream, index, length) }
    }
  }

  /// How many words of the tail stand right before a word.
  private func length(before index: Int, in stream: WordStream) -> Int {
    var length = 0
    while length < min(tail.count, index), tail[length].contains(where: { $0.elementsEqual(stream.term(index - 1 - length)) }) {
      length += 1
    }
    return length
  }

  /// Where words begin that begin as the tail does, as far as plain letters tell; nil when there are so many that analysing the whole
  /// text is less work.
  private func starts(in text: UnsafeBufferPointer<UInt8>) -> [Int]? {
    var starts: [Int] = []
    let head = start[0]
    var before: UInt8 = 0x20
    for at in text.indices {
      let byte = text[at]
      defer { before = byte }
      guard byte | 0x20 == head || byte >= 0xC0, !Self.isPlainLetterOrDigit(before), mayBegin(text, at) else { continue }
      if starts.count == Self.mostStarts { return nil }
      starts.append(at)
    }
    return starts
  }

  private func mayBegin(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    var index = 0
    while index < start.count {
      guard at + index < text.count else { return false }
      let byte = text[at + index]
      // A letter with a mark on it, or a stop within the word, perhaps: the analysis will tell.
      if byte >= 0x80 || Self.stops.contains(byte) { return true }
      guard byte | 0x20 == start[index] else { return false }
      index += 1
    }
    return true
  }

  /// From the blank before as much as the other words of the tail may take to one behind as much as the last and the next may.
  private func stretch(of text: [UInt8], around place: Int) -> Range<Int> {
    var start = max(0, place - (tail.count - 1) * Self.wordRoom)
    while start > 0, text[start - 1] != 0x20, place - start < Self.longestRun { start -= 1 }
    var end = min(text.count, place + 2 * Self.wordRoom)
    while end < text.count, text[end] != 0x20, end - place < Self.longestRun { end += 1 }
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
    return start..<end
  }

  private static func isASCIILetter(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }

  private static func isPlainLetterOrDigit(_ byte: UInt8) -> Bool {
    isASCIILetter(byte | 0x20) && byte >= 0x40 || byte >= 0x30 && byte <= 0x39
  }
}
