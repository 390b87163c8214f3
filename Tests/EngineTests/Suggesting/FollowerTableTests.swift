import ArasAPI
import TestSupport
import Testing
import TextAnalysis

@testable import Engine

/// What follows frequent words, counted beside the queries.
struct FollowerTableTests {
  private static let words: [(Language, [String])] = [
    (.english, ["sanctions", "Sanction", "corridor", "trade", "talks", "don't", "U.S.", "the", "of", "naïve", "2023"]),
    (.russian, ["переговоры", "товары", "Иран", "ирана", "и", "санкции"]),
    (.turkish, ["İran", "ve", "ticaret", "görüştü", "Türkiye"]),
    (.persian, ["ایران", "تحریم", "و", "مذاکرات"]),
    (.chinese, ["谈判仍在", "继续"]),
  ]

  private static func article(_ key: Int, _ random: inout SeededRandom) -> CorpusArticle {
    let (language, words) = random.pick(Self.words)
    let parts = (0..<Int.random(in: 1...4, using: &random)).map { _ in
      let text = (0..<Int.random(in: 0...25, using: &random)).map { _ in random.pick(words) }.joined(separator: random.pick([" ", ", "]))
      let heading = random.chance(20) ? "\(random.pick(words)) \(random.pick(words))" : nil
      return CorpusArticle.Part(text: text, heading: heading, language: language.rawValue)
    }
    return CorpusArticle(key: "\(key)", language: language.rawValue, parts: parts)
  }

  private static func table(
    _ test: TestIndex, least: Int = 1, mostRead: Int = 50_000, mostPairs: Int = 1_000_000,
    isWanted: @escaping @Sendable () -> Bool = { true }
  ) async throws -> FollowerTable? {
    try await test.index.reading { reader, snapshot in
      FollowerTableBuilder(
        snapshot: snapshot, segments: reader.view.segments, mostRead: mostRead, least: least, mostPairs: mostPairs
      ).build(isWanted)
    }
  }

  private struct Pair: Hashable {
    var term: [UInt8]
    var form: [UInt8]
  }

  /// In how many passages each form follows each term, by the analysis of all texts.
  private static func counts(_ articles: [CorpusArticle], _ isCompletion: ([UInt8]) -> Bool) -> (pairs: [Pair: Int], terms: [[UInt8]: Int])
  {
    let analyzer = Analyzer()
    var pairs: [Pair: Int] = [:]
    var terms: [[UInt8]: Int] = [:]
    for part in articles.flatMap(\.parts) {
      var own: Set<Pair> = []
      var ownTerms: Set<[UInt8]> = []
      for text in [part.text, part.heading].compactMap({ $0 }) {
        let stream = analyzer.analyze(text, language: Language(rawValue: part.language))
        for index in stream.words.indices {
          ownTerms.insert(Array(stream.term(index)))
          if index > 0, !stream.words[index].flags.contains(.hasDigit), isCompletion(Array(stream.folded(index))) {
            own.insert(Pair(term: Array(stream.term(index - 1)), form: Array(stream.exact(index))))
          }
        }
      }
      for pair in own { pairs[pair, default: 0] += 1 }
      for term in ownTerms { terms[term, default: 0] += 1 }
    }
    return (pairs, terms)
  }

  /// Every pair, under every beginning of its second word, as often as the texts have it; none where the first is too rare.
  @Test func countsAreThoseOfTheTexts() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let test = try TestIndex(registry: try TinyRegistry.load())
    var articles = (0..<300).map { Self.article($0, &random) }
    try await test.put(Array(articles[..<200]), path: "a.jsonl")
    try await test.put(Array(articles[200...]), path: "b.jsonl")
    for round in 0..<2 {
      if round == 1 {
        // Some are removed, some written anew, some come.
        articles = articles[..<200] + (400..<460).map { Self.article($0, &random) }
        try await test.put(Array(articles[200...]), path: "b.jsonl")
      }
      let languages = try await test.index.reading { _, snapshot in snapshot.languages }
      let stopWords = CompletionStopWords(analyzer: Analyzer(), languages: languages)
      let (pairs, terms) = Self.counts(articles, stopWords.isCompletion)
      for least in [1, 60] {
        let table = try #require(try await Self.table(test, least: least))
        #expect(table.sample.count == articles.reduce(0) { $0 + $1.parts.count })
        var seen = 0
        for (term, passages) in terms {
          let wanted = pairs.filter { $0.key.term == term }
          let found = table.followers(of: [term], beginning: [])
          if passages < least {
            #expect(found == nil)
            continue
          }
          #expect(
            Dictionary(uniqueKeysWithValues: (found ?? []).map { ($0.form, $0.passages) })
              == Dictionary(uniqueKeysWithValues: wanted.map { ($0.key.form, $0.value) }), "seed \(seed)")
          for (pair, count) in wanted {
            let key = pair.form.withUnsafeBufferPointer { FormCollector.key(of: $0) }
            for length in 1...key.count {
              let start = Array(key.prefix(length))
              let begun = table.followers(of: [term], beginning: start) ?? []
              #expect(begun.contains { $0.form == pair.form && $0.key == key && $0.passages == count }, "seed \(seed)")
              #expect(begun.allSatisfy { $0.key.starts(with: start) }, "seed \(seed)")
              seen += 1
            }
          }
        }
        #expect(seen > 100)
      }
    }
  }

  @Test func severalTermsAreTakenTogether() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put(
      [CorpusArticle(key: "1", parts: [.init(text: "red kite, blue kite, red kettle"), .init(text: "red kite")])], path: "a.jsonl")
    let table = try #require(try await Self.table(test))
    let terms = Analyzer().analyze("red blue", language: .english)
    let found = table.followers(of: [Array(terms.term(0)), Array(terms.term(1))], beginning: Array("ki".utf8)) ?? []
    #expect(found.map(\.passages) == [3])
  }

  /// More than a byte can count, and more than may be kept.
  @Test func frequentPairsAreCountedAndRareOnesLeftOut() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let parts = (0..<700).map {
      CorpusArticle.Part(text: "tango foxtrot and tango number\(Character(Unicode.Scalar(UInt8(97 + $0 % 26))))")
    }
    try await test.put([CorpusArticle(key: "1", parts: parts)], path: "a.jsonl")
    let tango = Array(Analyzer().analyze("tango", language: .english).term(0))
    let whole = try #require(try await Self.table(test))
    #expect(whole.followers(of: [tango], beginning: Array("fox".utf8))?.map(\.passages) == [700])
    #expect(whole.followers(of: [tango], beginning: Array("number".utf8))?.count == 26)
    #expect(whole.followers(of: [tango], beginning: Array("number".utf8), limit: 3)?.map(\.passages) == [27, 27, 27])
    #expect(whole.followers(of: [tango], beginning: [], limit: 1)?.map(\.form) == [Array("foxtrot".utf8)])
    let small = try #require(try await Self.table(test, mostPairs: 3))
    #expect(small.pairCount <= 3 && small.memory < whole.memory)
    #expect(small.followers(of: [tango], beginning: [])?.map(\.passages) == [700])
  }

  @Test func someOfManyPassagesAreRead() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let articles = (0..<100).map { CorpusArticle(key: "\($0)", parts: [.init(text: "tango foxtrot"), .init(text: "samba")]) }
    try await test.put(articles, path: "a.jsonl")
    let table = try #require(try await Self.table(test, mostRead: 50))
    #expect(table.passageCount == 200 && table.sample.count == 50)
    let tango = Array(Analyzer().analyze("tango", language: .english).term(0))
    #expect(table.followers(of: [tango], beginning: [])?.map(\.passages) == [25])
  }

  /// A table that nobody wants any more is not made to the end.
  @Test func buildingEndsWithTheIndex() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put((0..<20).map { CorpusArticle(key: "\($0)", parts: [.init(text: "tango foxtrot")]) }, path: "a.jsonl")
    #expect(try await Self.table(test, isWanted: { false }) == nil)
  }

  /// A large index completes from its table: the same words at once, what is removed no more, what is new where it is rare.
  @Test func aLargeIndexAnswersFromItsTable() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let articles = (0..<70).map { article in
      CorpusArticle(
        key: "\(article)",
        parts: (0..<50).map { passage in .init(text: "A tango \((article + passage) % 5 < 2 ? "foxtrot" : "waltz") on day \(passage).") })
    }
    try await test.put(articles, path: "a.jsonl")
    try await test.put([CorpusArticle(key: "r", parts: [.init(text: "The tango rumba.")])], path: "r.jsonl")
    // The first answers come before the table, and the table after.
    while try await test.index.reading({ _, snapshot in test.index.knownFollowers(snapshot) }) == nil {
      _ = try await test.suggest("tango ")
    }
    let found = try await test.suggest("tango ").filter { $0.kind == .phrase }
    #expect(found.map(\.text) == ["tango waltz", "tango foxtrot", "tango rumba"])
    #expect(found.map(\.passages) == [2100, 1400, 1] && found[0].articles == nil)
    try await test.index.removeFile(path: "r.jsonl")
    try await test.put([CorpusArticle(key: "s", parts: [.init(text: "The tango samba.")])], path: "s.jsonl")
    #expect(try await test.suggest("tango ru").isEmpty)
    #expect(try await test.suggest("tango ").filter { $0.kind == .phrase }.map(\.text) == ["tango waltz", "tango foxtrot"])
    var samba: [Suggestion] = []
    // The form is new to the vocabulary, too, which is read again in a while.
    while samba.isEmpty { samba = try await test.suggest("tango sa").filter { $0.kind == .phrase } }
    #expect(samba == [Suggestion(text: "tango samba", kind: .phrase, articles: 1, passages: 1)])
  }

  /// Closing does not wait for a table, and one that is under way does no harm.
  @Test func closingWhileItIsMade() async throws {
    for _ in 0..<3 {
      let test = try TestIndex(registry: try TinyRegistry.load())
      let articles = (0..<70).map { CorpusArticle(key: "\($0)", parts: (0..<50).map { .init(text: "A tango foxtrot on day \($0).") }) }
      try await test.put(articles, path: "a.jsonl")
      _ = try await test.suggest("tango ")
      await test.index.close()
    }
  }
}
