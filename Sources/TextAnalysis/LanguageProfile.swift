// What the analyzer must know of a language: its stemmer, its script, and what its writers do with apostrophes.

import Xapian

final class LanguageProfile {
  let language: Language
  /// The tag of the memory of forms; the profiles of one analyzer differ in it.
  let index: UInt32
  /// Nil where Xapian has no stemmer for the language.
  let stemmer: Stemmer?
  /// What an index term of a stemmed word begins with; empty for English.
  let tag: [UInt8]
  /// Words in other scripts are not stemmed.
  let script: Script
  /// I is the capital of ı, and an apostrophe parts a name from its suffixes.
  let isTurkic: Bool
  /// Articles and prepositions lean on the next word: l'Iran, dell'Iran.
  let elides: Bool
  /// The stemmer sees the folded form: diacritics are optional in the language.
  let stemsFolded: Bool
  /// Terms of plain words; the memory of forms has them all.
  let shortTerms = ShortTermMemory()
  private let stopWords: FormMemory?

  init(_ language: Language, index: UInt32, stopWords: Set<String>?) {
    self.language = language
    self.index = index
    let name = LanguageProfile.stemmers[language.rawValue]
    stemmer = name.flatMap { try? Stemmer(language: $0) }
    tag = language == .english ? [] : Array((language.rawValue + ":").utf8)
    script = LanguageProfile.scripts[language.rawValue] ?? .latin
    isTurkic = language == .turkish || language == .azerbaijani
    elides = ["fr", "it", "ca"].contains(language.rawValue)
    stemsFolded = language == .english || language == .russian
    self.stopWords = stopWords.map { LanguageProfile.table($0) }
  }

  private static func table(_ words: Set<String>) -> FormMemory {
    var slotCount = 64
    while slotCount < words.count * 2 { slotCount *= 2 }
    let memory = FormMemory(slotCount: slotCount, arenaCapacity: words.reduce(64) { $0 + $1.utf8.count })
    for word in words {
      Array(word.utf8).withUnsafeBufferPointer { memory.insert($0, tag: 0, value: UnsafeBufferPointer(start: nil, count: 0)) }
    }
    return memory
  }

  func isStopWord(_ folded: UnsafeBufferPointer<UInt8>) -> Bool {
    stopWords?.value(folded, tag: 0) != nil
  }

  /// The Snowball stemmers of Xapian by ISO code.
  private static let stemmers = [
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "en": "english", "es": "spanish", "eu": "basque",
    "fi": "finnish", "fr": "french", "ga": "irish", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish",
  ]

  private static let scripts: [String: Script] = [
    "ar": .arabic, "hy": .armenian, "ne": .devanagari, "ru": .cyrillic, "ta": .tamil,
  ]

  private static let elisions: Set<String> = [
    "c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "presqu",
    "all", "anch", "bell", "coll", "com", "dall", "degl", "dell", "dov", "gl", "nell", "nessun", "quell", "quest", "sull", "sant",
    "senz", "tutt", "un",
  ]

  /// Whether a word before an apostrophe is one that leans on the next; the characters as they are written.
  static func isElision(_ scalars: some Collection<UInt32>) -> Bool {
    guard scalars.count <= 6 else { return false }
    var word = ""
    for scalar in scalars {
      let target = UnicodeTables.shared.exact(scalar)
      guard target == nil || target?.count == 1, let letter = Unicode.Scalar(target?.first ?? scalar), letter.isASCII else { return false }
      word.unicodeScalars.append(letter)
    }
    return elisions.contains(word)
  }
}
