// The last word in the light of the words before it: `ceasefire agr` is looked for in passages that have "ceasefire" and a word that begins
// like `agr`. A few of them say which words follow; how often they do is then counted in the whole index.
import ArasAPI
import TextAnalysis
import Xapian

struct PhraseCompleter {
  let words: WordCompleter

  /// Words before the last that the phrase may take in.
  private static let longestTail = 3
  /// Words that the last one may become, when passages are chosen.
  private static let mostForms = 60
  /// Passages that are read.
  private static let mostRead = 48
  /// Completions that are counted.
  private static let mostCounted = 6
  /// CLOCK_MONOTONIC nanoseconds that counting one may take.
  private static let patience: UInt64 = 250_000_000

  private var typed: TypedText { words.typed }
  private var surroundings: Surroundings { words.surroundings }

  func completions() -> [RankedSuggestion] {
    let before = typed.before.map { index in surroundings.terms(typed.words, index).map(\.term) }
    for length in stride(from: min(Self.longestTail, before.count), through: 1, by: -1) {
      let tail = Array(before.suffix(length))
      guard tail.allSatisfy({ !$0.isEmpty }) else { continue }
      let found = following(tail, rest: Array(before.dropLast(length)))
      if !found.isEmpty { return found }
    }
    return typed.lastKey.isEmpty ? [] : beside(before)
  }

  // MARK: Words that follow

  /// Completions that stand right behind the words of the tail.
  /// - Parameter rest: words before the tail, which are in the same passage.
  private func following(_ tail: [[[UInt8]]], rest: [[[UInt8]]]) -> [RankedSuggestion] {
    let operands = tail.map { QueryPlanner.alternatives($0) }
    let anchor: Query = operands.count == 1 ? operands[0] : .phrase(operands, window: operands.count)
    let others = rest.filter { !$0.isEmpty }.map { QueryPlanner.alternatives($0) }
    let sample = read(.and([anchor] + others + completed)) { stream, found in
      for i in stream.words.indices.dropFirst(tail.count) where isCompletion(stream, i) {
        let first = i - tail.count
        let follows = tail.indices.allSatisfy { place in tail[place].contains { $0.elementsEqual(stream.term(first + place)) } }
        if follows { found.insert(Array(stream.exact(i))) }
      }
    }
    return counted(sample, kind: .phrase) { .and([.phrase(operands + [$0], window: operands.count + 1)] + others) }
  }

  /// Completions in the same passages as the words typed, where none stands right behind them.
  private func beside(_ before: [[[UInt8]]]) -> [RankedSuggestion] {
    let meaning = zip(typed.before, before).filter { !words.isStopWord(typed.words.folded($0.0)) }.map(\.1)
    guard !meaning.isEmpty, meaning.allSatisfy({ !$0.isEmpty }) else { return [] }
    let others = meaning.map { QueryPlanner.alternatives($0) }
    let sample = read(.and(others + completed)) { stream, found in
      for i in stream.words.indices where isCompletion(stream, i) { found.insert(Array(stream.exact(i))) }
    }
    return counted(sample, kind: .word) { .and(others + [$0]) }
  }

  /// That one of the words is there which the last one may become.
  private var completed: [Query] {
    guard !typed.lastKey.isEmpty else { return [] }
    let forms = words.forms(limit: Self.mostForms)
    return forms.isEmpty
      ? [.none] : [.or(forms.map { .term(Term.value(Schema.exactPrefix, words.vocabulary.words.spelling($0))) })]
  }

  private func isCompletion(_ stream: WordStream, _ i: Int) -> Bool {
    let key = stream.folded(i)
    guard key.count > typed.lastKey.count || !typed.lastKey.isEmpty, key.starts(with: typed.lastKey), key.count > 1 else { return false }
    return stream.words[i].flags.isDisjoint(with: .hasDigit) && !words.isStopWord(key)
  }

  // MARK: Reading and counting

  /// Reads some passages that match.
  /// - Returns: the forms found in them, with the number of passages.
  private func read(_ query: Query, _ body: (WordStream, inout Set<[UInt8]>) -> Void) -> [[UInt8]: Int] {
    var counts: [[UInt8]: Int] = [:]
    for document in surroundings.view.firstDocuments(query, count: Self.mostRead) {
      guard let record = surroundings.view.record(document) else { continue }
      let language = Language(rawValue: record.language)
      var found: Set<[UInt8]> = []
      body(surroundings.analyzer.analyze(record.text, language: language), &found)
      if let heading = record.heading { body(surroundings.analyzer.analyze(heading, language: language), &found) }
      for form in found { counts[form, default: 0] += 1 }
    }
    return counts
  }

  /// Counts the most frequent of the forms in the whole index, each stem once.
  private func counted(_ sample: [[UInt8]: Int], kind: SuggestionKind, _ query: (Query) -> Query) -> [RankedSuggestion] {
    var stems: Set<[[UInt8]]> = []
    var found: [RankedSuggestion] = []
    let best = sample.sorted { $0.value != $1.value ? $0.value > $1.value : ($0.key.count, $0.key[0]) < ($1.key.count, $1.key[0]) }
    for (form, _) in best where stems.count < Self.mostCounted {
      let terms = surroundings.terms(form)
      guard !terms.isEmpty, stems.insert(terms).inserted else { continue }
      let count = words.count(query(QueryPlanner.alternatives(terms)), deadline: Clock.now + Self.patience)
      guard let count, count.passages > 0 else { continue }
      found.append(
        RankedSuggestion(
          suggestion: Suggestion(
            text: typed.head + String(decoding: form, as: UTF8.self), kind: kind, articles: count.articles,
            passages: count.passages),
          bits: Suggester.frequencyBits(count.passages) + (kind == .phrase ? Suggester.phraseBits : Suggester.wordBits)))
    }
    return found
  }
}
