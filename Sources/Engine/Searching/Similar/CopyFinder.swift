// Which articles and passages say the same as another one, in the same or nearly the same words: republished, with another headline or
// byline, shortened by a paragraph, a few words changed.
//
// Candidates come from the index: a copy has most of the rarest words that the original shares with any other article. Each candidate is
// then compared word by word, by the set of its pairs of successive words (w-shingling with w = 2: Broder, On the resemblance and
// containment of documents, 1997). Two articles are copies where they share at least 60 % of the pairs of the one that has more, so that
// an article which quotes another whole, and says as much of its own, is none. For passages, which are cut differently in each edition,
// the smaller set counts, and 70 %. Independent articles on one event share 5 to 20 % of their pairs. Texts of fewer than 20 words are
// copies only where all words are the same.
import TextAnalysis
import Xapian

/// A text as what it is compared by.
struct WordPairs {
  /// Hashes of the pairs of successive folded words.
  private(set) var pairs: Set<UInt64> = []
  /// Of all words in their order.
  private var whole = StableHash()
  private(set) var wordCount = 0
  private var last: UInt64?

  static let fewWords = 20
  static let articleShare = 0.6
  static let passageShare = 0.7

  /// Adds the words of a stretch that follows the ones before it.
  mutating func add(_ stream: WordStream) {
    for i in stream.words.indices {
      let folded = stream.folded(i)
      whole.add(folded)
      wordCount += 1
      var hash = StableHash()
      hash.add(folded)
      let word = hash.value
      // The order within a pair matters: the first is turned before the second is added.
      if let last { pairs.insert((last << 1 | last >> 63) ^ word) }
      last = word
    }
  }

  func isCopy(of other: WordPairs, share: Double, ofSmaller: Bool) -> Bool {
    guard wordCount > 0, other.wordCount > 0 else { return false }
    if min(wordCount, other.wordCount) < Self.fewWords { return wordCount == other.wordCount && whole.value == other.whole.value }
    let smaller = min(pairs.count, other.pairs.count)
    let base = Double(ofSmaller ? smaller : max(pairs.count, other.pairs.count))
    guard Double(smaller) >= share * base else { return false }
    return Double(pairs.intersection(other.pairs).count) >= share * base
  }
}

struct CopyFinder {
  let view: DatabaseView
  let analyzer: Analyzer
  let columns: Columns
  /// CLOCK_MONOTONIC, nanoseconds.
  let deadline: UInt64

  /// Words that candidates are looked up by.
  private static let mostWords = 16
  /// A word in more passages than this is no way to find a copy.
  private static let mostPostings: UInt32 = 100_000

  struct Found {
    /// Rows of the columns.
    var articles: Set<UInt32> = []
    var passages: Set<UInt32> = []
    var timedOut = false
  }

  /// Copies of the source's article and, where the source is one passage, of that passage.
  func copies(of source: SimilarSource) throws -> Found {
    var found = Found()
    let own = source.ordinal
    let all = try candidates(source, source.passages.indices)
    var pairs = WordPairs()
    for stream in source.words { pairs.add(stream) }
    for (article, count, document) in all.articles where article != own && 2 * count >= all.words {
      guard Clock.now < deadline else {
        found.timedOut = true
        return found
      }
      if try isCopy(articleOf: document, of: pairs) { found.articles.insert(article) }
    }
    guard source.isPassage else { return found }
    pairs = WordPairs()
    pairs.add(source.words[source.asked.lowerBound])
    let near = try candidates(source, source.asked)
    for (document, count) in near.passages where 2 * count >= near.words {
      guard let article = columns.article(of: document), article != own, !found.articles.contains(article) else { continue }
      guard Clock.now < deadline else {
        found.timedOut = true
        return found
      }
      if try isCopy(passage: document, of: pairs) { found.passages.insert(document) }
    }
    return found
  }

  private func isCopy(articleOf document: UInt32, of pairs: WordPairs) throws -> Bool {
    guard let id = try view.articleID(of: document), let article = try view.article(id) else { return false }
    var other = WordPairs()
    for passage in article.passages { other.add(analyzer.analyze(passage.text, language: Language(rawValue: passage.language))) }
    return pairs.isCopy(of: other, share: WordPairs.articleShare, ofSmaller: false)
  }

  private func isCopy(passage document: UInt32, of pairs: WordPairs) throws -> Bool {
    guard let passage = try view.passage(document) else { return false }
    var other = WordPairs()
    other.add(analyzer.analyze(passage.text, language: Language(rawValue: passage.language)))
    return pairs.isCopy(of: other, share: WordPairs.passageShare, ofSmaller: true)
  }

  private struct Candidates {
    /// Words that were looked up.
    var words = 0
    /// With how many of them each has, and one of its documents.
    var articles: [(article: UInt32, count: Int, document: UInt32)] = []
    var passages: [(document: UInt32, count: Int)] = []
  }

  /// What has any of the rarest words of some passages of the source that another article has, too.
  private func candidates(_ source: SimilarSource, _ indices: Range<Int>) throws -> Candidates {
    var terms: Set<[UInt8]> = []
    for index in indices { for i in source.words[index].words.indices { terms.insert(Array(source.words[index].term(i))) } }
    let rare = terms.map { (term: $0, frequency: view.frequency($0)) }.filter { $0.frequency > 1 && $0.frequency <= Self.mostPostings }
      .sorted { ($0.frequency, $0.term.count) < ($1.frequency, $1.term.count) }
    var result = Candidates()
    var articles: [UInt32: (count: Int, document: UInt32)] = [:]
    var passages: [UInt32: Int] = [:]
    for (term, _) in rare {
      guard result.words < Self.mostWords else { break }
      var seen: [UInt32: UInt32] = [:]
      let documents = try view.postings(of: term)
      for document in documents {
        if let article = columns.article(of: document), article != source.ordinal { seen[article] = document }
      }
      guard !seen.isEmpty else { continue }
      result.words += 1
      for (article, document) in seen { articles[article] = ((articles[article]?.count ?? 0) + 1, document) }
      for document in documents { passages[document, default: 0] += 1 }
    }
    result.articles = articles.map { ($0.key, $0.value.count, $0.value.document) }
    result.passages = passages.map { ($0.key, $0.value) }
    return result
  }
}
