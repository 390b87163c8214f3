// Every name of every actor compiled for matching, in flat tables: a word's form leads to the words of names that it may be (лидер and
// лидера to one word), and a trie over the numbers of these words to the names.

/// How a name is accepted once its words have matched.
enum Acceptance: UInt8, Sendable {
  /// Where it stands.
  case strong
  /// With a strong name of the actor, or of one that supports it, in the article.
  case weak
  /// With a title before it, or beside the full name.
  case surname
}

/// A language as a number, for comparing without strings: the bytes of its code, 0 for any.
struct LanguageCode: Hashable, Sendable {
  var number: UInt32

  static let any = LanguageCode(number: 0)
  static let undetermined = LanguageCode("und")

  private init(number: UInt32) { self.number = number }

  init(_ code: String) {
    number = code.utf8.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  var text: String {
    let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    return String(decoding: bytes.drop { $0 == 0 }, as: UTF8.self)
  }
}

/// One name as it is matched: nothing in it needs counting of references.
struct Alias: Sendable, Hashable {
  /// Index of the actor, or one of the two below.
  var actor: Int32
  static let mask: Int32 = -1
  static let region: Int32 = -2
  var wordCount: Int32
  /// Words that must be capitalised, by bit.
  var capitals: UInt32
  /// Words that must be written in capitals, by bit.
  var allCaps: UInt32
  var type: NameType
  var acceptance: Acceptance
  /// Set for a foreign name in Latin letters: it is accepted in passages of its language, or in exactly these letters.
  var boundLanguage = LanguageCode.any
  /// A label, which users type but texts do not mean.
  var isOnlyForQueries = false
}

/// What is said of a name once it has matched.
struct AliasDetails: Sendable, Hashable {
  var text: String
  /// name, demonym, metonym, acronym, surname, weak or native.
  var rule: String
  /// The exact forms of the words, one blank between; empty when they are plain ASCII.
  var exact: [UInt8] = []
}

/// The compiled names; lookups read flat tables only. A class, because a copy of so many tables would count so many references.
final class NameIndex: Sendable {
  let forms: FormTable
  /// Words of names that a form may be: a range into `words`. Forms of topics' rules, which share the table, come behind.
  private let wordStart: [Int32]
  let words: [Int32]
  /// From a node over a word of a name to the next node.
  private let edges: EdgeTable
  let aliases: [Alias]
  let details: [AliasDetails]
  /// Aliases that end at a node: a range into `outputs`.
  private let outputStart: [Int32]
  let outputs: [Int32]
  /// By word of names: the node behind it from the root, or -1.
  private let roots: [Int32]
  /// Whether a name begins with a form, which most words of names do not.
  private let beginnings: [Bool]
  /// Forms that are titles before a name (President).
  let titles: [Bool]
  /// Forms of months and days (12 June), which are nobody's first name although they begin with a capital.
  private let calendar: Set<Int32>
  /// Folded endings of Azerbaijani and Turkish, longest first, and the numbers of bytes they have.
  let endings: FormTable
  private let endingLengths: [Int]

  /// By actor.
  let parents: [Int32]
  let keeps: [[Int32]]
  let support: [[Int32]]
  /// Whether it is a state, a disputed one too.
  let states: [Bool]
  /// Whether it has names that only count with something else in the article: weak ones, and such as are weak in a text of capitals.
  let hasDoubtfulNames: [Bool]
  /// Whether its being named decides about doubtful names of others: it is their support, or has a surname that others may have.
  let decidesForOthers: [Bool]

  /// Actors by their relations to others.
  struct Families {
    var parents: [Int32] = []
    var keeps: [[Int32]] = []
    var support: [[Int32]] = []
    var states: [Bool] = []
  }

  init(
    forms: FormTable, words: NumberLists, edges: EdgeTable, aliases: [Alias], details: [AliasDetails], outputs: NumberLists,
    titles: [Bool], calendar: Set<Int32>, families: Families
  ) {
    self.forms = forms
    (wordStart, self.words) = (words.starts, words.values)
    let roots = (0...(words.values.max() ?? 0)).map { edges.find(0, $0) }
    self.roots = roots
    beginnings = (0..<words.count).map { form in words.range(form).contains { roots[Int(words.values[$0])] >= 0 } }
    self.edges = edges
    self.aliases = aliases
    self.details = details
    (outputStart, self.outputs) = (outputs.starts, outputs.values)
    self.titles = titles
    self.calendar = calendar
    (parents, keeps, support, states) = (families.parents, families.keeps, families.support, families.states)
    var doubtful = [Bool](repeating: false, count: families.parents.count)
    var deciding = doubtful
    for alias in aliases where alias.actor >= 0 && !alias.isOnlyForQueries {
      if alias.acceptance == .weak || alias.allCaps != 0 { doubtful[Int(alias.actor)] = true }
      if alias.acceptance == .surname { deciding[Int(alias.actor)] = true }
    }
    for actor in families.support.joined() { deciding[Int(actor)] = true }
    (hasDoubtfulNames, decidesForOthers) = (doubtful, deciding)
    var endings = FormTable()
    for ending in Agglutination.endings(folding: { NameIndexBuilder.folded($0) }) { _ = endings.insert(ending) }
    self.endings = endings
    endingLengths = Set((0..<endings.count).map { endings.form(Int32($0)).count }).sorted()
  }

  /// The node behind a word of names from another node, or -1.
  @inline(__always)
  func child(of node: Int32, _ word: Int32) -> Int32 { node == 0 ? roots[Int(word)] : edges.find(node, word) }

  @inline(__always)
  func outputs(of node: Int32) -> Range<Int> { Int(outputStart[Int(node)])..<Int(outputStart[Int(node) + 1]) }

  /// Positions of the words of names that a form may be; of a form without a number (-1) none.
  @inline(__always)
  func words(of form: Int32) -> Range<Int> {
    form >= 0 && Int(form) + 1 < wordStart.count ? Int(wordStart[Int(form)])..<Int(wordStart[Int(form) + 1]) : 0..<0
  }

  /// Whether a form is in any name.
  @inline(__always)
  func isInName(_ form: Int32) -> Bool { !words(of: form).isEmpty }

  @inline(__always)
  private func isBeginning(_ form: Int32) -> Bool { form >= 0 && Int(form) < beginnings.count && beginnings[Int(form)] }

  /// Whether a name may begin with a word of a text.
  @inline(__always)
  func beginsName(_ word: TableWord) -> Bool { isBeginning(word.form) || isBeginning(word.base) }

  func isTitle(_ form: Int32) -> Bool { form >= 0 && Int(form) < titles.count && titles[Int(form)] }

  func isOfCalendar(_ form: Int32) -> Bool { calendar.contains(form) }

  /// The nodes that a form leads to from another.
  func children(of node: Int32, _ form: Int32) -> [Int32] {
    words(of: form).map { child(of: node, words[$0]) }.filter { $0 >= 0 }
  }

  /// Tells whether names of `inner` stay mentions inside a longer name of `outer`.
  func staysInside(_ inner: Int32, _ outer: Int32) -> Bool {
    guard outer >= 0, inner >= 0, inner != outer else { return false }
    if keeps[Int(outer)].contains(inner) { return true }
    var at = parents[Int(outer)]
    while at >= 0 {
      if at == inner { return true }
      at = parents[Int(at)]
    }
    return false
  }

  /// The form that an Azerbaijani or Turkish word has without its ending, or -1; the shortest ending that leaves a name wins.
  func stripped(_ form: UnsafeBufferPointer<UInt8>) -> Int32 {
    for length in endingLengths {
      let base = form.count - length
      guard base >= Agglutination.minimumBase, let start = form.baseAddress else { continue }
      guard endings.find(UnsafeBufferPointer(start: start + base, count: length)) >= 0 else { continue }
      let id = forms.find(UnsafeBufferPointer(start: start, count: base))
      if isInName(id) { return id }
    }
    return -1
  }
}

/// Lists of numbers by number, one after the other in one array.
struct NumberLists: Sendable {
  /// Where the list of each number begins, and behind them the end of the last.
  var starts: [Int32]
  var values: [Int32]

  var count: Int { starts.count - 1 }

  func range(_ key: Int) -> Range<Int> { Int(starts[key])..<Int(starts[key + 1]) }

  static func pair(_ key: Int32, _ value: Int32) -> UInt64 { UInt64(UInt32(bitPattern: key)) << 32 | UInt64(UInt32(bitPattern: value)) }

  /// - Parameter pairs: a number in the upper half, a member of its list in the lower; a list keeps their order.
  init(_ pairs: [UInt64], count: Int) {
    starts = [Int32](repeating: 0, count: count + 1)
    for pair in pairs { starts[Int(pair >> 32) + 1] += 1 }
    for key in 0..<count { starts[key + 1] += starts[key] }
    var next = starts
    values = [Int32](repeating: 0, count: pairs.count)
    for pair in pairs {
      let key = Int(pair >> 32)
      values[Int(next[key])] = Int32(truncatingIfNeeded: pair)
      next[key] += 1
    }
  }
}
