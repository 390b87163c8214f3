// The words of a title or a heading, and which of them a text has, too. Every passage below it is asked: a table of the title's few forms is
// made once, and the words of the text go past it once for all of them.
import TextAnalysis

struct TitleWords {
  struct Forms: OptionSet {
    let rawValue: UInt8

    static let term = Forms(rawValue: 1)
    static let exact = Forms(rawValue: 2)
    /// Where it is another than the exact form.
    static let folded = Forms(rawValue: 4)
  }

  private struct Entry {
    let word: Int
    let kind: Forms
    /// Bytes of the words' stream.
    let form: Range<Int>
    /// The next of the same signature; -1 for none.
    let next: Int32
  }

  let words: WordStream
  private var entries: [Entry] = []
  /// By signature: the first form that has it; -1 for none.
  private var first = [Int32](repeating: -1, count: 256)

  init(_ words: WordStream) {
    self.words = words
    entries.reserveCapacity(2 * words.count)
    for (index, word) in words.words.enumerated() {
      add(.term, word.term.range, of: index)
      add(.exact, word.exact.range, of: index)
      if word.flags.contains(.differs) { add(.folded, word.folded.range, of: index) }
    }
  }

  private mutating func add(_ kind: Forms, _ form: Range<Int>, of word: Int) {
    let signature = words.bytes.withUnsafeBufferPointer { Self.signature($0, form) }
    entries.append(Entry(word: word, kind: kind, form: form, next: first[signature]))
    first[signature] = Int32(truncatingIfNeeded: entries.count - 1)
  }

  /// By word: its forms that no word of a text has.
  func outside(_ text: WordStream) -> [Forms] {
    var outside = [Forms](repeating: [.term, .exact, .folded], count: words.count)
    text.bytes.withUnsafeBufferPointer { bytes in
      for word in text.words {
        mark(.term, bytes, word.term.range, &outside)
        mark(.exact, bytes, word.exact.range, &outside)
        if word.flags.contains(.differs) { mark(.folded, bytes, word.folded.range, &outside) }
      }
    }
    return outside
  }

  @inline(__always)
  private func mark(_ kind: Forms, _ bytes: UnsafeBufferPointer<UInt8>, _ form: Range<Int>, _ outside: inout [Forms]) {
    var at = first[Self.signature(bytes, form)]
    while at >= 0 {
      let entry = entries[Int(at)]
      if entry.kind == kind, entry.form.count == form.count, bytes[form].elementsEqual(words.bytes[entry.form]) {
        outside[entry.word].remove(kind)
      }
      at = entry.next
    }
  }

  /// Eight bits of a form's length, its first and its last byte.
  @inline(__always)
  private static func signature(_ bytes: UnsafeBufferPointer<UInt8>, _ form: Range<Int>) -> Int {
    guard !form.isEmpty else { return 0 }
    return (Int(bytes[form.lowerBound]) &* 5 ^ Int(bytes[form.upperBound - 1]) &* 17 ^ form.count) & 255
  }
}
