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

struct MentionFinder {
  /// The longest match from one word: its last word and the aliases that end there.
  private struct Longest {
    var last = -1
    var aliases: [Int32] = []
  }

  private var longest = Longest()
  private var inner: [(last: Int, alias: Int32)] = []

  /// Appends the candidates of a unit. `masked` are words that name nobody here.
  mutating func find(
    in table: WordTable, unit number: Int, stream: WordStream, names: NameIndex, masked: [Bool], into candidates: inout [Candidate]
  ) {
    let unit = table.units[number]
    var word = unit.words.lowerBound
    while word < unit.words.upperBound {
      // Most words begin no name, which one probe tells.
      guard starts(word, table, names) else {
        word += 1
        continue
      }
      longest.last = -1
      longest.aliases.removeAll(keepingCapacity: true)
      walk(0, word, table, unit, names) { finder, last, alias, isStripped in
        guard names.aliases[Int(alias)].actor != Alias.region, last >= finder.longest.last,
          Self.misfit(alias, word, last, table, unit, stream, names, isStripped: isStripped) == nil
        else { return }
        if last > finder.longest.last {
          finder.longest.last = last
          finder.longest.aliases.removeAll(keepingCapacity: true)
        }
        finder.longest.aliases.append(alias)
      }
      guard longest.last >= 0 else {
        word += 1
        continue
      }
      let last = longest.last
      if let end = endOfTown(last, table, unit, stream, names) {
        word = end + 1
        continue
      }
      // In the order of the registry, whichever of the words of names led to them.
      if longest.aliases.count > 1 { longest.aliases.sort() }
      let aliases = longest.aliases
      let isMasked = !masked.isEmpty && (word...last).contains { masked[$0] }
      if !isMasked { take(aliases, word, last, number, table, stream, names, &candidates) }
      word = last + 1
    }
  }

  @inline(__always)
  private func starts(_ word: Int, _ table: WordTable, _ names: NameIndex) -> Bool {
    names.isInName(table.forms[word]) || table.bases[word] >= 0
  }

  /// A name with a state of the US or a province behind a comma is a town of that name: nothing of it is meant.
  mutating func endOfTown(
    _ last: Int, _ table: WordTable, _ unit: Unit, _ stream: WordStream, _ names: NameIndex
  ) -> Int? {
    guard last + 1 < unit.words.upperBound, table.gaps[last] == Gap.comma.rawValue, starts(last + 1, table, names) else { return nil }
    var end: Int?
    walk(0, last + 1, table, unit, names) { finder, regionEnd, alias, isStripped in
      guard names.aliases[Int(alias)].actor == Alias.region,
        Self.misfit(alias, last + 1, regionEnd, table, unit, stream, names, isStripped: isStripped) == nil
      else { return }
      end = max(end ?? 0, regionEnd)
    }
    return end
  }

  private mutating func take(
    _ aliases: [Int32], _ first: Int, _ last: Int, _ number: Int, _ table: WordTable, _ stream: WordStream, _ names: NameIndex,
    _ candidates: inout [Candidate]
  ) {
    let actors = aliases.filter { names.aliases[Int($0)].actor >= 0 }
    for alias in actors { append(alias, first, last, number, table, names, &candidates) }
    guard last > first, !actors.isEmpty else { return }
    let unit = table.units[number]
    var word = first
    while word <= last {
      inner.removeAll(keepingCapacity: true)
      if starts(word, table, names) {
        walk(0, word, table, unit, names) { [first = word] finder, end, alias, isStripped in
          guard names.aliases[Int(alias)].actor != Alias.region,
            Self.misfit(alias, first, end, table, unit, stream, names, isStripped: isStripped) == nil
          else { return }
          finder.inner.append((last: end, alias: alias))
        }
      }
      let kept = inner.filter { match in
        guard match.last <= last, match.last - word < last - first else { return false }
        let actor = names.aliases[Int(match.alias)].actor
        return actors.contains { names.staysInside(actor, names.aliases[Int($0)].actor) }
      }
      guard let end = kept.map(\.last).max() else {
        word += 1
        continue
      }
      for alias in kept.filter({ $0.last == end }).map(\.alias).sorted() { append(alias, word, end, number, table, names, &candidates) }
      word = end + 1
    }
  }

  private func append(
    _ alias: Int32, _ first: Int, _ last: Int, _ unit: Int, _ table: WordTable, _ names: NameIndex, _ candidates: inout [Candidate]
  ) {
    let name = names.aliases[Int(alias)]
    var acceptance = name.acceptance
    if name.allCaps != 0, table.units[unit].isAllCaps, acceptance == .strong, !table.flags[first].contains(.acronym) { acceptance = .weak }
    candidates.append(
      Candidate(
        alias: alias, actor: name.actor, first: Int32(first), last: Int32(last), unit: Int32(unit), acceptance: acceptance))
  }

  /// Walks the trie from a node over the words from `word` on and reports each name whose words stand there: the last of them, the alias,
  /// and whether the last has an ending that was stripped.
  mutating func walk(
    _ node: Int32, _ word: Int, _ table: WordTable, _ unit: Unit, _ names: NameIndex,
    _ found: (inout MentionFinder, Int, Int32, Bool) -> Void
  ) {
    guard word < unit.words.upperBound else { return }
    step(node, table.forms[word], word, table, unit, names, found)
    step(node, table.bases[word], word, table, unit, names, found)
  }

  private mutating func step(
    _ node: Int32, _ form: Int32, _ word: Int, _ table: WordTable, _ unit: Unit, _ names: NameIndex,
    _ found: (inout MentionFinder, Int, Int32, Bool) -> Void
  ) {
    for meaning in names.words(of: form) {
      let child = names.edges.find(node, names.words[meaning])
      guard child >= 0 else { continue }
      for output in names.outputs(of: child) { found(&self, word, names.outputs[output], form != table.forms[word]) }
      if table.gaps[word] != Gap.hard.rawValue { walk(child, word + 1, table, unit, names, found) }
    }
  }

  /// Checks what the trie cannot know: capitals, commas, and the language of a foreign name in Latin letters.
  static func misfit(
    _ number: Int32, _ first: Int, _ last: Int, _ table: WordTable, _ unit: Unit, _ stream: WordStream, _ names: NameIndex,
    isStripped: Bool
  ) -> Misfit? {
    let alias = names.aliases[Int(number)]
    guard !alias.isOnlyForQueries else { return .onlyForQueries }
    for word in first...last {
      let bit = UInt32(1) << UInt32(word - first)
      let flags = table.flags[word]
      if alias.allCaps & bit != 0, flags.isDisjoint(with: [.allCaps, .acronym]) { return .lowerCase }
      if alias.capitals & bit != 0, flags.isDisjoint(with: [.capitalised, .allCaps]) { return .lowerCase }
      if word < last, table.gaps[word] == Gap.comma.rawValue, alias.actor >= 0 { return .comma }
    }
    let bound = alias.boundLanguage
    if bound == .any || bound == unit.language || (unit.isAgglutinative && turkic.contains(bound)) { return nil }
    let isMeant =
      !isStripped && isExact(names.details[Int(number)].exact, stream, first - unit.words.lowerBound, last - unit.words.lowerBound)
    return isMeant ? nil : .otherLanguage
  }

  private static let turkic = [LanguageCode("az"), LanguageCode("tr")]

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
