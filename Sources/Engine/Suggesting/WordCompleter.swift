// The last word typed, completed: by itself where it stands alone, else in the light of the words before it.
import ArasAPI
import TextAnalysis
import Xapian

struct WordCompleter {
  let typed: TypedText
  let vocabulary: Vocabulary
  let surroundings: Surroundings
  let columns: Columns
  let postings: PostingReader
  let counts: CountMemory
  /// Texts in memory; nil where there are none, or they were read long ago.
  let sample: KnownSample?
  let limit: Int

  /// The passages that have some words, or may have.
  func passages(_ words: [[[UInt8]]]) throws(XapianError) -> SampledPassages {
    try counts.passages(.possible, having: words, revision: postings.revision) { () throws(XapianError) in try sampler.passages(words) }
  }

  var sampler: PassageSampler { PassageSampler(postings: postings, columns: columns) }

  /// Forms of the vocabulary that are made sure of.
  private var mostForms: Int { 3 * limit }
  /// Forms of one stem: a plural beside its singular, not six tenses.
  static let mostOfStem = 2
  /// A word of more passages has its articles left uncounted.
  private static let mostCounted = 5000

  func completions() throws(XapianError) -> [RankedSuggestion] {
    guard typed.isOpen else { return [] }
    if !typed.before.isEmpty { return try PhraseCompleter(words: self).completions() }
    return typed.lastKey.isEmpty ? [] : try wordsAlone()
  }

  /// Most frequent first, a few of each stem.
  private func wordsAlone() throws(XapianError) -> [RankedSuggestion] {
    var ofStem: [[[UInt8]]: Int] = [:]
    var found: [RankedSuggestion] = []
    for form in forms(limit: mostForms) where found.count < limit {
      let stems = terms(vocabulary.words.spelling(form))
      ofStem[stems, default: 0] += 1
      if ofStem[stems, default: 0] <= Self.mostOfStem, let word = try word(form) { found.append(word) }
    }
    return found
  }

  /// The most frequent forms that begin like the last word and can stand for something.
  func forms(limit: Int) -> [Int] {
    let words = vocabulary.words
    let hasDigit = typed.lastKey.contains { $0 >= 0x30 && $0 <= 0x39 }
    return words.mostFrequent(limit, of: words.forms(beginning: typed.lastKey)) { form in
      let key = words.key(form)
      return key.count > 1 && (hasDigit || !key.contains { $0 >= 0x30 && $0 <= 0x39 }) && !isStopWord(key)
    }
  }

  func isStopWord(_ key: ArraySlice<UInt8>) -> Bool {
    CompletionStopWords(analyzer: surroundings.analyzer, languages: surroundings.languages).isStopWord(key)
  }

  private func word(_ form: Int) throws(XapianError) -> RankedSuggestion? {
    let spelling = vocabulary.words.spelling(form)
    let term = Term.value(Schema.exactPrefix, spelling)
    // The vocabulary may be older than the answer: what is counted is there now.
    let passages = Int(surroundings.view.frequency(term))
    guard passages > 0 else { return nil }
    let key = vocabulary.words.key(form)
    let bits =
      key.count == typed.lastKey.count ? Suggester.wholeBits : -Suggester.letterBits * Double(key.count - typed.lastKey.count)
    return RankedSuggestion(
      suggestion: Suggestion(
        text: typed.head + String(decoding: spelling, as: UTF8.self), kind: .word, articles: try articles(term, passages),
        passages: passages), bits: Suggester.frequencyBits(passages) + Suggester.wordBits + bits)
  }

  private func articles(_ term: [UInt8], _ passages: Int) throws(XapianError) -> Int? {
    guard passages <= Self.mostCounted else { return nil }
    return try counts.count(of: term, revision: postings.revision) { () throws(XapianError) in
      let documents = try surroundings.view.postings(of: term)
      return .init(articles: articles(documents), passages: documents.count)
    }.articles
  }

  /// In how many of some passages each of some words stands together with all of some others; estimated where the passages are some of
  /// many.
  func counts(
    of candidates: [[[UInt8]]], beside others: [[[UInt8]]], in passages: SampledPassages
  ) throws(XapianError) -> [CountMemory.Count] {
    let placed = (candidates: candidates.map { $0.map { PlacedTerm($0) } }, others: others.map { $0.map { PlacedTerm($0) } })
    var found: [[UInt32]] = candidates.map { _ in [] }
    for document in passages.some {
      _ = try surroundings.view.withPlaces(of: document) { passage in
        guard placed.others.allSatisfy({ $0.contains { passage.has($0) } }) else { return }
        for (index, terms) in placed.candidates.enumerated() where terms.contains(where: { passage.has($0) }) {
          found[index].append(document)
        }
      }
    }
    var counts: [CountMemory.Count] = []
    for (terms, found) in zip(candidates, found) {
      var sure = found
      // A term that a passage does not have may look like one that it has: what the postings say is so.
      if !found.isEmpty, passages.isWhole || found.count < Self.leastSure {
        sure = try sampler.having([terms] + (passages.areKnown ? [] : others), among: found)
      }
      counts.append(
        passages.isWhole
          ? .init(articles: articles(sure), passages: sure.count)
          : .init(articles: nil, passages: sure.count * passages.count / max(1, passages.some.count)))
    }
    return counts
  }

  /// Passages from which on one more or less does not matter to an estimate.
  private static let leastSure = 5

  /// The index terms of a written form.
  func terms(_ form: [UInt8]) -> [[UInt8]] { counts.terms(of: form, revision: postings.revision) { surroundings.terms(form) } }

  /// How many articles documents are of.
  func articles(_ documents: some Sequence<UInt32>) -> Int {
    var seen = [UInt64](repeating: 0, count: columns.articleRows / 64 + 1)
    var count = 0
    for document in documents {
      guard let article = columns.article(of: document).map({ Int($0) }), article / 64 < seen.count else { continue }
      let bit = UInt64(1) << UInt64(article & 63)
      if seen[article / 64] & bit == 0 { count += 1 }
      seen[article / 64] |= bit
    }
    return count
  }
}
