// Recognises the words of a query among those of a text: all matchers of all rules in one table, so that a text is gone through once and
// a word that nobody asked for costs a look at three of its bytes.
import TextAnalysis

struct WordTable {
  /// Which form of a word is compared.
  private enum Form: UInt8, CaseIterable { case term, exact, folded }

  private struct Key: Hashable {
    var form: Form
    var bytes: [UInt8]
  }

  /// The forms of one kind that are looked for.
  private struct Forms {
    /// One bit for the first byte, the last byte and the length of each form: most words fail here.
    var filter = [UInt64](repeating: 0, count: 64)
    /// Index into `entries` + 1, 0 where there is none; a power of two of them.
    var slots: [Int32] = [0]
    var entries: [(bytes: [UInt8], matchers: [Int])] = []
  }

  private struct Prefix {
    var bytes: [UInt8]
    var matcher: Int
  }

  private var forms: [Forms] = Form.allCases.map { _ in Forms() }
  private var prefixes: [Prefix] = []
  /// By matcher: the words, by index and in order, that it accepts in the text that was scanned last.
  private(set) var hits: [[Int]]

  /// - Parameter matchers: known by their index from now on.
  init(_ matchers: [WordMatcher]) {
    hits = Array(repeating: [], count: matchers.count)
    var found: [Key: [Int]] = [:]
    for (number, matcher) in matchers.enumerated() {
      for bytes in matcher.terms { found[Key(form: .term, bytes: bytes), default: []].append(number) }
      for bytes in matcher.exacts { found[Key(form: .exact, bytes: bytes), default: []].append(number) }
      for bytes in matcher.folds { found[Key(form: .folded, bytes: bytes), default: []].append(number) }
      if let prefix = matcher.prefix { prefixes.append(Prefix(bytes: prefix, matcher: number)) }
    }
    for (key, numbers) in found where !key.bytes.isEmpty {
      forms[Int(key.form.rawValue)].entries.append((key.bytes, numbers))
    }
    for form in forms.indices { Self.fill(&forms[form]) }
  }

  private static func fill(_ forms: inout Forms) {
    var size = 4
    while size < forms.entries.count * 2 { size *= 2 }
    forms.slots = Array(repeating: 0, count: size)
    for (number, entry) in forms.entries.enumerated() {
      entry.bytes.withUnsafeBufferPointer { bytes in
        let bit = Self.sketch(bytes)
        forms.filter[bit >> 6] |= 1 << UInt64(bit & 63)
        var slot = Self.hash(bytes) & (size - 1)
        while forms.slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
        forms.slots[slot] = Int32(number + 1)
      }
    }
  }

  /// Finds the words of a text that each matcher accepts.
  mutating func scan(_ words: WordStream) {
    for matcher in hits.indices { hits[matcher].removeAll(keepingCapacity: true) }
    words.bytes.withUnsafeBufferPointer { bytes in
      words.words.withUnsafeBufferPointer { list in
        for index in list.indices {
          if !forms[0].entries.isEmpty { look(UnsafeBufferPointer(rebasing: bytes[list[index].term.range]), index, 0) }
          if !forms[1].entries.isEmpty { look(UnsafeBufferPointer(rebasing: bytes[list[index].exact.range]), index, 1) }
          if !forms[2].entries.isEmpty { look(UnsafeBufferPointer(rebasing: bytes[list[index].folded.range]), index, 2) }
          for prefix in prefixes
          where Self.starts(bytes, list[index].folded, with: prefix.bytes) || Self.starts(bytes, list[index].exact, with: prefix.bytes) {
            note(prefix.matcher, index)
          }
        }
      }
    }
  }

  @inline(__always)
  private mutating func look(_ word: UnsafeBufferPointer<UInt8>, _ index: Int, _ form: Int) {
    guard !word.isEmpty else { return }
    let bit = Self.sketch(word)
    guard forms[form].filter[bit >> 6] & (1 << UInt64(bit & 63)) != 0 else { return }
    lookUp(word, index, form)
  }

  private mutating func lookUp(_ word: UnsafeBufferPointer<UInt8>, _ index: Int, _ form: Int) {
    let mask = forms[form].slots.count - 1
    var slot = Self.hash(word) & mask
    while forms[form].slots[slot] != 0 {
      let number = Int(forms[form].slots[slot] - 1)
      if forms[form].entries[number].bytes.elementsEqual(word) {
        for place in forms[form].entries[number].matchers.indices { note(forms[form].entries[number].matchers[place], index) }
        return
      }
      slot = (slot + 1) & mask
    }
  }

  private mutating func note(_ matcher: Int, _ index: Int) {
    if hits[matcher].last != index { hits[matcher].append(index) }
  }

  @inline(__always)
  private static func starts(_ bytes: UnsafeBufferPointer<UInt8>, _ word: ByteSpan, with prefix: [UInt8]) -> Bool {
    guard word.count >= prefix.count, prefix.isEmpty || bytes[Int(word.start)] == prefix[0] else { return false }
    return bytes[Int(word.start)..<(Int(word.start) + prefix.count)].elementsEqual(prefix)
  }

  @inline(__always)
  private static func sketch(_ word: UnsafeBufferPointer<UInt8>) -> Int {
    (Int(word[0]) &* 7 ^ Int(word[word.count - 1]) &* 113 ^ word.count &* 1031) & 4095
  }

  private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ hash >> 29)
  }
}
