// Text of articles is written by strangers: what would steer the terminal, or turn the order of a line around, is shown
// as a sign instead of being passed on.

/// Makes text safe to show on a terminal.
package enum Visible {
  /// Appends a scalar as it may be shown; white space of any kind becomes one space, or stays where `keepsLines`.
  package static func append(_ scalar: Unicode.Scalar, to text: inout String, keepsLines: Bool = false) {
    switch scalar.value {
    case 0x09, 0x0A: text.unicodeScalars.append(keepsLines ? scalar : " ")
    case 0x0D where keepsLines: break
    case 0x0D, 0x85, 0x2028, 0x2029: text.unicodeScalars.append(" ")
    case 0..<0x20: text.unicodeScalars.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
    case 0x7F: text += "\u{2421}"
    // The other control characters, and the controls of writing direction that reach beyond their own place.
    case 0x80..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xE0000...0xE007F:
      text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    default: text.unicodeScalars.append(scalar)
    }
  }

  package static func text(_ source: some StringProtocol, keepsLines: Bool = false) -> String {
    var out = ""
    for scalar in source.unicodeScalars { append(scalar, to: &out, keepsLines: keepsLines) }
    return out
  }
}
