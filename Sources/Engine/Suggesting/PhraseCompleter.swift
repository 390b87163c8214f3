// The last word in the light of the words before it: for `ceasefire agr` a number of passages that have "ceasefire", spread over all of
// them, say which words like `agr` follow; how often they do is then counted in the index, or estimated from a part of it where that would
// take too long while somebody types.
import ArasAPI
import TextAnalysis
import Xapian

struct PhraseCompleter {
  let words: WordCompleter

  /// Words before the last that the phrase may take in.
  private static let longestTail = 3
  /// Forms that the last word may become, when few passages have one.
  private static let mostForms = 60
  /// Passages that are read for words that follow.
  private static let mostRead = 160
  /// A form of so many passages at most is looked for in each of them, another in so many of its passages.
  private static let rarelyThere = 100
  /// A form of more passages is met where the tail is read, or follows too seldom to matter.
  private static let notEverywhere = 20_000
  /// Forms of more passages than `rarelyThere` that are looked for.
  private static let mostTried = 8
  /// Passages that are read to see which form of a word stands there.
  private static let mostShown = 4
  /// Completions that are counted.
  private static let mostCounted = 6

  private var typed: TypedText { words.typed }
  private var surroundings: Surroundings { words.surroundings }

  func completions() throws(XapianError) -> [RankedSuggestion] {
    let before = typed.before.map { index in surroundings.terms(typed.words, index).map(\.term) }
    for length in stride(from: min(Self.longestTail, before.count), through: 1, by: -1) {
      let tail = Array(before.suffix(length))
      guard tail.allSatisfy({ !$0.isEmpty }) else { continue }
      let found = try following(tail, rest: Array(before.dropLast(length)))
      if !found.isEmpty { return found }
    }
    return typed.lastKey.isEmpty ? [] : try beside(before)
  }

  // MARK: Words that follow

  /// Completions that stand right behind the words of the tail.
  /// - Parameter rest: words before the tail, which are in the same passage.
  private func following(_ tail: [[[UInt8]]], rest: [[[UInt8]]]) throws(XapianError) -> [RankedSuggestion] {
    let followers = try words.counts.followers(behind: tail + rest, words: tail.count, revision: words.postings.revision) {
      () throws(XapianError) in try read(tail, rest)
    }
    guard followers.passages.count > 0 else { return [] }
    var groups = Groups()
    for (form, key, passages) in followers.forms where isCompletion(key) { groups.note(form, passages: passages) }
    if followers.passages.count > Self.mostRead { try noteRare(tail, rest, followers.passages, &groups) }
    return try counted(groups, tail, rest, followers.passages)
  }

  private func scanner(_ tail: [[[UInt8]]]) -> FollowerScanner {
    let first = typed.words.folded(typed.before[typed.before.count - tail.count])
    return FollowerScanner(surroundings.analyzer, tail: tail, first: first)
  }

  /// Which words follow the tail in some of the passages that have it.
  private func read(_ tail: [[[UInt8]]], _ rest: [[[UInt8]]]) throws(XapianError) -> CountMemory.Followers {
    let passages = try words.passages(tail + rest.filter { !$0.isEmpty })
    let scanner = scanner(tail)
    var keys: [[UInt8]: [UInt8]] = [:]
    var groups = Groups()
    for document in SampledPassages.spread(passages.some, Self.mostRead) {
      guard let (language, heading, text) = surroundings.view.passageText(document) else { continue }
      for part in [text, heading.map { Array($0.utf8) }].compactMap({ $0 }) {
        scanner.forEachFollower(in: part, language) { stream, index in
          guard stream.words[index].flags.isDisjoint(with: .hasDigit) else { return }
          let form = Array(stream.exact(index))
          if keys[form] == nil { keys[form] = Array(stream.folded(index)) }
          groups.note(form, document)
        }
      }
    }
    return .init(passages: passages, forms: groups.counts.map { ($0.key, keys[$0.key] ?? [], $0.value.passages) })
  }

  /// Notes forms which follow too seldom to be met where some passages of many are read: they are looked for where they stand themselves.
  /// - Parameter passages: those that have the tail; forms are noted with how many of those that were read would have them.
  private func noteRare(
    _ tail: [[[UInt8]]], _ rest: [[[UInt8]]], _ passages: SampledPassages, _ groups: inout Groups
  ) throws(XapianError) {
    guard !typed.lastKey.isEmpty else { return }
    let scanner = scanner(tail)
    let having = passages.isWhole ? Set(passages.some) : []
    var known = Set(groups.counts.keys.map { surroundings.terms($0) })
    var tried = 0
    for form in words.forms(limit: Self.mostForms) {
      let spelling = Array(words.vocabulary.words.spelling(form))
      let exact = Term.value(Schema.exactPrefix, spelling)
      let frequency = Int(surroundings.view.frequency(exact))
      guard !groups.has(spelling), frequency <= Self.notEverywhere else { continue }
      let terms = surroundings.terms(spelling)
      guard !terms.isEmpty, !known.contains(terms) else { continue }
      if frequency > Self.rarelyThere {
        tried += 1
        if tried > Self.mostTried || typed.lastKey.count < 2 { continue }
      }
      let all = try surroundings.view.postings(of: exact)
      let documents = passages.isWhole ? all.filter { having.contains($0) } : SampledPassages.spread(all, Self.rarelyThere)
      if documents.isEmpty { continue }
      // Whether they have the words of the tail is made sure of when they are counted.
      let found = try words.standing(tail + [terms], among: try words.having(rest, among: documents))
      guard let written = follower(scanner, found, terms) else { continue }
      known.insert(terms)
      let share = passages.isWhole ? found.count : found.count * frequency / documents.count
      groups.note(written, passages: max(1, share * Self.mostRead / passages.count))
    }
  }

  /// The form with these terms that stands behind the tail in the first of some passages where one does: the index knows of the terms alone.
  private func follower(_ scanner: FollowerScanner, _ documents: [UInt32], _ terms: [[UInt8]]) -> [UInt8]? {
    for document in documents.prefix(Self.mostShown) {
      guard let (language, _, text) = surroundings.view.passageText(document) else { continue }
      var written: [UInt8]?
      scanner.forEachFollower(in: text, language) { stream, index in
        if terms.contains(where: { $0.elementsEqual(stream.term(index)) }), isCompletion(Array(stream.folded(index))) {
          written = written ?? Array(stream.exact(index))
        }
      }
      if let written { return written }
    }
    return nil
  }

  /// Completions in the same passages as the words typed, where none stands right behind them.
  private func beside(_ before: [[[UInt8]]]) throws(XapianError) -> [RankedSuggestion] {
    let meaning = zip(typed.before, before).filter { !words.isStopWord(typed.words.folded($0.0)) }.map(\.1)
    guard !meaning.isEmpty, meaning.allSatisfy({ !$0.isEmpty }) else { return [] }
    var found: [RankedSuggestion] = []
    var seen: Set<[[UInt8]]> = []
    for form in words.forms(limit: Self.mostForms) where found.count < Self.mostCounted {
      let spelling = Array(words.vocabulary.words.spelling(form))
      let terms = surroundings.terms(spelling)
      guard !terms.isEmpty, seen.insert(terms).inserted else { continue }
      let count = try words.count(.and((meaning + [terms]).map { QueryPlanner.alternatives($0) })) { () throws(XapianError) in
        let documents = try words.documents(meaning + [terms])
        return .init(articles: words.articles(documents), passages: documents.count)
      }
      if count.passages > 0 { found.append(suggestion(spelling, .word, count)) }
    }
    return found
  }

  /// - Parameter key: of a form, folded.
  private func isCompletion(_ key: [UInt8]) -> Bool {
    key.count > 1 && key.starts(with: typed.lastKey) && !words.isStopWord(key[...])
  }

  // MARK: Counting

  /// What was found, by form.
  private struct Groups {
    private(set) var counts: [[UInt8]: (passages: Int, last: UInt32)] = [:]

    mutating func note(_ form: [UInt8], _ document: UInt32) {
      guard counts[form]?.last != document else { return }
      counts[form] = ((counts[form]?.passages ?? 0) + 1, document)
    }

    mutating func note(_ form: [UInt8], passages: Int) { if passages > 0 { counts[form] = (passages, 0) } }

    func has(_ form: [UInt8]) -> Bool { counts[form] != nil }

    /// The most frequent first.
    var best: [[UInt8]] {
      counts.sorted {
        $0.value.passages != $1.value.passages
          ? $0.value.passages > $1.value.passages
          : $0.key.count != $1.key.count ? $0.key.count < $1.key.count : $0.key.lexicographicallyPrecedes($1.key)
      }.map(\.key)
    }
  }

  /// Counts the most frequent of the forms behind the words of a tail, each stem once.
  /// - Parameters:
  ///   - rest: words that are in the same passage.
  ///   - passages: those that have the words of the tail and of the rest.
  private func counted(
    _ groups: Groups, _ tail: [[[UInt8]]], _ rest: [[[UInt8]]], _ passages: SampledPassages
  ) throws(XapianError) -> [RankedSuggestion] {
    var stems: Set<[[UInt8]]> = []
    var found: [RankedSuggestion] = []
    for form in groups.best where stems.count < Self.mostCounted {
      let terms = surroundings.terms(form)
      guard !terms.isEmpty, stems.insert(terms).inserted else { continue }
      let sequence = (tail + [terms]).map { QueryPlanner.alternatives($0) }
      let query = Query.and([.phrase(sequence, window: sequence.count)] + rest.map { QueryPlanner.alternatives($0) })
      let count = try words.count(query) { () throws(XapianError) in
        try words.count(of: tail + [terms], rest, in: passages)
      }
      if count.passages > 0 { found.append(suggestion(form, .phrase, count)) }
    }
    return found
  }

  private func suggestion(_ form: [UInt8], _ kind: SuggestionKind, _ count: CountMemory.Count) -> RankedSuggestion {
    RankedSuggestion(
      suggestion: Suggestion(
        text: typed.head + String(decoding: form, as: UTF8.self), kind: kind, articles: count.articles, passages: count.passages),
      bits: Suggester.frequencyBits(count.passages) + (kind == .phrase ? Suggester.phraseBits : Suggester.wordBits))
  }
}
