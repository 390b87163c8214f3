// Checks the names and codes of the actors: a name that says nothing, and a name that means two actors wherever it stands.

import TextAnalysis

enum RegistryNameCheck {
  /// What makes two names the same in a text. Foreign names in Latin letters are tried in their language only, acronyms only in
  /// capitals; names in other scripts are tried everywhere.
  private struct Key: Hashable {
    var words: [UInt8]
    var language: String
    var isAcronym: Bool
  }

  static func problems(of actors: [Located<ActorEntry>]) -> [RegistryError.Problem] {
    var problems: [RegistryError.Problem] = []
    var owners: [Key: (actor: Int, line: Int)] = [:]
    owners.reserveCapacity(actors.count * 12)
    for (index, actor) in actors.enumerated() {
      let path = "actors.\(actor.entry.id)"
      func note(_ line: Int, _ key: String, _ message: String) {
        problems.append(RegistryError.Problem(file: actor.file, line: line, key: "\(path).\(key)", message: message))
      }
      check(actor.entry.codes.iso2, length: 2) { note(actor.lines["codes"] ?? actor.line, "codes.iso2", $0) }
      check(actor.entry.codes.iso3, length: 3) { note(actor.lines["codes"] ?? actor.line, "codes.iso3", $0) }
      for (number, name) in actor.entry.names.enumerated() {
        let line = actor.nameLines.indices.contains(number) ? actor.nameLines[number] : actor.line
        let key = key(of: name)
        if key.words.isEmpty {
          note(line, "names", "“\(name.text)” has no letters or digits; write a name or remove it")
          continue
        }
        guard !name.weak, name.type != .surname else { continue }
        guard let owner = owners[key] else {
          owners[key] = (index, line)
          continue
        }
        guard owner.actor != index else { continue }
        let other = actors[owner.actor]
        note(
          line, "names",
          "“\(name.text)” is a name of \(other.entry.id), too (\(other.file):\(owner.line)); make one of them weak, remove one, or make "
            + "the two one with same_as")
      }
    }
    return problems
  }

  private static func check(_ code: String?, length: Int, _ note: (String) -> Void) {
    guard let code, code.utf8.count != length || !code.utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }) else { return }
    note("“\(code)” is no such code; expected \(length) capital letters of ISO 3166, or leave it out")
  }

  /// The folded name with one blank where a hyphen may stand as well, without the marks that texts leave out.
  private static func key(of name: ActorName) -> Key {
    var words: [UInt8] = []
    var saysSomething = false
    for byte in Fold.folded(name.text) {
      switch byte {
      case 0x22, 0x27, 0x2E: continue
      case 0x2D: words.append(0x20)
      default:
        if (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) { saysSomething = true }
        words.append(byte)
      }
    }
    if !saysSomething { saysSomething = name.text.contains { $0.isLetter || $0.isNumber } }
    return Key(words: saysSomething ? words : [], language: name.isLatin ? name.language : "", isAcronym: name.type == .acronym)
  }
}
