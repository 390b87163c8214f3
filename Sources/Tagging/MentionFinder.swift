// Finds the names in the words of one unit: leftmost, longest, with one exception. Inside a longer name a shorter one stays when
// it names an ancestor of the longer (Iran in "Iran's Foreign Ministry"). What is found is a candidate until the article as a
// whole has been read.

import TextAnalysis

struct Candidate {
  var alias: Int32
  var actor: Int32
  /// Indices into the word table, both included.
  var first: Int32
  var last: Int32
  var unit: Int32
  var acceptance: Acceptance
  var verdict = Verdict.undecided

  var isAccepted: Bool { verdict.isAccepted }
}

/// Why the words of a name are not that name where they stand.
enum Misfit {
  /// A label that users type and texts do not mean.
  case onlyForQueries
  /// Without the capitals that it has to have.
  case lowerCase
  /// With a comma inside it.
  case comma
  /// A foreign name in Latin letters, in a text of another language and not in exactly its letters.
  case otherLanguage
}

/// A name whose words stand one behind the other.
struct NameMatch {
  /// Its last word.
  var last: Int
  var alias: Int32
  /// Whether its last word has an ending that was stripped.
  var isStripped: Bool
}

struct MentionFinder {
  /// All names from the word at hand on.
  private(set) var matches: [NameMatch] = []
  /// Of the longest of them that fit: the aliases.
  private var longest: [Int32] = []
  private var inner: [Int32] = []

  /// Appends the candidates of a unit. `masked` are words that name nobody here.
  mutating func find(
    in table: borrowing WordTable, unit number: Int, stream: WordStream, names: NameIndex, masked: [Bool],
    into candidates: inout [Candidate]
  ) {
    let unit = table.units[number]
    var word = unit.words.lowerBound
    while word < unit.words.upperBound {
      // Most words begin no name, which one probe tells.
      guard names.beginsName(table.words[word]), let last = findLongest(from: word, table, unit, stream, names) else {
        word += 1
        continue
      }
      if let end = endOfTown(last, table, unit, stream, names) {
        word = end + 1
        continue
      }
      if masked.isEmpty || !masked[word...last].contains(true) { take(word, last, number, table, stream, names, &candidates) }
      word = last + 1
    }
  }

  /// The last word of the longest names from a word on; they are in `longest`, in the order of the registry, whichever of the words of
  /// names led to them.
  private mutating func findLongest(
    from word: Int, _ table: borrowing WordTable, _ unit: Unit, _ stream: WordStream, _ names: NameIndex
  ) -> Int? {
    collect(from: word, table, unit, names)
    var last = -1
    longest.removeAll(keepingCapacity: true)
    for match in matches where match.last >= last && names.aliases[Int(match.alias)].actor != Alias.region {
      guard Self.fits(match, from: word, table, unit, stream, names) else { continue }
      if match.last > last {
        last = match.last
        longest.removeAll(keepingCapacity: true)
      }
      longest.append(match.alias)
    }
    if longest.count > 1 { longest.sort() }
    return last >= 0 ? last : nil
  }

  /// A name with a state of the US or a province behind a comma is a town of that name: nothing of it is meant.
  mutating func endOfTown(
    _ last: Int, _ table: borrowing WordTable, _ unit: Unit, _ stream: WordStream, _ names: NameIndex
  ) -> Int? {
    guard last + 1 < unit.words.upperBound, table.words[last].gap == .comma, names.beginsName(table.words[last + 1]) else { return nil }
    collect(from: last + 1, table, unit, names)
    var end: Int?
    for match in matches where names.aliases[Int(match.alias)].actor == Alias.region {
      if Self.fits(match, from: last + 1, table, unit, stream, names) { end = max(end ?? 0, match.last) }
    }
    return end
  }

  /// Makes candidates of the longest names, and of the shorter ones in them that stay.
  private mutating func take(
    _ first: Int, _ last: Int, _ number: Int, _ table: borrowing WordTable, _ stream: WordStream, _ names: NameIndex,
    _ candidates: inout [Candidate]
  ) {
    let outer = candidates.count
    for alias in longest where names.aliases[Int(alias)].actor >= 0 { append(alias, first, last, number, table, names, &candidates) }
    let inside = candidates.count
    guard last > first, inside > outer else { return }
    let unit = table.units[number]
    var word = first
    while word <= last {
      var end = -1
      inner.removeAll(keepingCapacity: true)
      if names.beginsName(table.words[word]) {
        collect(from: word, table, unit, names)
        for match in matches where match.last <= last && match.last - word < last - first && match.last >= end {
          let actor = names.aliases[Int(match.alias)].actor
          guard candidates[outer..<inside].contains(where: { names.staysInside(actor, $0.actor) }),
            Self.fits(match, from: word, table, unit, stream, names)
          else { continue }
          if match.last > end { inner.removeAll(keepingCapacity: true) }
          end = match.last
          inner.append(match.alias)
        }
      }
      guard end >= 0 else {
        word += 1
        continue
      }
      if inner.count > 1 { inner.sort() }
      for alias in inner { append(alias, word, end, number, table, names, &candidates) }
      word = end + 1
    }
  }

  private func append(
    _ alias: Int32, _ first: Int, _ last: Int, _ unit: Int, _ table: borrowing WordTable, _ names: NameIndex,
    _ candidates: inout [Candidate]
  ) {
    let name = names.aliases[Int(alias)]
    var acceptance = name.acceptance
    if name.allCaps != 0, acceptance == .strong, table.units[unit].isAllCaps, !table.words[first].flags.contains(.acronym) {
      acceptance = .weak
    }
    candidates.append(
      Candidate(
        alias: alias, actor: name.actor, first: Int32(first), last: Int32(last), unit: Int32(unit), acceptance: acceptance))
  }

  /// Puts each name whose words stand from a word on into `matches`.
  mutating func collect(from word: Int, _ table: borrowing WordTable, _ unit: Unit, _ names: NameIndex) {
    matches.removeAll(keepingCapacity: true)
    walk(0, word, table, unit, names)
  }

  /// Walks the trie from a node over the words from `word` on.
  private mutating func walk(_ node: Int32, _ word: Int, _ table: borrowing WordTable, _ unit: Unit, _ names: NameIndex) {
    guard word < unit.words.upperBound else { return }
    step(node, table.words[word].form, word, table, unit, names, isStripped: false)
    if table.words[word].base >= 0 { step(node, table.words[word].base, word, table, unit, names, isStripped: true) }
  }

  private mutating func step(
    _ node: Int32, _ form: Int32, _ word: Int, _ table: borrowing WordTable, _ unit: Unit, _ names: NameIndex, isStripped: Bool
  ) {
    for meaning in names.words(of: form) {
      let child = names.child(of: node, names.words[meaning])
      guard child >= 0 else { continue }
      for output in names.outputs(of: child) {
        matches.append(NameMatch(last: word, alias: names.outputs[output], isStripped: isStripped))
      }
      if table.words[word].gap != .hard { walk(child, word + 1, table, unit, names) }
    }
  }

  private static func fits(
    _ match: NameMatch, from first: Int, _ table: borrowing WordTable, _ unit: Unit, _ stream: WordStream, _ names: NameIndex
  ) -> Bool {
    misfit(match.alias, first, match.last, table, unit, stream, names, isStripped: match.isStripped) == nil
  }

  /// Checks what the trie cannot know: capitals, commas, and the language of a foreign name in Latin letters.
  static func misfit(
    _ number: Int32, _ first: Int, _ last: Int, _ table: borrowing WordTable, _ unit: Unit, _ stream: WordStream, _ names: NameIndex,
    isStripped: Bool
  ) -> Misfit? {
    let alias = names.aliases[Int(number)]
    guard !alias.isOnlyForQueries else { return .onlyForQueries }
    for word in first...last {
      let bit = UInt32(1) << UInt32(word - first)
      let flags = table.words[word].flags
      if alias.allCaps & bit != 0, !flags.contains(.allCaps), !flags.contains(.acronym) { return .lowerCase }
      if alias.capitals & bit != 0, !flags.contains(.capitalised), !flags.contains(.allCaps) { return .lowerCase }
      if word < last, table.words[word].gap == .comma, alias.actor >= 0 { return .comma }
    }
    let bound = alias.boundLanguage
    if bound == .any || bound == unit.language || (unit.isAgglutinative && (bound == azerbaijani || bound == turkish)) { return nil }
    let isMeant =
      !isStripped && isExact(names.details[Int(number)].exact, stream, first - unit.words.lowerBound, last - unit.words.lowerBound)
    return isMeant ? nil : .otherLanguage
  }

  private static let azerbaijani = LanguageCode("az")
  private static let turkish = LanguageCode("tr")

  /// Tells whether the words are written with the letters of the name, of which at least one is not ASCII.
  private static func isExact(_ exact: [UInt8], _ stream: WordStream, _ first: Int, _ last: Int) -> Bool {
    guard !exact.isEmpty else { return false }
    var at = 0
    for word in first...last {
      if word > first {
        guard at < exact.count, exact[at] == 0x20 else { return false }
        at += 1
      }
      let form = stream.exact(word)
      guard exact.count - at >= form.count, exact[at..<(at + form.count)].elementsEqual(form) else { return false }
      at += form.count
    }
    return at == exact.count
  }
}
