// A byline as reference managers want it: a person's family name and given names, or, wherever that is not sure, the name as it stands.
// A wrong split spoils a citation, an unsplit name only its place in the alphabet.

/// Is the name of an author.
package enum PersonName: Sendable, Equatable {
  case person(family: String, given: String)
  /// An organisation, a single name, or a name of unknown order.
  case literal(String)

  /// Words that belong to the family name when they stand before it.
  private static let particles: Set<String> = [
    "al", "ap", "ben", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn", "la", "le", "st.", "ter",
    "van", "von", "zu",
  ]

  /// Words of organisations and desks.
  private static let collective: Set<String> = [
    "agency", "analysts", "association", "board", "briefs", "bureau", "center", "centre", "club", "commission", "committee", "council",
    "daily", "desk", "editorial", "editors", "foundation", "group", "initiative", "institute", "international", "journal", "magazine",
    "media", "ministry", "monitor", "network", "news", "newsroom", "office", "observatory", "party", "post", "press", "project", "radio",
    "report", "reporters", "reporting", "research", "service", "society", "staff", "studies", "team", "times", "tribune", "tv", "union",
    "university", "watch", "ajansı", "büro", "haber", "masası", "redaksiya", "redaksiyası", "xəbər",
  ]

  package init(_ written: String) {
    let name = written.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let parts = name.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }
    if parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, Self.isOrdered(name), !Self.isCollective(name) {
      self = .person(family: parts[0], given: parts[1])
      return
    }
    let words = name.split(separator: " ")
    guard (2...4).contains(words.count), parts.count == 1, Self.isOrdered(name), !Self.isCollective(name),
      words.allSatisfy({ Self.isNameWord($0) }), let last = words.last, !Self.particles.contains(last.lowercased())
    else {
      self = .literal(name)
      return
    }
    var first = words.count - 1
    while first > 1, Self.particles.contains(words[first - 1].lowercased()) { first -= 1 }
    self = .person(family: words[first...].joined(separator: " "), given: words[..<first].joined(separator: " "))
  }

  /// Whether all letters are of the scripts in which bylines give the family name last: Latin, Greek, Armenian. In Cyrillic, Georgian,
  /// Arabic, Han and others either may come first.
  private static func isOrdered(_ name: String) -> Bool {
    name.unicodeScalars.allSatisfy { scalar in
      !scalar.properties.isAlphabetic || scalar.value < 0x400 || (0x531...0x58F).contains(scalar.value)
        || (0x1E00...0x1FFF).contains(scalar.value)
    }
  }

  private static func isCollective(_ name: String) -> Bool {
    name.split { !$0.isLetter }.contains { collective.contains($0.lowercased()) }
  }

  /// A capitalised word that is not written in capitals alone, an initial, or a particle.
  private static func isNameWord(_ word: Substring) -> Bool {
    if particles.contains(word.lowercased()) { return true }
    guard let first = word.first, first.isUppercase, word.allSatisfy({ $0.isLetter || "-'’.".contains($0) }) else { return false }
    return word.count < 3 || word.contains(".") || word.dropFirst().contains { $0.isLowercase }
  }
}
