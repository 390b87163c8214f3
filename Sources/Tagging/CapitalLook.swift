// A first look at a text: can a word stand there with a capital? Posting lists do not know capitals, and of the passages that have a word
// which is common when it is written small, few may have it as a name. What the look lets pass is read; what it turns away needs not be.

package struct CapitalLook: Sendable {
  private let forms: [[UInt8]]
  /// The capitals that the forms begin with.
  private var first = [Bool](repeating: false, count: 256)

  /// - Returns: nil where forms are not all of plain letters: of others this does not know how they are written.
  package init?(forms sought: [SoughtForm]) {
    forms = sought.map(\.form)
    for form in forms {
      guard let head = form.first, Self.isLetter(head), form.allSatisfy({ Self.isLetter($0) || (0x30...0x39).contains($0) })
      else { return nil }
      first[Int(head & 0xDF)] = true
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }

  /// Whether one of the forms may stand in a text with a capital at its beginning, whatever follows.
  package func mayStand(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    var at = 0
    while at < text.count {
      let byte = text[at]
      at += 1
      if byte < 0x80 {
        if first[Int(byte)], forms.contains(where: { $0[0] == byte | 0x20 && Self.goesOn($0.dropFirst(), text, at) }) { return true }
        // An acronym with dots (u.s.) serves where capitals are needed.
        if at < text.count, text[at] == 0x2E, first[Int(byte & 0xDF)], at + 1 < text.count, Self.isLetter(text[at + 1] | 0x20) {
          return true
        }
      } else if byte >= 0xC0 {
        // A letter with marks, which may be one letter of the form or some.
        while at < text.count, text[at] & 0xC0 == 0x80 { at += 1 }
        if at < text.count, text[at] >= 0x80 { return true }
        for form in forms where (1...min(3, form.count)).contains(where: { Self.goesOn(form.dropFirst($0), text, at) }) { return true }
      }
    }
    return false
  }

  /// Whether the rest of a form may stand at a place; what may be left out of a word, or be a letter of another shape, may be anything.
  private static func goesOn(_ rest: ArraySlice<UInt8>, _ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    var at = start
    for wanted in rest {
      guard at < text.count else { return false }
      let byte = text[at]
      if byte >= 0x80 || byte == 0x27 || byte == 0x2E || byte == 0x26 { return true }
      guard byte == wanted || (isLetter(wanted) && byte | 0x20 == wanted) else { return false }
      at += 1
    }
    return true
  }
}
