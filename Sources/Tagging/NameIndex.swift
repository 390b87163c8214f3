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

/// The compiled names. Immutable once built; lookups read flat tables only.
struct NameIndex: Sendable {
  var forms = FormTable()
  /// Words of names that a form may be: a range into `words`. Forms of topics' rules, which share the table, come behind.
  var wordStart: [Int32] = [0]
  var words: [Int32] = []
  /// From a node over a word of a name to the next node.
  var edges = EdgeTable()
  var aliases: [Alias] = []
  var details: [AliasDetails] = []
  /// Aliases that end at a node: a range into `outputs`.
  var outputStart: [Int32] = []
  var outputs: [Int32] = []
  /// Forms that are titles before a name (President).
  var titles: [Bool] = []
  /// Folded endings of Azerbaijani and Turkish, longest first, and the numbers of bytes they have.
  var endings: FormTable = FormTable()
  var endingLengths: [Int] = []

  var parents: [Int32] = []
  var keeps: [[Int32]] = []
  var support: [[Int32]] = []

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

  func isTitle(_ form: Int32) -> Bool { form >= 0 && Int(form) < titles.count && titles[Int(form)] }

  /// The nodes that a form leads to from another.
  func children(of node: Int32, _ form: Int32) -> [Int32] {
    words(of: form).map { edges.find(node, words[$0]) }.filter { $0 >= 0 }
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
