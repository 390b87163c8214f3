// Terms of the index in words: without their prefixes, with the field that these stand for.

/// Terms of the index as people read them.
enum TermDescription {
  static func describe(_ term: [UInt8]) -> (text: String, field: String?) {
    let prefixes: [(String, String?)] =
      Field.allCases.flatMap { field in
        [field.wordPrefix, field.valuePrefix.isEmpty ? nil : field.valuePrefix].compactMap { $0 }.map { ($0, field.rawValue as String?) }
      } + [
        (Schema.exactPrefix, nil), (Schema.foldedPrefix, nil), (Schema.salientPrefix, Field.actor.rawValue), (Schema.presencePrefix, nil),
      ]
    let text = String(decoding: term, as: UTF8.self)
    let found = prefixes.filter { text.hasPrefix($0.0) }.max { $0.0.utf8.count < $1.0.utf8.count }
    guard let found, let first = term.first, (0x41...0x5A).contains(first) else { return (plain(text), nil) }
    return (plain(String(text.dropFirst(found.0.count))), found.1)
  }

  /// Without the tag of the language.
  private static func plain(_ text: String) -> String {
    guard let colon = text.firstIndex(of: ":"), text.distance(from: text.startIndex, to: colon) <= 3 else { return text }
    return String(text[text.index(after: colon)...])
  }
}
