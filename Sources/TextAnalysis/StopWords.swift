// Stop words: words of grammar that say nothing about what a text is about. The lists are in StopWordLists.swift.

package enum StopWords {
  /// The built-in lists, in folded form.
  package static let builtIn: [Language: Set<String>] = {
    var result: [Language: Set<String>] = [:]
    for (code, words) in StopWordLists.all {
      result[Language(rawValue: code)] = Set("\(words)".split(whereSeparator: \.isWhitespace).map { key($0) })
    }
    return result
  }()

  /// The folded form of a word of a list, as the analyzer makes it: without apostrophes and joiners.
  static func key(_ word: some StringProtocol) -> String {
    Fold.key(word).filter { $0 != "'" && $0 != "\"" }
  }
}
