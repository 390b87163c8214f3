import TextAnalysis

/// Which words cannot be completions: those that carry no meaning of their own.
struct CompletionStopWords {
  let analyzer: Analyzer
  /// Of the index, the most frequent first.
  let languages: [Language]

  /// In the main language of the index, or in any other whose script is not Latin: there words of grammar are not words of another
  /// language.
  func isStopWord(_ key: ArraySlice<UInt8>) -> Bool {
    guard let main = languages.first else { return false }
    if analyzer.isStopWord(key, language: main) || analyzer.isStopWord(key, language: .english) { return true }
    guard let first = key.first, first >= 0xCD else { return false }
    return languages.contains { analyzer.isStopWord(key, language: $0) }
  }

  func isCompletion(_ key: [UInt8]) -> Bool { key.count > 1 && !isStopWord(key[...]) }
}
