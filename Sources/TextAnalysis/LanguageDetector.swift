// The language of a text: its script decides where one language owns it, letters where a few share it, and the Compact
// Language Detector for the rest. Azerbaijani and Turkish are told apart by ə, x and q.

import CCLD2

package enum LanguageDetector {
  /// No more of a text is looked at, in bytes.
  private static let limit = 8192
  /// Below this many letters a text says little, and a hint weighs more than a guess.
  private static let fewLetters = 24
  /// From this many on small words tell a language.
  private static let manyLetters = 150

  /// The likeliest language and how sure that is, 0 to 1; `undetermined` with 0 for a text without letters.
  ///
  /// The hint is what else is known, say the language of the article that a title belongs to.
  package static func detect(
    _ text: UnsafeBufferPointer<UInt8>, hint: Language? = nil
  ) -> (language: Language, confidence: Double) {
    let cut = text.count <= limit ? text.count : Boundaries.floor(text, limit)
    let head = UnsafeBufferPointer(rebasing: text[0..<cut])
    let letters = LetterCount(head)
    guard letters.total > 0 else { return (hint ?? .undetermined, 0) }
    if let language = letters.languageOfScript { return (language, letters.share) }
    switch letters.script {
    case .arabic: return arabic(head, letters, hint)
    case .cyrillic: return cyrillic(head, letters, hint)
    case .latin: return latin(head, letters, hint)
    default: return guess(head, letters, hint) { _ in true }
    }
  }

  package static func detect(_ text: [UInt8], hint: Language? = nil) -> (language: Language, confidence: Double) {
    text.withUnsafeBufferPointer { detect($0, hint: hint) }
  }

  private static func arabic(
    _ text: UnsafeBufferPointer<UInt8>, _ letters: LetterCount, _ hint: Language?
  ) -> (language: Language, confidence: Double) {
    // ٹ ڈ ڑ ں ے are Urdu; ە ۆ ێ ڵ ڕ Kurdish; پ چ ژ گ ک ی Persian among others; ة ي ك ى أ إ Arabic.
    let urdu = letters.count(of: [0x679, 0x688, 0x691, 0x6BA, 0x6D2, 0x6BE, 0x6C1])
    let kurdish = letters.count(of: [0x6D5, 0x6C6, 0x6CE, 0x6B5, 0x695, 0x6A4])
    let pashto = letters.count(of: [0x67C, 0x681, 0x685, 0x689, 0x693, 0x696, 0x69A, 0x6BC, 0x6D0, 0x6CD])
    let persian = letters.count(of: [0x67E, 0x686, 0x698, 0x6AF, 0x6A9, 0x6CC])
    let arabic = letters.count(of: [0x629, 0x64A, 0x643, 0x649, 0x623, 0x625])
    let special = max(urdu, kurdish, pashto)
    if special * 50 >= letters.total, special > 0 {
      if special == kurdish { return (.kurdish, letters.share) }
      if special == pashto { return (Language(rawValue: "ps"), letters.share) }
      return (.urdu, letters.share)
    }
    if persian > arabic { return (.persian, letters.confidence) }
    if arabic > persian { return (.arabic, letters.confidence) }
    if let hint, [.persian, .arabic, .urdu, .kurdish].contains(hint) { return (hint, 0.5) }
    return guess(text, letters, nil, otherwise: .arabic) { [.persian, .arabic, .urdu, .kurdish].contains($0) }
  }

  private static func cyrillic(
    _ text: UnsafeBufferPointer<UInt8>, _ letters: LetterCount, _ hint: Language?
  ) -> (language: Language, confidence: Double) {
    let ukrainian = letters.count(of: [0x457, 0x454, 0x491, 0x407, 0x404, 0x490])
    let dottedI = letters.count(of: [0x456, 0x406])
    let shortU = letters.count(of: [0x45E, 0x40E])
    let russian = letters.count(of: [0x44B, 0x44D, 0x451, 0x42B, 0x42D, 0x401])
    let steppe = letters.count(of: [0x4D9, 0x493, 0x49B, 0x4A3, 0x4E9, 0x4B1, 0x4AF, 0x4BB, 0x4B3, 0x4B7])
    let southern = letters.count(of: [0x452, 0x458, 0x459, 0x45A, 0x45B, 0x45F, 0x453, 0x45C, 0x455])
    if steppe == 0, southern == 0 {
      if ukrainian > 0 && russian * 4 < ukrainian + dottedI { return (.ukrainian, letters.confidence) }
      if shortU > 0 && dottedI > 0 { return (Language(rawValue: "be"), letters.confidence) }
      if dottedI > 0 && russian == 0 { return (.ukrainian, letters.confidence * 0.8) }
      if russian > 0 && dottedI == 0 { return (.russian, letters.confidence) }
      if letters.total < fewLetters { return (hint.flatMap { isCyrillic($0) ? $0 : nil } ?? .russian, 0.5) }
    }
    return guess(text, letters, hint.flatMap { isCyrillic($0) ? $0 : nil }, otherwise: .russian) { isCyrillic($0) }
  }

  private static func isCyrillic(_ language: Language) -> Bool {
    ["ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "tg", "mn", "tt"].contains(language.rawValue)
  }

  private static func latin(
    _ text: UnsafeBufferPointer<UInt8>, _ letters: LetterCount, _ hint: Language?
  ) -> (language: Language, confidence: Double) {
    let schwa = letters.count(of: [0x259, 0x18F])
    if schwa * 50 >= letters.total { return (.azerbaijani, letters.confidence) }
    var found: (language: Language, confidence: Double)
    if hint == nil || hint == .english || hint == .undetermined, letters.total >= manyLetters, EnglishShare(text).isPlain {
      found = (.english, 0.95)
    } else {
      found = guess(text, letters, hint) { !LanguageDetector.otherScripts.contains($0.rawValue) }
    }
    let turkic = letters.count(of: [0x11F, 0x11E, 0x131, 0x130])
    if found.language == .turkish || found.language == .azerbaijani || (turkic >= 3 && turkic * 25 >= letters.total) {
      // ğ ı İ are of these two alone; x and q count in lower case, for they stand in names of things everywhere.
      let letters = (own: letters.count(of: [0x78, 0x71]), total: letters.total)
      found.language = schwa * 150 > letters.total || (letters.own >= 2 && letters.own * 50 >= letters.total) ? .azerbaijani : .turkish
    }
    return found
  }

  /// Languages that nobody writes in Latin letters.
  private static let otherScripts: Set<String> = [
    "am", "ar", "be", "bg", "bn", "bo", "dv", "el", "fa", "gu", "he", "hi", "hy", "ja", "ka", "kk", "km", "kn", "ko", "ky", "lo", "mk",
    "ml", "mn", "mr", "my", "ne", "pa", "ps", "ru", "si", "ta", "te", "tg", "th", "ti", "uk", "ur", "yi", "zh",
  ]

  /// Asks the detector library; its first language that `isPossible` is taken, else the hint, else `otherwise`.
  private static func guess(
    _ text: UnsafeBufferPointer<UInt8>, _ letters: LetterCount, _ hint: Language?, otherwise: Language = .undetermined,
    isPossible: (Language) -> Bool
  ) -> (language: Language, confidence: Double) {
    var result = ccld2_result()
    let isFound = text.withMemoryRebound(to: CChar.self) { text in
      guard let hint, hint != .undetermined else { return ccld2_detect(text.baseAddress, text.count, nil, &result) }
      return ccld2_detect(text.baseAddress, text.count, hint.rawValue, &result)
    }
    let candidates = [
      (code(result.codes.0), result.percents.0), (code(result.codes.1), result.percents.1), (code(result.codes.2), result.percents.2),
    ]
    let known = isFound ? candidates.first { $0.0 != .undetermined && isPossible($0.0) } : nil
    if let (language, percent) = known, result.reliable || (hint == nil && letters.total >= fewLetters) {
      return (language, (result.reliable ? 0.95 : 0.5) * Double(percent) / 100)
    }
    if let hint, hint != .undetermined { return (hint, known?.0 == hint ? 0.6 : 0.3) }
    if let (language, percent) = known { return (language, 0.3 * Double(percent) / 100) }
    return (otherwise, otherwise == .undetermined ? 0 : 0.3)
  }

  private static func code(_ bytes: some Any) -> Language {
    let code = withUnsafeBytes(of: bytes) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return code == "un" ? .undetermined : Language(code: code)
  }
}
