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

struct WordTable {
  /// Number of the form, or -1.
  var forms: [Int32] = []
  /// Number of the form without its Azerbaijani or Turkish ending, or -1.
  var bases: [Int32] = []
  var gaps: [UInt8] = []
  var flags: [WordFlags] = []
  var starts: [Int32] = []
  var ends: [Int32] = []
  /// Number of the term among those of the trained topics, -1 for none of them, or `noFeature`; empty without trained topics.
  var terms: [Int32] = []
  static let noFeature: Int32 = -2
  /// Prefixes of topic rules that a word begins with: (word, prefix), in the order of the words.
  var prefixHits: [(word: Int32, prefix: Int32)] = []
  var units: [Unit] = []

  mutating func removeAll() {
    forms.removeAll(keepingCapacity: true)
    bases.removeAll(keepingCapacity: true)
    gaps.removeAll(keepingCapacity: true)
    flags.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    terms.removeAll(keepingCapacity: true)
    prefixHits.removeAll(keepingCapacity: true)
    units.removeAll(keepingCapacity: true)
  }

  /// Takes in one unit. Without its text what stands between words is guessed from how much room it takes.
  mutating func append(
    _ stream: WordStream, text: [UInt8]?, kind: Unit.Kind, passage: Int, language: Language, names: NameIndex, topics: TopicIndex,
    trained: TrainedIndex
  ) {
    let first = forms.count
    let isTrained = !trained.isEmpty
    let strips = Agglutination.applies(to: language.rawValue)
    var capitals = 0
    var allCaps = 0
    stream.bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      for word in stream.words {
        let form = UnsafeBufferPointer(start: base + Int(word.folded.start), count: word.folded.count)
        let prefixes = topics.prefixes(startingWith: form)
        var hash = FormTable.seed
        var length = 0
        for byte in form {
          hash = FormTable.step(hash, byte)
          length += 1
          if prefixes >> UInt64(length) & 1 != 0 {
            let id = topics.prefix(UnsafeBufferPointer(start: form.baseAddress, count: length), hash: hash)
            if id >= 0 { prefixHits.append((Int32(forms.count), id)) }
          }
        }
        let id = names.forms.find(form, hash: hash)
        forms.append(id)
        bases.append(strips && !names.isInName(id) ? names.stripped(form) : -1)
        flags.append(word.flags)
        starts.append(word.start)
        ends.append(word.end)
        if isTrained {
          let term = UnsafeBufferPointer(start: base + Int(word.term.start), count: word.term.count)
          terms.append(TrainedFeatures.takes(word) ? trained.terms.find(term) : Self.noFeature)
        }
        if word.flags.contains(.capitalised) { capitals += 1 }
        if word.flags.contains(.allCaps) { allCaps += 1 }
      }
    }
    appendGaps(stream, text)
    var unit = Unit(kind: kind, passage: passage, words: first..<forms.count, language: LanguageCode(language.rawValue))
    unit.isAgglutinative = strips
    unit.isAllCaps = stream.count >= 3 && allCaps * 5 > stream.count * 3
    unit.isTitleCase = stream.count >= 3 && capitals * 5 > stream.count * 3
    units.append(unit)
  }

  private mutating func appendGaps(_ stream: WordStream, _ text: [UInt8]?) {
    let words = stream.words
    guard let text else {
      for word in words.indices {
        let room = word + 1 < words.count ? words[word + 1].start - words[word].end : 9
        gaps.append((room <= 1 || room == 3 ? Gap.tight : room == 2 ? Gap.comma : Gap.hard).rawValue)
      }
      return
    }
    text.withUnsafeBufferPointer { text in
      for word in words.indices {
        guard word + 1 < words.count, Int(words[word + 1].start) <= text.count else {
          gaps.append(Gap.hard.rawValue)
          continue
        }
        let (from, to) = (Int(words[word].end), Int(words[word + 1].start))
        if to - from == 1, text[from] == 0x20 {
          gaps.append(Gap.tight.rawValue)
        } else {
          gaps.append(Self.gap(text, from, to, afterInitial: from - Int(words[word].start) <= 2).rawValue)
        }
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
  func has(_ prefix: Int32, at word: Int) -> Bool {
    var low = firstPrefixHit(from: word)
    while low < prefixHits.count, prefixHits[low].word == Int32(word) {
      if prefixHits[low].prefix == prefix { return true }
      low += 1
    }
    return false
  }

  /// Position of the first prefix hit at the word or behind it.
  func firstPrefixHit(from word: Int) -> Int {
    var low = 0
    var high = prefixHits.count
    while low < high {
      let middle = (low + high) / 2
      if prefixHits[middle].word < Int32(word) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
