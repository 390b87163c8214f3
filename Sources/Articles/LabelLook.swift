// Whether a block may be what the labeler looks for, as far as its bytes tell: a yes costs a closer look, a no is certain.

enum LabelLook {
  /// A field's name ends within this many characters.
  static let longestField = 41

  /// Whether a colon may stand where the name of a field ends.
  /// - Parameter text: with single blanks.
  static func mayHaveField(_ text: [UInt8]) -> Bool {
    // A bullet and a blank may stand before the name.
    var room = longestField + 2
    var at = 0
    while at < text.count, room > 0 {
      let byte = text[at]
      if byte == 0x3A { return true }
      if byte < 0x80 {
        at += 1
      } else if byte == 0xE2, at + 2 < text.count, text[at + 1] == 0x80, (0x90...0xA7).contains(text[at + 2]) {
        at += 3  // Dashes and quotation marks.
      } else {
        // How many bytes make a character is not known here.
        return text[at...].contains(0x3A) || text[at...].contains(0xEF)
      }
      room -= 1
    }
    return false
  }

  /// Whether three words or more may be pseudo-Latin, which is the least that such a block has.
  /// - Parameter lower: in lower case.
  static func mayBeLorem(_ lower: [UInt8]) -> Bool {
    var found = 0
    var at = 0
    while at < lower.count {
      let start = at
      while at < lower.count, (0x61...0x7A).contains(lower[at]) { at += 1 }
      if at - start >= 2, LabelWords.lorem.contains(String(decoding: lower[start..<at], as: UTF8.self)) {
        found += 1
        if found == 3 { return true }
      }
      at += 1
    }
    return false
  }

  /// Whether a block may lead to the text in another language.
  /// - Parameter lower: in lower case.
  static func mayBeAlternate(_ lower: [UInt8]) -> Bool {
    guard let first = lower.first, lower.count <= 500 else { return false }
    return alternateLetters.contains(first)
  }

  private static let alternateLetters = Set(LabelWords.alternateStarts.compactMap(\.utf8.first))
}
