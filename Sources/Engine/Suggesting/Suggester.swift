// Completions of what is typed, gathered from the vocabulary, made sure of in the database and put in one order.
//
// What orders them is counted in bits: one more for twice the passages, some more or less for the kind and for how the text typed was
// matched. Titles head few passages each and would never come: a part of the list is theirs.
import ArasAPI
import Glibc
import Tagging
import TextAnalysis

/// A completion with what it is ordered by.
struct RankedSuggestion {
  var suggestion: Suggestion
  var bits: Double
}

struct Suggester {
  let request: SuggestRequest
  let snapshot: Snapshot
  let view: DatabaseView
  let analyzer: Analyzer
  /// Nil while the first one of a large index is being read: then only entries of the registry are completed.
  let vocabulary: Vocabulary?
  let names: NameList
  let counts: CountMemory
  /// Nil until the first one is made, and for a small index.
  let sample: KnownSample?

  static let actorBits = 4.0
  static let topicBits = 3.0
  static let phraseBits = 5.0
  static let wordBits = 0.0
  /// What is typed is all of it.
  static let wholeBits = 3.0
  /// Bits taken for each letter more than was typed.
  static let letterBits = 0.15

  func run() throws -> SuggestResult {
    let languages = snapshot.languages.isEmpty ? [.english] : snapshot.languages
    let typed = TypedText(request.q, analyzer: analyzer, language: languages[0])
    guard request.limit > 0 else { return SuggestResult(revision: snapshot.revision, suggestions: []) }
    if typed.isEmpty, typed.field == nil || [.actor, .place, .topic].contains(typed.field) {
      return SuggestResult(revision: snapshot.revision, suggestions: mostFrequentEntries(typed.field))
    }
    let share = request.limit / (typed.key.contains(0x20) ? 2 : 4)
    var ranked = entries(typed)
    var titles: [RankedSuggestion] = []
    if let vocabulary, [nil, .title, .text, .heading].contains(typed.field) {
      let surroundings = Surroundings(view: view, analyzer: analyzer, languages: languages)
      let words = WordCompleter(
        typed: typed, vocabulary: vocabulary, surroundings: surroundings, columns: snapshot.columns,
        postings: PostingReader(view: view, revision: snapshot.revision, changes: snapshot.changes, cache: snapshot.postings),
        counts: counts, sample: sample, limit: request.limit)
      ranked += try words.completions()
      if typed.field == nil || typed.field == .title {
        titles = TitleCompleter(
          typed: typed, titles: vocabulary.titles, view: view, columns: snapshot.columns,
          limit: max(1, share, request.limit - ranked.count)
        ).completions()
      }
    }
    try view.check()
    return SuggestResult(revision: snapshot.revision, suggestions: merge(ranked, titles, share: max(1, share)))
  }

  /// The best of both lists: a quarter for titles, half where several words are typed; what one leaves is the other's.
  private func merge(_ ranked: [RankedSuggestion], _ titles: [RankedSuggestion], share: Int) -> [Suggestion] {
    let forTitles = min(titles.count, share)
    let others = ranked.sorted(by: Self.precedes).prefix(max(0, request.limit - forTitles))
    let heads = titles.sorted(by: Self.precedes).prefix(request.limit - others.count)
    return (others + heads).map(\.suggestion)
  }

  private static func precedes(_ a: RankedSuggestion, _ b: RankedSuggestion) -> Bool {
    if a.bits != b.bits { return a.bits > b.bits }
    if a.suggestion.text != b.suggestion.text { return a.suggestion.text < b.suggestion.text }
    return a.suggestion.kind.rawValue < b.suggestion.kind.rawValue
  }

  static func frequencyBits(_ passages: Int) -> Double { log2(1 + Double(passages)) }
}
