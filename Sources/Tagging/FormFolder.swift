// Folds the forms of a word without folding the word again for each: a form is the word's beginning with an ending, or a prefix with
// the word. Folding goes scalar by scalar in the scripts that inflect here, so the parts can be folded apart.

struct FormFolder {
  private let word: String
  /// Bytes of the word kept by the last form, and these folded.
  private var kept = -1
  private var foldedKept: [UInt8] = []
  private var foldedWord: [UInt8] = []

  init(of word: String) {
    self.word = word
  }

  /// The folded form; `parts` remembers endings and prefixes from word to word.
  mutating func folded(_ form: String, _ parts: inout [String: [UInt8]]) -> [UInt8] {
    let common = Self.commonBytes(word, form)
    if common == 0, form.utf8.count > word.utf8.count, form.hasSuffix(word) {
      if foldedWord.isEmpty { foldedWord = NameIndexBuilder.folded(word) }
      return Self.part(String(form.dropLast(word.count)), &parts) + foldedWord
    }
    if common != kept {
      kept = common
      foldedKept = NameIndexBuilder.folded(String(decoding: word.utf8.prefix(common), as: UTF8.self))
    }
    return foldedKept + Self.part(String(decoding: form.utf8.dropFirst(common), as: UTF8.self), &parts)
  }

  private static func part(_ text: String, _ parts: inout [String: [UInt8]]) -> [UInt8] {
    if text.isEmpty { return [] }
    if let known = parts[text] { return known }
    let folded = NameIndexBuilder.folded(text)
    parts[text] = folded
    return folded
  }

  /// The bytes that both begin with, whole scalars only.
  private static func commonBytes(_ one: String, _ other: String) -> Int {
    var count = 0
    var whole = 0
    for (left, right) in zip(one.utf8, other.utf8) {
      if left & 0xC0 != 0x80 { whole = count }
      guard left == right else { return right & 0xC0 == 0x80 ? whole : count }
      count += 1
    }
    return count
  }
}
