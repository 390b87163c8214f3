// Where a text may be cut: never inside a UTF-8 sequence, and never inside what a reader sees as one character.
// The rules are those of Unicode's extended grapheme clusters, taken from the properties that words need anyway.

package enum Boundaries {
  /// Whether a cut at an offset leaves whole characters on both sides.
  package static func isBoundary(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
    guard let base = text.baseAddress, offset > 0, offset < text.count else { return offset == 0 || offset == text.count }
    let bytes = TextBytes(base: base, count: text.count)
    guard isScalarBoundary(bytes, offset) else { return false }
    let beforeStart = bytes.previous(offset)
    let before = bytes.decode(beforeStart).scalar
    let after = bytes.decode(offset).scalar
    if before == 0x0D, after == 0x0A { return false }
    if before < 0x300, after < 0x300 { return true }
    if extends(after) || before == 0x200D || isVirama(before) || isPrepended(before) { return false }
    if joinsHangul(before, after) { return false }
    if isRegional(before), isRegional(after) { return regionalsBefore(bytes, offset).isMultiple(of: 2) }
    return true
  }

  package static func isBoundary(_ text: [UInt8], at offset: Int) -> Bool {
    text.withUnsafeBufferPointer { isBoundary($0, at: offset) }
  }

  /// The last safe cut at or before an offset.
  package static func floor(_ text: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Int {
    var cut = min(max(offset, 0), text.count)
    while cut > 0, !isBoundary(text, at: cut) { cut -= 1 }
    return cut
  }

  package static func floor(_ text: [UInt8], _ offset: Int) -> Int {
    text.withUnsafeBufferPointer { floor($0, offset) }
  }

  /// The first safe cut at or after an offset.
  package static func ceil(_ text: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Int {
    var cut = min(max(offset, 0), text.count)
    while cut < text.count, !isBoundary(text, at: cut) { cut += 1 }
    return cut
  }

  package static func ceil(_ text: [UInt8], _ offset: Int) -> Int {
    text.withUnsafeBufferPointer { ceil($0, offset) }
  }

  private static func isScalarBoundary(_ text: TextBytes, _ offset: Int) -> Bool {
    guard text[offset] & 0xC0 == 0x80 else { return true }
    for back in 1...3 where offset - back >= 0 {
      let length = text.decode(offset - back).length
      if length > back { return false }
      if text[offset - back] & 0xC0 != 0x80 { break }
    }
    return true
  }

  /// Marks, joiners, variation selectors and skin tones belong to what stands before them.
  private static func extends(_ scalar: UInt32) -> Bool {
    if scalar == 0x200C || scalar == 0x200D || (scalar >= 0x1F3FB && scalar <= 0x1F3FF) { return true }
    if scalar >= 0xE0020, scalar <= 0xE007F { return true }
    // The Thai and the Lao vowel AM are letters, but part of what stands before them.
    if scalar == 0xE33 || scalar == 0xEB3 { return true }
    return UnicodeTables.shared.properties(scalar).kind == .mark
  }

  /// The sign that makes one conjunct of two Indic consonants.
  private static func isVirama(_ scalar: UInt32) -> Bool {
    UnicodeTables.shared.properties(scalar).combiningClass == 9
  }

  /// Signs that stand around the digits behind them, and letters written before what they follow in sound (Grapheme_Cluster_Break=Prepend).
  private static func isPrepended(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x600...0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0xD4E, 0x110BD, 0x110CD, 0x111C2, 0x111C3, 0x1193F, 0x11941, 0x11A84...0x11A89,
      0x11D46:
      true
    default: false
    }
  }

  private static func joinsHangul(_ before: UInt32, _ after: UInt32) -> Bool {
    let isLeading = (before >= 0x1100 && before < 0x1160) || (before >= 0xA960 && before < 0xA980)
    let isSyllable = before >= 0xAC00 && before < 0xD7A4
    let isVowelBefore = (before >= 0x1160 && before < 0x11A8) || (before >= 0xD7B0 && before < 0xD7C7)
    let isTrailBefore = (before >= 0x11A8 && before < 0x1200) || (before >= 0xD7CB && before < 0xD7FC)
    let isVowel = (after >= 0x1160 && after < 0x11A8) || (after >= 0xD7B0 && after < 0xD7C7)
    let isTrail = (after >= 0x11A8 && after < 0x1200) || (after >= 0xD7CB && after < 0xD7FC)
    if isLeading {
      let isLeadingAfter = (after >= 0x1100 && after < 0x1160) || (after >= 0xA960 && after < 0xA980)
      return isLeadingAfter || isVowel || (after >= 0xAC00 && after < 0xD7A4)
    }
    if isSyllable && (before - 0xAC00) % 28 == 0 || isVowelBefore { return isVowel || isTrail }
    return (isSyllable || isTrailBefore) && isTrail
  }

  private static func isRegional(_ scalar: UInt32) -> Bool { scalar >= 0x1F1E6 && scalar <= 0x1F1FF }

  private static func regionalsBefore(_ text: TextBytes, _ offset: Int) -> Int {
    var count = 0
    var end = offset
    while end >= 4, isRegional(text.decode(end - 4).scalar) {
      count += 1
      end -= 4
    }
    return count
  }
}
