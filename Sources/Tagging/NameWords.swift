// Splits a name into folded words without an analyzer, for names that come at query time or with an article.

import TextAnalysis

enum NameWords {
  /// Folded words: letters and digits of any script, apostrophes left out, a possessive 's cut off.
  static func split(_ text: String) -> [[UInt8]] {
    var words: [[UInt8]] = []
    for part in text.split(whereSeparator: { !isPart($0) }) {
      var word = part
      if word.hasSuffix("'s") || word.hasSuffix("’s") { word = word.dropLast(2) }
      let isInitials = word.contains(".") && word.split(separator: ".").allSatisfy { $0.count == 1 }
      for piece in isInitials ? [word.filter { $0 != "." }[...]] : word.split(separator: ".") {
        let folded = NameIndexBuilder.folded(piece)
        if !folded.isEmpty { words.append(folded) }
      }
    }
    return words
  }

  private static func isPart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "'’ʼ‘.\u{5F3}\u{5F4}\"\u{200C}".contains(character)
      || character.unicodeScalars.contains { $0.properties.generalCategory == .nonspacingMark }
  }
}
