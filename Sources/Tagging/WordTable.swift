// The words of an article side by side, as numbers: what name matching and topic rules read instead of text. One set of arrays
// for all units of an article, kept from article to article.

import TextAnalysis

/// What stands between a word and the next.
enum Gap: UInt8 {
  /// Blanks, hyphens, quotation marks: a name may go on.
  case tight
  case comma
  /// The end of a sentence, a bracket, a blank line.
  case hard
}

/// A title, a heading or a passage.
struct Unit {
  enum Kind { case title, heading, passage }
  var kind: Kind
  var passage: Int
  var words: Range<Int>
  var language: LanguageCode
  /// Whether names take Azerbaijani or Turkish endings here.
  var isAgglutinative = false
  /// Mostly written in capitals, as old headlines are: an acronym says little there.
  var isAllCaps = false
  /// Most words begin with a capital, as in titles: a capital says little there.
  var isTitleCase = false
}

/// One word of an article.
struct TableWord {
  /// Number of the form, or -1.
  var form: Int32
  /// Number of the form without its Azerbaijani or Turkish ending, or -1.
  var base: Int32
  /// Bytes in the text of the unit.
  var start: Int32
  var end: Int32
  /// Position of the first of its prefix hits, if it has any.
  var prefixHit: Int32
  var gap: Gap
  var flags: WordFlags
}

/// Not to be copied: one is filled anew for each article, and lent to whoever matches names or rules.
struct WordTable: ~Copyable {
  private(set) var words: [TableWord] = []
  /// Number of the term of each word among those of the trained topics, -1 for none of them, or `noFeature`; empty without trained topics.
  private(set) var terms: [Int32] = []
  static let noFeature: Int32 = -2
  /// Prefixes of topic rules that a word begins with, in the order of the words.
  private(set) var prefixHits: [(word: Int32, prefix: Int32)] = []
  private(set) var units: [Unit] = []

  mutating func removeAll() {
    words.removeAll(keepingCapacity: true)
    terms.removeAll(keepingCapacity: true)
    prefixHits.removeAll(keepingCapacity: true)
    units.removeAll(keepingCapacity: true)
  }

  /// Takes in one unit. Without its text what stands between words is guessed from how much room it takes.
  mutating func append(
    _ stream: WordStream, text: [UInt8]?, kind: Unit.Kind, passage: Int, language: Language, names: NameIndex, topics: TopicIndex,
    trained: TrainedIndex
  ) {
    let first = words.count
    var unit = Unit(kind: kind, passage: passage, words: first..<(first + stream.count), language: LanguageCode(language.rawValue))
    unit.isAgglutinative = Agglutination.applies(to: language.rawValue)
    var capitals = 0
    var allCaps = 0
    stream.bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      for word in stream.words {
        let form = UnsafeBufferPointer(start: base + Int(word.folded.start), count: word.folded.count)
        let prefixHit = Int32(prefixHits.count)
        collectPrefixes(form, topics)
        let id = names.forms.find(form)
        words.append(
          TableWord(
            form: id, base: unit.isAgglutinative && !names.isInName(id) ? names.stripped(form) : -1, start: word.start, end: word.end,
            prefixHit: prefixHit, gap: .hard, flags: word.flags))
        if word.flags.contains(.capitalised) { capitals += 1 }
        if word.flags.contains(.allCaps) { allCaps += 1 }
      }
      if !trained.isEmpty { appendTerms(stream.words, base, trained) }
    }
    setGaps(unit.words, text)
    unit.isAllCaps = stream.count >= 3 && allCaps * 5 > stream.count * 3
    unit.isTitleCase = stream.count >= 3 && capitals * 5 > stream.count * 3
    units.append(unit)
  }

  /// Takes in the terms of a text alone, for who looks at nothing else.
  /// - Returns: where they are.
  mutating func append(termsOf stream: WordStream, _ trained: TrainedIndex) -> Range<Int> {
    let first = terms.count
    stream.bytes.withUnsafeBufferPointer { bytes in
      if let base = bytes.baseAddress { appendTerms(stream.words, base, trained) }
    }
    return first..<terms.count
  }

  /// Notes each prefix of a rule that the next word begins with.
  @inline(__always)
  private mutating func collectPrefixes(_ form: UnsafeBufferPointer<UInt8>, _ topics: TopicIndex) {
    var lengths = topics.prefixes(of: form)
    while lengths != 0 {
      let length = lengths.trailingZeroBitCount
      lengths &= lengths - 1
      guard length <= form.count else { return }
      let id = topics.prefix(UnsafeBufferPointer(rebasing: form[..<length]))
      if id >= 0 { prefixHits.append((Int32(words.count), id)) }
    }
  }

  private mutating func appendTerms(_ words: [Word], _ base: UnsafePointer<UInt8>, _ trained: TrainedIndex) {
    for word in words {
      let term = UnsafeBufferPointer(start: base + Int(word.term.start), count: word.term.count)
      terms.append(TrainedFeatures.takes(word) ? trained.terms.find(term) : Self.noFeature)
    }
  }

  /// Behind the last word of a unit nothing goes on.
  private mutating func setGaps(_ range: Range<Int>, _ text: [UInt8]?) {
    guard let text else {
      for word in range.dropLast() {
        let room = words[word + 1].start - words[word].end
        words[word].gap = room <= 1 || room == 3 ? .tight : room == 2 ? .comma : .hard
      }
      return
    }
    text.withUnsafeBufferPointer { text in
      for word in range.dropLast() where Int(words[word + 1].start) <= text.count {
        let (from, to) = (Int(words[word].end), Int(words[word + 1].start))
        words[word].gap =
          to - from == 1 && text[from] == 0x20 ? .tight : Self.gap(text, from, to, afterInitial: from - Int(words[word].start) <= 2)
      }
    }
  }

  private static func gap(_ text: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int, afterInitial: Bool) -> Gap {
    var gap = Gap.tight
    var newlines = 0
    var index = from
    while index < to {
      let byte = text[index]
      index += 1
      switch byte {
      case 0x20, 0x09, 0x0D, 0x2D, 0x22, 0x27, 0x60: break
      case 0x0A:
        newlines += 1
        if newlines > 1 { return .hard }
      case 0x2C, 0x2F: gap = .comma
      case 0x2E: if !afterInitial { return .hard }
      case 0xC2: index += 1  // no-break space, «, », soft hyphen
      case 0xD8:
        // The Arabic comma.
        if index < to, text[index] == 0x8C { gap = .comma } else { return .hard }
        index += 1
      case 0xE2:
        // Dashes, quotation marks and joiners pass; the rest of the block (…, •) does not.
        guard index + 1 < to, text[index] == 0x80, text[index + 1] < 0xA0 else { return .hard }
        index += 2
      default: return .hard
      }
    }
    return gap
  }

  /// Tells whether a word begins with a prefix of a topic rule.
  @inline(__always)
  func has(_ prefix: Int32, at word: Int) -> Bool {
    var hit = Int(words[word].prefixHit)
    while hit < prefixHits.count, prefixHits[hit].word == Int32(word) {
      if prefixHits[hit].prefix == prefix { return true }
      hit += 1
    }
    return false
  }

  /// Positions of the prefix hits of a unit's words.
  func prefixHits(of unit: Unit) -> Range<Int> {
    guard !unit.words.isEmpty else { return 0..<0 }
    let end = unit.words.upperBound < words.count ? Int(words[unit.words.upperBound].prefixHit) : prefixHits.count
    return Int(words[unit.words.lowerBound].prefixHit)..<end
  }
}
