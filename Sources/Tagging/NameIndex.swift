// Every name of every actor compiled for matching: a trie over the numbers of word forms, in flat tables.

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
struct LanguageCode: Equatable, Sendable {
  var number: UInt32

  static let any = LanguageCode(number: 0)
  static let undetermined = LanguageCode("und")

  private init(number: UInt32) { self.number = number }

  init(_ code: String) {
    number = code.utf8.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }
}

/// One name as it is matched: nothing in it needs counting of references.
struct Alias: Sendable {
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
struct AliasDetails: Sendable {
  var text: String
  /// name, demonym, metonym, acronym, surname, weak or native.
  var rule: String
  /// The exact forms of the words, one blank between; empty when they are plain ASCII.
  var exact: [UInt8] = []
}

/// The compiled names. Immutable once built; lookups read flat tables only.
struct NameIndex: Sendable {
  var forms = FormTable()
  var edges = EdgeTable()
  var aliases: [Alias] = []
  var details: [AliasDetails] = []
  /// Aliases that end at a node: a range into `outputs`.
  var outputStart: [Int32] = []
  var outputs: [Int32] = []
  /// Bits by form: what a form can be beside a part of a name.
  var formBits: [UInt8] = []
  static let titleBit: UInt8 = 1
  static let nameBit: UInt8 = 2
  /// Folded endings of Azerbaijani and Turkish, longest first, and the numbers of bytes they have.
  var endings: FormTable = FormTable()
  var endingLengths: [Int] = []

  var parents: [Int32] = []
  var keeps: [[Int32]] = []
  var support: [[Int32]] = []

  @inline(__always)
  func outputs(of node: Int32) -> Range<Int> { Int(outputStart[Int(node)])..<Int(outputStart[Int(node) + 1]) }

  @inline(__always)
  func bits(_ form: Int32) -> UInt8 { form >= 0 && Int(form) < formBits.count ? formBits[Int(form)] : 0 }

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
      if id >= 0, bits(id) & Self.nameBit != 0 { return id }
    }
    return -1
  }
}
