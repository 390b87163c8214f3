// The last word in the light of the words before it: for `ceasefire agr` a number of passages that have "ceasefire", spread over all of
// them, say which words like `agr` follow; how often they do is then counted in the index, or estimated from a part of it where that would
// take too long while somebody types.
import ArasAPI
import TextAnalysis
import Xapian

struct PhraseCompleter {
  let words: WordCompleter

  /// Forms that the last word may become, when few passages have one.
  private static let mostForms = 60
  /// Passages that are read for words that follow.
  private static let mostRead = 160
  /// Passages that are looked at beside what a table tells.
  private static let mostLooks = 200
  /// Completions that are counted.
  private static let mostCounted = 12
  /// Completions that are shown.
  private static let mostShown = 6
  /// Forms that are tried beside the words typed where none follows them.
  private static let mostBeside = 24

  private var typed: TypedText { words.typed }
  private var surroundings: Surroundings { words.surroundings }
  private var revision: UInt64 { words.postings.revision }

  func completions() throws(XapianError) -> [RankedSuggestion] {
    let before = typed.before.map { index in surroundings.terms(typed.words, index).map(\.term) }
    let tail = TypedTail(before)
    if tail.length > 0 {
      var found = try known(tail)
      if found == nil { found = try following(tail) }
      if let found, !found.isEmpty { return found }
    }
    return typed.lastKey.isEmpty ? [] : try beside(before)
  }

  // MARK: Words that follow

  /// Completions that stand right behind as many words of the tail as any does.
  private func following(_ tail: TypedTail) throws(XapianError) -> [RankedSuggestion] {
    let followers = try words.counts.followers(behind: tail, revision: revision) { () throws(XapianError) in try read(tail) }
    guard followers.passages.count > 0 else { return [] }
    var candidates = FollowerCandidates()
    let forms = followers.forms.filter { isCompletion($0.key) }.sorted {
      $0.passages == $1.passages
        ? $0.form.count != $1.form.count ? $0.form.count < $1.form.count : $0.form.lexicographicallyPrecedes($1.form)
        : $0.passages > $1.passages
    }
    for found in forms {
      candidates.note(found.form, words.terms(found.form), found.passages)
      if candidates.all.count == 2 * Self.mostCounted { break }
    }
    var counter = FollowerCounter(words: words, tail: tail, passages: followers.passages)
    if followers.passages.count > Self.mostRead, !typed.lastKey.isEmpty { try noteRare(&counter, scanner(tail), &candidates) }
    let best = Array(candidates.all.prefix(Self.mostCounted))
    let counts = try counter.counts(best)
    for length in stride(from: tail.length, through: 1, by: -1) {
      let found = zip(best, counts).filter { $0.1[length].passages > 0 }.prefix(Self.mostShown)
      if !found.isEmpty { return found.map { suggestion($0.form, .phrase, $1[length]) } }
    }
    return []
  }

  /// Completions behind a single frequent word, from the table of what follows; nil where it does not tell.
  private func known(_ tail: TypedTail) throws(XapianError) -> [RankedSuggestion]? {
    guard tail.words.count == 1, let known = words.followers, words.sampler.count(tail.words[0]) > SampledPassages.most,
      let followers = known.table.followers(of: tail.words[0], beginning: typed.lastKey, limit: Self.mostForms)
    else { return nil }
    var candidates = FollowerCandidates()
    let sorted = followers.sorted {
      $0.passages != $1.passages
        ? $0.passages > $1.passages
        : $0.form.count != $1.form.count ? $0.form.count < $1.form.count : $0.form.lexicographicallyPrecedes($1.form)
    }
    for found in sorted where isCompletion(found.key) {
      candidates.note(found.form, words.terms(found.form), TailCounts(repeating: found.passages, for: tail))
      if candidates.all.count == Self.mostShown { break }
    }
    // What was read in more passages than have changed since is there still; what was not is looked for.
    let isSure = candidates.all.map { $0.passages[1] > known.changed }
    let seeksRare = candidates.all.count < Self.mostShown && !typed.lastKey.isEmpty
    guard seeksRare || isSure.contains(false) else { return candidates.all.map { estimated($0, tail, known.table) } }
    var counter = FollowerCounter(words: words, tail: tail, passages: try words.passages(tail.words), looks: Self.mostLooks)
    if seeksRare { try noteRare(&counter, scanner(tail), &candidates) }
    var found: [RankedSuggestion] = []
    for (index, candidate) in candidates.all.prefix(Self.mostCounted).enumerated() where found.count < Self.mostShown {
      if index < isSure.count, isSure[index] {
        found.append(estimated(candidate, tail, known.table))
      } else {
        let count = try counter.counts([candidate])[0][1]
        if count.passages > 0 { found.append(suggestion(candidate.form, .phrase, count)) }
      }
    }
    return found
  }

  private func estimated(_ candidate: FollowerCandidates.Candidate, _ tail: TypedTail, _ table: FollowerTable) -> RankedSuggestion {
    let share = candidate.passages[1] * words.columns.passageCount / max(1, table.sample.count)
    let most = min(words.sampler.count(tail.words[0]), words.sampler.count(candidate.terms))
    return suggestion(candidate.form, .phrase, .init(articles: nil, passages: max(1, min(share, most))))
  }

  private func scanner(_ tail: TypedTail) -> FollowerScanner {
    FollowerScanner(surroundings.analyzer, tail, last: typed.before.last.map { Array(typed.words.folded($0)) } ?? [])
  }

  /// Which words follow the tail in some of the passages that have it.
  private func read(_ tail: TypedTail) throws(XapianError) -> CountMemory.Followers {
    let passages = try words.passages(tail.words)
    let scanner = scanner(tail)
    var found: [[UInt8]: (key: [UInt8], counts: TailCounts<Int>, last: UInt32, length: Int)] = [:]
    for document in SampledPassages.spread(passages.some, Self.mostRead) {
      guard let (language, heading, text) = surroundings.view.passageText(document) else { continue }
      for part in [text, heading.map { Array($0.utf8) }].compactMap({ $0 }) {
        scanner.forEachFollower(in: part, language) { stream, index, length in
          guard stream.words[index].flags.isDisjoint(with: .hasDigit) else { return }
          let form = Array(stream.exact(index))
          var entry = found[form] ?? (Array(stream.folded(index)), TailCounts(repeating: 0, for: tail), document, 0)
          let known = entry.last == document ? entry.length : 0
          for longer in (known + 1)..<(max(known, length) + 1) { entry.counts[longer] += 1 }
          entry.last = document
          entry.length = max(known, length)
          found[form] = entry
        }
      }
    }
    return .init(passages: passages, forms: found.map { ($0.key, $0.value.key, $0.value.counts) })
  }

  /// Notes forms that follow too seldom to be met where some passages of many are read: they are looked for where they stand themselves.
  private func noteRare(
    _ counter: inout FollowerCounter, _ scanner: FollowerScanner, _ candidates: inout FollowerCandidates
  ) throws(XapianError) {
    for form in words.forms(limit: Self.mostForms) where counter.mayLook {
      let spelling = Array(words.vocabulary.words.spelling(form))
      guard !candidates.has(spelling) else { continue }
      let frequency = Int(words.vocabulary.words.counts[form])
      guard counter.isRare(frequency, letters: typed.lastKey.count) else { continue }
      let terms = words.terms(spelling)
      guard !terms.isEmpty, !candidates.has(terms), let rare = try counter.counts(ofForm: spelling) else { continue }
      guard let written = follower(scanner, rare.documents, terms) else { continue }
      candidates.note(written, terms, rare.counts, isRare: true)
    }
  }

  /// Passages that are read to see which form of a word stands there.
  private static let mostRereads = 4

  /// The form with these terms that stands behind the tail in the first of some passages where one does: the index knows of the terms alone.
  private func follower(_ scanner: FollowerScanner, _ documents: [UInt32], _ terms: [[UInt8]]) -> [UInt8]? {
    for document in documents.prefix(Self.mostRereads) {
      guard let (language, _, text) = surroundings.view.passageText(document) else { continue }
      var written: [UInt8]?
      scanner.forEachFollower(in: text, language) { stream, index, _ in
        if terms.contains(where: { $0.elementsEqual(stream.term(index)) }), isCompletion(Array(stream.folded(index))) {
          written = written ?? Array(stream.exact(index))
        }
      }
      if let written { return written }
    }
    return nil
  }

  private func isCompletion(_ key: [UInt8]) -> Bool {
    key.count > 1 && key.starts(with: typed.lastKey) && !words.isStopWord(key[...])
  }

  // MARK: Words in the same passages

  /// Completions in the same passages as the words typed, where none stands right behind them.
  private func beside(_ before: [[[UInt8]]]) throws(XapianError) -> [RankedSuggestion] {
    let meaning = zip(typed.before, before).filter { !words.isStopWord(typed.words.folded($0.0)) }.map(\.1)
    guard !meaning.isEmpty, meaning.allSatisfy({ !$0.isEmpty }) else { return [] }
    let passages = try words.passages(meaning)
    guard passages.count > 0 else { return [] }
    var found: [RankedSuggestion] = []
    var seen: Set<[[UInt8]]> = []
    for form in words.forms(limit: Self.mostBeside) where found.count < Self.mostShown {
      let spelling = Array(words.vocabulary.words.spelling(form))
      let terms = words.terms(spelling)
      guard !terms.isEmpty, seen.insert(terms).inserted else { continue }
      let count = try count(of: terms, beside: meaning, in: passages)
      if count.passages > 0 { found.append(suggestion(spelling, .word, count)) }
    }
    return found
  }

  /// How many passages have a word and some others.
  private func count(
    of terms: [[UInt8]], beside others: [[[UInt8]]], in passages: SampledPassages
  ) throws(XapianError) -> CountMemory.Count {
    let sampler = words.sampler
    if !passages.isWhole, sampler.count(terms) <= SampledPassages.most {
      let found = try sampler.having(others, among: try sampler.documents(terms))
      return .init(articles: words.articles(found), passages: found.count)
    }
    let found = try sampler.having(terms, among: passages.some)
    if passages.isWhole { return .init(articles: words.articles(found), passages: found.count) }
    return .init(articles: nil, passages: found.count * passages.count / max(1, passages.some.count))
  }

  private func suggestion(_ form: [UInt8], _ kind: SuggestionKind, _ count: CountMemory.Count) -> RankedSuggestion {
    RankedSuggestion(
      suggestion: Suggestion(
        text: typed.head + String(decoding: form, as: UTF8.self), kind: kind, articles: count.articles, passages: count.passages),
      bits: Suggester.frequencyBits(count.passages) + (kind == .phrase ? Suggester.phraseBits : Suggester.wordBits))
  }
}

/// Words that may follow a tail, each stem once, the most frequent first.
struct FollowerCandidates {
  struct Candidate {
    /// As it stands there most often.
    let form: [UInt8]
    let terms: [[UInt8]]
    var passages: TailCounts<Int>
    /// Whether `passages` are those of the index, where the word stands itself, and not those of some that were read.
    let isRare: Bool
  }

  private(set) var all: [Candidate] = []
  private var forms: Set<[UInt8]> = []
  private var places: [[[UInt8]]: Int] = [:]

  func has(_ form: [UInt8]) -> Bool { forms.contains(form) }
  func has(_ terms: [[UInt8]]) -> Bool { places[terms] != nil }

  mutating func note(_ form: [UInt8], _ terms: [[UInt8]], _ passages: TailCounts<Int>, isRare: Bool = false) {
    guard !terms.isEmpty else { return }
    forms.insert(form)
    if let place = places[terms] {
      all[place].passages += passages
    } else {
      places[terms] = all.count
      all.append(Candidate(form: form, terms: terms, passages: passages, isRare: isRare))
    }
  }
}
