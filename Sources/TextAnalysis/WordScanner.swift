// Finds where a written word ends and collects the characters that its forms are made of. The rules, over any script:
// letters, digits and their marks make a word; an apostrophe joins two letters; a full stop or a comma joins two digits;
// full stops between single letters make an acronym; everything else parts words.

/// A word as it stands in the text; its characters are in `WordScanner.scalars`.
struct WrittenWord {
  var end: Int
  /// Where the search for the next word goes on.
  var next: Int
  var flags: WordFlags
}

struct WordScanner {
  /// Characters beyond this many are read, and left out of the forms.
  static let scalarLimit = 256

  let tables = UnicodeTables.shared
  let text: TextBytes
  let isTurkic: Bool
  let elides: Bool
  /// The characters of the last word, apostrophes as ', without what the forms leave out.
  private(set) var scalars: [UInt32]
  /// Before this offset no full stop or comma joins digits: they belong to a chain that was split, as in 05.09.2023.
  var splitEnd = 0
  var number = NumberChain()

  init(text: TextBytes, isTurkic: Bool, elides: Bool, scratch: [UInt32]) {
    self.text = text
    self.isTurkic = isTurkic
    self.elides = elides
    scalars = scratch
    scalars.removeAll(keepingCapacity: true)
  }

  /// What was counted so far, so that an ending can be taken back.
  private struct Counts {
    var scalars = 0
    var letters = 0
    var upper = 0
    var digits = 0
  }

  private mutating func append(_ scalar: UInt32) {
    if scalars.count < WordScanner.scalarLimit { scalars.append(scalar) }
  }

  /// Reads the word that starts with the letter or digit at an offset.
  mutating func scan(at start: Int) -> WrittenWord {
    scalars.removeAll(keepingCapacity: true)
    number = NumberChain()
    if let acronym = scanAcronym(at: start) { return acronym }
    scalars.removeAll(keepingCapacity: true)

    var offset = start
    var end = start
    var last = CharacterKind.breaking
    var lastScript = Script.common
    var digitRun = 0
    var counts = Counts()
    var firstApostrophe: Counts?
    var lastApostrophe: Counts?
    var flags: WordFlags = []

    scanning: while offset < text.count {
      let (scalar, length) = text.decode(offset)
      let properties = tables.properties(scalar)
      switch properties.kind {
      case .letter:
        if properties.isUpper {
          if counts.letters == 0 && counts.digits == 0 { flags.insert(.capitalised) }
          counts.upper += 1
        }
        counts.letters += 1
        append(scalar)
        last = .letter
        lastScript = properties.script
        digitRun = 0
        offset += length
        end = offset
      case .digit:
        append(scalar)
        counts.digits += 1
        last = .digit
        digitRun += 1
        offset += length
        end = offset
      case .mark:
        append(scalar)
        offset += length
        end = offset
      case .ignorable:
        offset += length
      case .apostrophe where last == .letter:
        guard kind(at: offset + length) == .letter else { break scanning }
        counts.scalars = scalars.count
        if elides, firstApostrophe == nil, LanguageProfile.isElision(scalars) {
          return WrittenWord(end: end, next: offset + length, flags: finish(flags, counts))
        }
        if firstApostrophe == nil { firstApostrophe = counts }
        lastApostrophe = counts
        append(0x27)
        offset += length
      case .joiner:
        guard last == .letter, joins(scalar, lastScript, at: offset + length) else { break scanning }
        if scalar != 0xB7 && scalar != 0x2027 { append(0x22) }
        offset += length
      case .breaking, .apostrophe:
        guard last == .digit, offset == end, digitRun > 0, joinsDigits(at: offset, length, digitRun) else { break scanning }
        if offset == number.decimal { append(0x2E) }
        digitRun = 0
        offset += length
      case .ideograph:
        break scanning
      }
    }
    counts.scalars = scalars.count

    if let cut = isTurkic ? firstApostrophe : lastApostrophe, isTurkic || isContraction(from: cut.scalars + 1) {
      scalars.removeLast(scalars.count - cut.scalars)
      counts = cut
      flags.insert(.possessive)
    }
    return WrittenWord(end: end, next: end, flags: finish(flags, counts))
  }

  private func finish(_ flags: WordFlags, _ counts: Counts) -> WordFlags {
    var flags = flags
    if counts.letters >= 2, counts.upper == counts.letters { flags.insert(.allCaps) }
    if counts.digits > 0 { flags.insert(.hasDigit) }
    return flags
  }

  @inline(__always) func kind(at offset: Int) -> CharacterKind {
    offset < text.count ? tables.properties(text.decode(offset).scalar).kind : .breaking
  }

  /// Whether a joiner stands between two letters of its script.
  private func joins(_ joiner: UInt32, _ script: Script, at next: Int) -> Bool {
    let wanted: Script = joiner == 0x22 || joiner == 0x5F4 ? .hebrew : .latin
    guard script == wanted, next < text.count else { return false }
    let properties = tables.properties(text.decode(next).scalar)
    return properties.kind == .letter && properties.script == wanted
  }

  /// Whether the characters from an index on are an English ending behind an apostrophe: 's 'll 've 're 'd 'm.
  private func isContraction(from index: Int) -> Bool {
    func letter(_ offset: Int) -> UInt32 { scalars[index + offset] | 0x20 }
    switch scalars.count - index {
    case 1: return [0x73, 0x64, 0x6D].contains(letter(0))
    case 2:
      let pair = (letter(0), letter(1))
      return pair == (0x6C, 0x6C) || pair == (0x76, 0x65) || pair == (0x72, 0x65)
    default: return false
    }
  }

  /// Reads single letters with full stops between them, two of them or more: U.S., p.m.
  private mutating func scanAcronym(at start: Int) -> WrittenWord? {
    var offset = start
    var end = start
    var counts = Counts()
    var flags: WordFlags = [.acronym]
    while offset < text.count {
      let (scalar, length) = text.decode(offset)
      let properties = tables.properties(scalar)
      guard properties.kind == .letter, properties.script != .hangul else { break }
      var after = offset + length
      while kind(at: after) == .mark { after += text.decode(after).length }
      let isStop = after < text.count && text[after] == 0x2E
      if !isStop {
        guard counts.letters > 0 else { return nil }
        let next = kind(at: after)
        guard next != .letter, next != .digit, next != .ignorable else { break }
      }
      if properties.isUpper {
        if counts.letters == 0 { flags.insert(.capitalised) }
        counts.upper += 1
      }
      counts.letters += 1
      var part = offset
      while part < after {
        let (scalar, length) = text.decode(part)
        append(scalar)
        part += length
      }
      end = isStop ? after + 1 : after
      offset = end
      if !isStop { break }
    }
    guard counts.letters >= 2 else { return nil }
    let ending = endingOfAcronym(at: end)
    if ending > end { flags.insert(.possessive) }
    return WrittenWord(end: ending, next: ending, flags: finish(flags, counts))
  }

  /// Where an ending behind an apostrophe ends (U.S.'s, A.B.D.'nin); the offset itself where there is none.
  private func endingOfAcronym(at offset: Int) -> Int {
    guard kind(at: offset) == .apostrophe else { return offset }
    let start = offset + text.decode(offset).length
    var end = start
    while end < text.count, [.letter, .mark].contains(kind(at: end)) { end += text.decode(end).length }
    if isTurkic { return end > start ? end : offset }
    return end == start + 1 && text[start] | 0x20 == 0x73 && kind(at: end) != .digit ? end : offset
  }
}
