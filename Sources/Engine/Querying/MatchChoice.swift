// `match: auto`: a few words mean all of them; a sentence or a question is ranked by the best of them.
import ArasAPI

enum MatchChoice {
  /// Plain words, stop words left aside, up to which all of them are asked for.
  static let fewContentWords = 3
  /// And all words together.
  static let fewWords = 5

  /// - Parameters:
  ///   - words: plain words side by side at the top of the query.
  ///   - stopWords: how many of them are stop words.
  static func automatic(words: Int, stopWords: Int, isQuestion: Bool) -> MatchMode {
    if isQuestion { return .any }
    return words - stopWords <= fewContentWords && words <= fewWords ? .all : .any
  }
}
