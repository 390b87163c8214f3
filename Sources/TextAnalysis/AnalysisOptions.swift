// What a user may set about the analysis. Anything that changes terms belongs into the analysis version of an index.

package struct AnalysisOptions: Sendable {
  /// Stop words by language, in folded form; the built-in lists unless told otherwise.
  package var stopWords: [Language: Set<String>]

  /// Adds words, as people write them, to the built-in lists.
  package init(additionalStopWords: [Language: Set<String>] = [:]) {
    stopWords = StopWords.builtIn
    for (language, words) in additionalStopWords {
      stopWords[language, default: []].formUnion(words.map { StopWords.key($0) })
    }
  }

  package init(stopWords: [Language: Set<String>]) {
    self.stopWords = stopWords.mapValues { Set($0.map { StopWords.key($0) }) }
  }
}
