// The language of a text: its script decides where one language owns it, letters where a few share it, and the Compact
// Language Detector for the rest. Azerbaijani and Turkish are told apart by ə, x and q.

import CCLD2

package enum LanguageDetector {
  /// No more of a text is looked at, in bytes.
  private static let limit = 8192
  /// Below this many letters a text says little, and a hint weighs more than a guess.
  private static let fewLetters = 24

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
    default: return guess(head, letters, hint)
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
    return guess(text, letters, nil, among: [.persian, .arabic, .urdu, .kurdish], otherwise: .arabic)
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
    return guess(text, letters, hint.flatMap { isCyrillic($0) ? $0 : nil }, otherwise: .russian)
  }

  private static func isCyrillic(_ language: Language) -> Bool {
    ["ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "tg", "mn", "tt"].contains(language.rawValue)
  }

  private static func latin(
    _ text: UnsafeBufferPointer<UInt8>, _ letters: LetterCount, _ hint: Language?
  ) -> (language: Language, confidence: Double) {
    if letters.count(of: [0x259, 0x18F]) * 50 >= letters.total { return (.azerbaijani, letters.confidence) }
    var found = guess(text, letters, hint)
    if found.language == .turkish || found.language == .azerbaijani {
      let azerbaijani = letters.count(of: [0x259, 0x18F, 0x78, 0x58, 0x71, 0x51])
      found.language = azerbaijani * 60 >= letters.total ? .azerbaijani : .turkish
    }
    return found
  }

  private static func guess(
    _ text: UnsafeBufferPointer<UInt8>, _ letters: LetterCount, _ hint: Language?, among: [Language] = [],
    otherwise: Language = .undetermined
  ) -> (language: Language, confidence: Double) {
    var result = ccld2_result()
    let isFound = text.withMemoryRebound(to: CChar.self) { text in
      guard let hint, hint != .undetermined else { return ccld2_detect(text.baseAddress, text.count, nil, &result) }
      return ccld2_detect(text.baseAddress, text.count, hint.rawValue, &result)
    }
    let code = withUnsafeBytes(of: result.code) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    let language = Language(code: code)
    let isKnown = isFound && code != "un" && (among.isEmpty || among.contains(language))
    let share = Double(result.percent) / 100
    if isKnown, result.reliable || (hint == nil && letters.total >= fewLetters) {
      return (language, (result.reliable ? 0.95 : 0.5) * share)
    }
    if let hint, hint != .undetermined { return (hint, isKnown && language == hint ? 0.6 : 0.3) }
    return isKnown ? (language, 0.3 * share) : (otherwise, otherwise == .undetermined ? 0 : 0.3)
  }
}
