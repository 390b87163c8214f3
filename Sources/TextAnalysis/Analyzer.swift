// The one analysis of text: used when an article is indexed, when a query is parsed and when a hit is marked.
// It runs over bytes; plain ASCII words take a short way, all others are scanned, normalised and remembered.

import Xapian

/// Makes words and index terms of text. One per thread: it owns stemmers and the memory of forms.
package final class Analyzer {
  private let options: AnalysisOptions
  private let tables = UnicodeTables.shared
  private var profiles: [Language: LanguageProfile] = [:]
  /// Exact or written form to term or all forms; the tag is the profile and the kind of key.
  let memory = FormMemory(slotCount: 1 << 17, arenaCapacity: 1 << 22)
  var normaliser = Normaliser()
  var stem: [UInt8] = []
  /// Nil for the terms of all words.
  private var wanted: FirstLetters?
  /// Characters of the written word at hand.
  private var scratch: [UInt32] = []
  /// An ASCII word in lower case, followed by its term.
  private let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: 4 * Normaliser.limit)

  package init(options: AnalysisOptions = .init()) {
    self.options = options
  }

  deinit {
    buffer.deallocate()
  }

  func profile(_ language: Language) -> LanguageProfile {
    if let profile = profiles[language] { return profile }
    let profile = LanguageProfile(language, index: UInt32(profiles.count), stopWords: options.stopWords[language])
    profiles[language] = profile
    return profile
  }

  /// Analyses a text in the language it is written in; what the stream held before is gone.
  ///
  /// Text beyond 2 GiB is left out. Bytes that are not UTF-8 part words.
  package func analyze(_ text: UnsafeBufferPointer<UInt8>, language: Language, into stream: inout WordStream) {
    stream.removeAll(keepingCapacity: true)
    guard let base = text.baseAddress, !text.isEmpty else { return }
    let bytes = TextBytes(base: base, count: min(text.count, Int(Int32.max) - 4 * Normaliser.limit))
    run(bytes, profile(language), &stream)
  }

  /// - Parameter wanted: see below.
  package func analyze(_ text: String, language: Language, wanted: FirstLetters? = nil) -> WordStream {
    var stream = WordStream()
    var text = text
    self.wanted = wanted
    text.withUTF8 { analyze($0, language: language, into: &stream) }
    self.wanted = nil
    return stream
  }

  /// - Parameter wanted: where only some terms are looked for; words that cannot have them may then have another term than theirs.
  package func analyze(_ text: [UInt8], language: Language, wanted: FirstLetters? = nil) -> WordStream {
    var stream = WordStream()
    self.wanted = wanted
    text.withUnsafeBufferPointer { analyze($0, language: language, into: &stream) }
    self.wanted = nil
    return stream
  }

  private func run(_ text: TextBytes, _ profile: LanguageProfile, _ stream: inout WordStream) {
    var taken: [UInt32] = []
    swap(&taken, &scratch)
    var scanner = WordScanner(text: text, isTurkic: profile.isTurkic, elides: profile.elides, scratch: taken)
    taken = []
    var offset = 0
    while offset < text.count {
      let first = text[offset]
      if first < 0x80 {
        if ASCII.classes[Int(first)] == ASCII.other {
          offset += 1
        } else if let end = plainWord(text, offset, profile, &stream) {
          offset = end
        } else {
          offset = scannedWord(at: offset, &scanner, profile, &stream)
        }
        continue
      }
      let (scalar, length) = text.decode(offset)
      switch tables.properties(scalar).kind {
      case .letter, .digit: offset = scannedWord(at: offset, &scanner, profile, &stream)
      case .ideograph: offset = bigrams(text, from: offset, profile, &stream)
      default: offset += length
      }
    }
    scratch = scanner.scalars
  }

  // MARK: ASCII

  /// Appends the ASCII word at an offset and tells where it ends; nil where it is not a plain one.
  @inline(__always)
  private func plainWord(_ text: TextBytes, _ start: Int, _ profile: LanguageProfile, _ stream: inout WordStream) -> Int? {
    var offset = start
    var seen: UInt8 = 0
    var letters = 0
    let classes = ASCII.classes
    while offset < text.count {
      let byte = text[offset]
      let kind = byte < 0x80 ? classes[Int(byte)] : ASCII.other
      if kind == ASCII.other { break }
      seen |= kind
      letters += kind == ASCII.digit ? 0 : 1
      let place = offset - start
      if place < Normaliser.limit { buffer[place] = kind == ASCII.upper ? byte | 0x20 : byte }
      offset += 1
    }
    let upper = seen & ASCII.upper != 0
    if offset < text.count, ASCII.mayGoOn(text, start, offset, tables) { return nil }
    if upper, profile.isTurkic { return nil }

    let count = min(offset - start, Normaliser.limit)
    var flags: WordFlags = []
    if upper {
      if classes[Int(text[start])] == ASCII.upper { flags.insert(.capitalised) }
      if letters >= 2, seen & ASCII.lower == 0 { flags.insert(.allCaps) }
    }
    var term = 0
    if seen & ASCII.digit != 0 {
      flags.insert(.hasDigit)
    } else {
      term = plainTerm(count, profile)
    }
    let at = Int32(truncatingIfNeeded: stream.bytes.count)
    stream.bytes.append(contentsOf: UnsafeBufferPointer(start: buffer, count: count + term))
    let exact = ByteSpan(start: at, end: at + Int32(truncatingIfNeeded: count))
    stream.words.append(
      Word(
        start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: offset),
        position: UInt32(truncatingIfNeeded: stream.words.count + 1), exact: exact, folded: exact,
        term: term == 0 ? exact : ByteSpan(start: exact.end, end: exact.end + Int32(truncatingIfNeeded: term)), flags: flags))
    return offset
  }

  /// Puts the term of the word in `buffer` behind it and tells its length; 0 where the term is the word.
  @inline(__always)
  private func plainTerm(_ count: Int, _ profile: LanguageProfile) -> Int {
    let word = UnsafeBufferPointer(start: buffer, count: count)
    guard profile.stemmer != nil, profile.script == .latin else {
      buffer[count] = TermTag.separator
      (buffer + count + 1).update(from: buffer, count: count)
      return count + 1
    }
    // The English stemmer leaves the first letter of a word as it is.
    if let wanted, profile.language == .english, !wanted.contains(buffer[0]) { return 0 }
    guard count <= ShortTermMemory.longest else { return longTerm(word, profile) }
    let number = ShortTermMemory.number(buffer, count)
    if let length = profile.shortTerms.term(of: number, into: buffer + count) { return length }
    let length = longTerm(word, profile)
    if length <= ShortTermMemory.longest { profile.shortTerms.insert(number, term: ShortTermMemory.number(buffer + count, length)) }
    return length
  }

  /// The same from the memory of all forms, or made.
  private func longTerm(_ word: UnsafeBufferPointer<UInt8>, _ profile: LanguageProfile) -> Int {
    let count = word.count
    if let known = memory.value(word, tag: profile.index << 1) {
      if let from = known.baseAddress { (buffer + count).update(from: from, count: known.count) }
      return known.count
    }
    stem.removeAll(keepingCapacity: true)
    var term: [UInt8] = []
    appendTerm(exact: word, folded: word, flags: [], profile, to: &term)
    if term.elementsEqual(word) { term = [] }
    term.withUnsafeBufferPointer { memory.insert(word, tag: profile.index << 1, value: $0) }
    term.withUnsafeBufferPointer { if let from = $0.baseAddress { (buffer + count).update(from: from, count: $0.count) } }
    return term.count
  }

  // MARK: Everything else

  private func scannedWord(
    at start: Int, _ scanner: inout WordScanner, _ profile: LanguageProfile, _ stream: inout WordStream
  ) -> Int {
    let written = scanner.scan(at: start)
    append(scanner.text, start, written.end, written.flags, profile, &stream) { scanner.scalars }
    return written.next
  }

  /// Appends the bigrams of the run of ideographs at an offset and tells where the run ends; a lone one is a word.
  private func bigrams(_ text: TextBytes, from start: Int, _ profile: LanguageProfile, _ stream: inout WordStream) -> Int {
    var previous: Int?
    var cluster = start
    var offset = start
    var hasPair = false
    while true {
      let (_, length) = text.decode(cluster)
      offset = cluster + length
      while offset < text.count {
        let (scalar, length) = text.decode(offset)
        let kind = tables.properties(scalar).kind
        guard kind == .mark || kind == .ignorable else { break }
        offset += length
      }
      let goesOn = offset < text.count && tables.properties(text.decode(offset).scalar).kind == .ideograph
      if let previous {
        appendBigram(text, previous, offset, profile, &stream)
        hasPair = true
      }
      if !goesOn { break }
      previous = cluster
      cluster = offset
    }
    if !hasPair { appendBigram(text, start, offset, profile, &stream) }
    return offset
  }

  private func appendBigram(
    _ text: TextBytes, _ start: Int, _ end: Int, _ profile: LanguageProfile, _ stream: inout WordStream
  ) {
    append(text, start, end, .cjk, profile, &stream) {
      var scalars: [UInt32] = []
      var offset = start
      while offset < end, scalars.count < WordScanner.scalarLimit {
        let (scalar, length) = text.decode(offset)
        if tables.properties(scalar).kind != .ignorable { scalars.append(scalar) }
        offset += length
      }
      return scalars
    }
  }

  /// Appends a written word with forms from memory, or else made of its characters.
  private func append(
    _ text: TextBytes, _ start: Int, _ end: Int, _ flags: WordFlags, _ profile: LanguageProfile, _ stream: inout WordStream,
    _ scalars: () -> [UInt32]
  ) {
    let key = UnsafeBufferPointer(start: text.base + start, count: end - start)
    let tag = profile.index << 1 | 1
    var forms = FormSet()
    if end - start <= 2 * Normaliser.limit, let known = memory.value(key, tag: tag) {
      forms = FormSet(known, appendingTo: &stream.bytes)
    } else {
      normaliser.decompose(scalars(), turkic: profile.isTurkic)
      forms = makeForms(flags, profile, &stream.bytes)
      if end - start <= 2 * Normaliser.limit {
        let value = forms.encoded(stream.bytes)
        value.withUnsafeBufferPointer { memory.insert(key, tag: tag, value: $0) }
      }
    }
    guard forms.exact.count > 0 else { return }
    stream.words.append(
      Word(
        start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end),
        position: UInt32(truncatingIfNeeded: stream.words.count + 1), exact: forms.exact, folded: forms.folded, term: forms.term,
        flags: forms.folded == forms.exact ? flags : flags.union(.differs)))
  }

  // MARK: Stop words

  package func isStopWord(_ folded: UnsafeBufferPointer<UInt8>, language: Language) -> Bool {
    profile(language).isStopWord(folded)
  }

  package func isStopWord(_ folded: ArraySlice<UInt8>, language: Language) -> Bool {
    folded.withUnsafeBufferPointer { profile(language).isStopWord($0) }
  }

  /// Whether a word carries no meaning of its own; what is written as an acronym (IT, U.S.) always does.
  package func isStopWord(_ stream: WordStream, at index: Int, language: Language) -> Bool {
    guard stream.words[index].flags.isDisjoint(with: [.acronym, .allCaps]) else { return false }
    return stream.withFolded(index) { isStopWord($0, language: language) }
  }
}
