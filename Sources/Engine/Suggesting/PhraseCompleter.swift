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
  private static let mostRead = 120
  /// Completions that are counted.
  private static let mostCounted = 8
  /// Completions that are shown.
  static let mostShown = 6
  /// Forms that are tried beside the words typed where none follows them.
  private static let mostBeside = 16
  /// Postings of rare words that are held against those of others to count both.
  private static let mostHeld = 400

  var typed: TypedText { words.typed }
  private var surroundings: Surroundings { words.surroundings }
  private var revision: UInt64 { words.postings.revision }

  func completions() throws(XapianError) -> [RankedSuggestion] {
    let before = typed.before.map { index in surroundings.terms(typed.words, index).map(\.term) }
    let tail = TypedTail(before)
    var found: [RankedSuggestion] = []
    if tail.length > 0 {
      if let sampled = try sampled(tail) { found = sampled } else { found = try following(tail) }
    }
    if typed.lastKey.isEmpty || found.count >= Self.mostShown { return found }
    return found + Self.behind(found, try beside(before, besides: found))
  }

  /// Completions in their order, with fewer bits than others have.
  static func behind(_ others: [RankedSuggestion], _ completions: [RankedSuggestion]) -> [RankedSuggestion] {
    guard let least = others.map(\.bits).min(), let most = completions.map(\.bits).max(), most >= least else { return completions }
    return completions.map { RankedSuggestion(suggestion: $0.suggestion, bits: $0.bits - (most - least) - 1) }
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
    if !followers.areAll, !typed.lastKey.isEmpty { try noteOthers(&counter, scanner(tail), &candidates) }
    let best = Array(candidates.all.prefix(Self.mostCounted))
    let counts = try counter.counts(best)
    for length in stride(from: tail.length, through: 1, by: -1) {
      let found = zip(best, counts).filter { $0.1[length].passages > 0 }.prefix(Self.mostShown)
      if !found.isEmpty { return found.map { suggestion($0.form, .phrase, $1[length]) } }
    }
    return []
  }

  func scanner(_ tail: TypedTail) -> FollowerScanner {
    FollowerScanner(surroundings.analyzer, tail, last: typed.before.last.map { Array(typed.words.folded($0)) } ?? [])
  }

  /// Which words follow the tail in some of the passages that have it.
  private func read(_ tail: TypedTail) throws(XapianError) -> CountMemory.Followers {
    let passages = try words.passages(tail.words)
    let scanner = scanner(tail)
    let (wanted, isAll) = try read(passages, tail)
    var found: [[UInt8]: (key: [UInt8], counts: TailCounts<Int>, last: UInt32, length: Int)] = [:]
    for document in wanted {
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
    return .init(passages: passages, areAll: isAll, forms: found.map { ($0.key, $0.value.key, $0.value.counts) })
  }

  /// Which of some passages are read: those where most of the tail stands, and whether these are all where it does.
  private func read(_ passages: SampledPassages, _ tail: TypedTail) throws(XapianError) -> (some: [UInt32], areAll: Bool) {
    var best = passages.some
    if tail.length > 1 {
      var places = TailPlaces(tail)
      var lengths: [Int] = []
      for document in passages.some {
        lengths.append(
          try surroundings.view.withPlaces(of: document) { places.move(to: $0, isKnown: passages.areKnown) ? places.longest : 0 } ?? 0)
      }
      let longest = lengths.max() ?? 0
      best = zip(passages.some, lengths).filter { $0.1 > 0 && $0.1 == longest }.map(\.0)
    }
    return (SampledPassages.spread(best, Self.mostRead), passages.isWhole && best.count <= Self.mostRead)
  }

  /// Forms of the vocabulary that are looked for behind the tail, beside rare ones.
  private static let mostOthers = 12
  /// Bytes typed from which on they are.
  private static let leastTyped = 2

  /// Notes forms that follow too seldom to be met where some passages of many are read: rare ones are looked for where they stand
  /// themselves, others where the tail does.
  func noteOthers(
    _ counter: inout FollowerCounter, _ scanner: FollowerScanner, _ candidates: inout FollowerCandidates
  ) throws(XapianError) {
    var others: [(form: [UInt8], terms: [[UInt8]])] = []
    var seen: Set<[[UInt8]]> = []
    for form in words.forms(limit: Self.mostForms) where counter.mayLook {
      let spelling = Array(words.vocabulary.words.spelling(form))
      guard !candidates.has(spelling) else { continue }
      let isRare = counter.isRare(Int(words.vocabulary.words.counts[form]))
      if !isRare, others.count == Self.mostOthers || typed.lastKey.count < Self.leastTyped { continue }
      let terms = words.terms(spelling)
      guard !terms.isEmpty, !candidates.has(terms) else { continue }
      if !isRare {
        if seen.insert(terms).inserted { others.append((spelling, terms)) }
      } else if let rare = try counter.counts(ofRare: spelling), let written = follower(scanner, rare.documents, terms) {
        candidates.note(written, terms, rare.counts, isRare: true)
      }
    }
    let counts = try counter.counts(ofOthers: others.map(\.terms))
    for (other, counts) in zip(others, counts) {
      guard let counts, let written = follower(scanner, counts.documents, other.terms) else { continue }
      candidates.note(written, other.terms, counts.counts, isRare: true)
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

  func isCompletion(_ key: [UInt8]) -> Bool {
    key.count > 1 && key.starts(with: typed.lastKey) && !words.isStopWord(key[...])
  }

  // MARK: Words in the same passages

  /// Completions in the same passages as the words typed, where fewer stand right behind them than are shown.
  /// - Parameter besides: those that do.
  private func beside(_ before: [[[UInt8]]], besides: [RankedSuggestion]) throws(XapianError) -> [RankedSuggestion] {
    let meaning = zip(typed.before, before).filter { !words.isStopWord(typed.words.folded($0.0)) }.map(\.1)
    guard !meaning.isEmpty, meaning.allSatisfy({ !$0.isEmpty }) else { return [] }
    let shown = Set(besides.map { Array($0.suggestion.text.utf8.dropFirst(typed.head.utf8.count)) })
    var ofStem: [[[UInt8]]: Int] = [:]
    var candidates: [(form: [UInt8], terms: [[UInt8]])] = []
    for form in words.forms(limit: Self.mostBeside) {
      let spelling = Array(words.vocabulary.words.spelling(form))
      let terms = words.terms(spelling)
      guard !terms.isEmpty, !shown.contains(spelling), ofStem[terms, default: 0] < WordCompleter.mostOfStem else { continue }
      ofStem[terms, default: 0] += 1
      candidates.append((spelling, terms))
    }
    if candidates.isEmpty { return [] }
    var counts: [[[UInt8]]: CountMemory.Count] = [:]
    var left = Self.mostHeld
    for terms in ofStem.keys {
      let own = words.sampler.count(terms)
      guard own <= min(left, Self.mostHeld / 2) else { continue }
      left -= own
      let documents = try words.sampler.having(meaning, among: try words.sampler.documents(terms))
      counts[terms] = .init(articles: words.articles(documents), passages: documents.count)
    }
    let uncounted = ofStem.keys.filter { counts[$0] == nil }
    if !uncounted.isEmpty {
      var found = besideInSample(uncounted, others: meaning)
      if found == nil { found = try words.counts(of: uncounted, beside: meaning, in: try words.passages(meaning)) }
      for (terms, count) in zip(uncounted, found ?? []) { counts[terms] = count }
    }
    let found = candidates.compactMap { candidate in
      counts[candidate.terms].flatMap { $0.passages > 0 ? suggestion(candidate.form, .word, $0) : nil }
    }
    return Array(found.prefix(Self.mostShown - besides.count))
  }

  func suggestion(_ form: [UInt8], _ kind: SuggestionKind, _ count: CountMemory.Count) -> RankedSuggestion {
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
