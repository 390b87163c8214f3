// How many columns of a terminal a text takes: none for combining marks and joiners, two for East Asian wide letters and
// emoji, one for the rest.

/// Counts terminal columns.
package enum TextWidth {
  package static func columns(of text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + columns(of: $1) }
  }

  package static func columns(of character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if scalars.count == 1 { return columns(of: first) }
    // A sequence with a joiner, an emoji style or two regional letters is one picture.
    if scalars.contains(where: { $0.value == 0xFE0F }) || scalars.contains(where: { $0.properties.isEmojiPresentation }) { return 2 }
    return scalars.reduce(0) { $0 + columns(of: $1) }
  }

  package static func columns(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || scalar.value == 0xAD ? 0 : 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
    default: break
    }
    if (0x1160...0x11FF).contains(scalar.value) { return 0 }  // Hangul vowels and finals stand within the syllable.
    return isWide(scalar) ? 2 : 1
  }

  /// Returns the longest beginning that takes no more than `limit` columns; what is cut is shown by an ellipsis.
  package static func cut(_ text: String, to limit: Int) -> String {
    var width = 0
    var kept = text.startIndex  // The end of the part that leaves room for the ellipsis.
    for index in text.indices {
      let next = width + columns(of: text[index])
      if next > limit { return limit > 0 ? text[..<kept] + "…" : "" }
      width = next
      if width < limit { kept = text.index(after: index) }
    }
    return text
  }

  /// Returns the text with spaces after it, up to `width` columns.
  package static func pad(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - columns(of: text)))
  }

  /// East Asian wide and full-width, in the blocks that hold them; emoji by their own property.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97C,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18CFF,
      0x1B000...0x1B2FF, 0x1F200...0x1F251, 0x20000...0x3FFFD:
      true
    default: scalar.properties.isEmojiPresentation
    }
  }
}
