import ArasAPI
import TestSupport
import Testing
import TextAnalysis

@testable import Engine

/// Texts held in memory, and what follows some words in them.
struct TextSampleTests {
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

  private static func sample(
    _ test: TestIndex, mostRead: Int = 50_000, mostWords: Int = 1_000_000, isWanted: @escaping @Sendable () -> Bool = { true }
  ) async throws -> TextSample? {
    try await test.index.reading { reader, snapshot in
      TextSampleBuilder(snapshot: snapshot, segments: reader.view.segments, mostRead: mostRead, mostWords: mostWords).build(isWanted)
    }
  }

  /// What follows some words, by form: forms with several terms are taken together.
  private static func followers(
    _ sample: TextSample, _ tail: [[[UInt8]]], _ key: [UInt8] = [], having others: [[[UInt8]]] = [], without changed: [UInt32] = [],
    limit: Int = .max
  ) -> [(form: [UInt8], passages: Int)] {
    sample.followers(
      behind: tail.map { sample.words.numbers(of: $0) }, beginning: sample.words.numbers(beginning: key), limit: limit
    ).map {
      (
        sample.words.form($0.word),
        sample.passages(of: $0, having: others.map { sample.words.numbers(of: $0) }, without: changed)
      )
    }
  }

  private struct Word: Hashable {
    var term: [UInt8]
    var form: [UInt8]
    /// The form, folded; empty where it can be no completion.
    var key: [UInt8]
  }

  /// By passage: its words, by the analysis of its text, and of its heading.
  private static func words(_ articles: [CorpusArticle], _ isCompletion: ([UInt8]) -> Bool) -> [[[Word]]] {
    let analyzer = Analyzer()
    return articles.flatMap(\.parts).map { part in
      [part.text, part.heading].compactMap { $0 }.map { text in
        let stream = analyzer.analyze(text, language: Language(rawValue: part.language))
        return stream.words.indices.map { index in
          let folded = Array(stream.folded(index))
          let key = Array(stream.exact(index)).withUnsafeBufferPointer { FormCollector.key(of: $0) }
          let isOne = !stream.words[index].flags.contains(.hasDigit) && isCompletion(folded)
          return Word(term: Array(stream.term(index)), form: Array(stream.exact(index)), key: isOne ? key : [])
        }
      }
    }
  }

  /// In how many passages each word follows some terms, beside others.
  private static func counts(_ passages: [[[Word]]], _ tail: [[UInt8]], _ others: [[UInt8]], _ key: [UInt8]) -> [[UInt8]: Int] {
    var counts: [[UInt8]: Int] = [:]
    for passage in passages {
      guard others.allSatisfy({ other in passage.contains { $0.contains { $0.term == other } } }) else { continue }
      var own: Set<[UInt8]> = []
      for part in passage where part.count > tail.count {
        for place in tail.count..<part.count where !part[place].key.isEmpty && part[place].key.starts(with: key) {
          if zip(part[(place - tail.count)...], tail).allSatisfy({ $0.term == $1 }) { own.insert(part[place].form) }
        }
      }
      for form in own { counts[form, default: 0] += 1 }
    }
    return counts
  }

  /// Behind one, two and three words, beside others and alone, under each beginning of what follows: as often as the texts have it.
  @Test func countsAreThoseOfTheTexts() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let test = try TestIndex(registry: try TinyRegistry.load())
    var articles = (0..<150).map { Self.article($0, &random) }
    try await test.put(Array(articles[..<90]), path: "a.jsonl")
    try await test.put(Array(articles[90...]), path: "b.jsonl")
    for round in 0..<2 {
      if round == 1 {
        // Some are removed, some written anew, some come.
        articles = articles[..<90] + (400..<450).map { Self.article($0, &random) }
        try await test.put(Array(articles[90...]), path: "b.jsonl")
      }
      let languages = try await test.index.reading { _, snapshot in snapshot.languages }
      let stopWords = CompletionStopWords(analyzer: Analyzer(), languages: languages)
      let passages = Self.words(articles, stopWords.isCompletion)
      let sample = try #require(try await Self.sample(test))
      #expect(sample.documents.count == passages.count && sample.documents.sorted() == sample.ascendingDocuments)
      var met = (alone: 0, long: 0, beside: 0)
      for _ in 0..<400 {
        // Mostly what stands somewhere.
        let part = random.pick(random.pick(passages))
        let length = Int.random(in: 1...3, using: &random)
        guard part.count > length else { continue }
        let place = Int.random(in: length..<part.count, using: &random)
        let tail = part[(place - length)..<place].map(\.term)
        let others = random.chance(30) ? [random.pick(part).term] : []
        let key = Array(part[place].key.prefix(Int.random(in: 0...3, using: &random)))
        let wanted = Self.counts(passages, tail, others, key)
        let found = Self.followers(sample, tail.map { [$0] }, key, having: others.map { [$0] }).filter { $0.passages > 0 }
        // A form has a term in each language.
        let counted = Dictionary(found.map { ($0.form, $0.passages) }, uniquingKeysWith: +)
        let alone = others.isEmpty ? [:] : Self.counts(passages, tail, [], key)
        for form in Set(counted.keys).union(wanted.keys) {
          // Where it stands in many passages, only some are searched for the others.
          let few = alone[form, default: 0] <= TextSample.mostSearched
          let difference = abs(counted[form, default: 0] - wanted[form, default: 0])
          #expect(difference <= (few ? 0 : wanted[form, default: 0] / 10 + 1), "seed \(seed), \(tail), \(others), \(key)")
        }
        if others.isEmpty, length == 1 { met.alone += wanted.count }
        if length == 3 { met.long += wanted.count }
        if !others.isEmpty { met.beside += wanted.count }
      }
      #expect(met.alone > 50 && met.long > 50 && met.beside > 50)
    }
  }

  /// Passages that are no longer what they were do not count.
  @Test func changedPassagesDoNotCount() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let test = try TestIndex(registry: try TinyRegistry.load())
    let texts = (0..<80).map { _ in (0..<12).map { _ in random.pick(["tango", "foxtrot", "waltz", "samba"]) } }
    try await test.put(
      texts.enumerated().map { CorpusArticle(key: "\($0)", parts: [.init(text: $1.joined(separator: " "))]) }, path: "a.jsonl")
    let sample = try #require(try await Self.sample(test))
    let analyzer = Analyzer()
    let term = { (word: String) in [Array(analyzer.analyze(word, language: .english).term(0))] }
    // Passages were numbered as their articles came.
    #expect(sample.ascendingDocuments == Array(1...80))
    for _ in 0..<20 {
      let changed = (1...80).filter { _ in random.chance(40) }.map { UInt32($0) }
      let left = texts.enumerated().filter { !changed.contains(UInt32($0.offset + 1)) }.map(\.element)
      let found = Self.followers(sample, [term("tango"), term("foxtrot")], without: changed)
      for word in ["tango", "foxtrot", "waltz", "samba"] {
        let wanted = left.count { text in text.indices.dropFirst(2).contains { Array(text[($0 - 2)...$0]) == ["tango", "foxtrot", word] } }
        #expect(found.first { $0.form == Array(word.utf8) }?.passages ?? 0 == wanted, "seed \(seed)")
      }
      let beside = sample.passages(
        of: sample.words.numbers(of: term("waltz")), beside: [sample.words.numbers(of: term("samba"))], without: changed)
      #expect(beside == left.count { $0.contains("waltz") && $0.contains("samba") }, "seed \(seed)")
    }
  }

  @Test func severalTermsAreTakenTogether() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put(
      [CorpusArticle(key: "1", parts: [.init(text: "red kite, blue kite, red kettle"), .init(text: "red kite")])], path: "a.jsonl")
    let sample = try #require(try await Self.sample(test))
    let terms = Analyzer().analyze("red blue", language: .english)
    let found = Self.followers(sample, [[Array(terms.term(0)), Array(terms.term(1))]], Array("ki".utf8))
    #expect(found.map(\.passages) == [2])
  }

  /// Where thousands of words follow, none that does so often is passed over, and what stands in very many passages is estimated.
  @Test func whatFollowsOftenIsFoundAmongMuch() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    // "tango" before 6,000 words once each, and before a few others more often, in 150 passages of 60 pairs.
    func letter(_ number: Int) -> Character { Character(Unicode.Scalar(UInt8(97 + number % 26))) }
    var words = (0..<6000).map { "x\(letter($0))\(letter($0 / 26))\(letter($0 / 676))q" }
    let often = [("foxtrot", 1200), ("waltz", 300), ("rumba", 40)]
    for (word, count) in often { words += [String](repeating: word, count: count) }
    var random = SeededRandom(seed: 11)
    words.shuffle(using: &random)
    let texts = stride(from: 0, to: words.count, by: 60).map { words[$0..<min(words.count, $0 + 60)] }
    try await test.put(
      [CorpusArticle(key: "1", parts: texts.map { .init(text: $0.map { "tango " + $0 }.joined(separator: " ")) })], path: "a.jsonl")
    let sample = try #require(try await Self.sample(test))
    let tango = [Array(Analyzer().analyze("tango", language: .english).term(0))]
    let found = Self.followers(sample, [tango], limit: 3)
    #expect(found.map { String(decoding: $0.form, as: UTF8.self) } == often.map(\.0))
    for (word, _) in often {
      let passages = texts.count { $0.contains(word) }
      #expect(found.first { $0.form == Array(word.utf8) }?.passages == passages)
    }
    #expect(Self.followers(sample, [tango], Array("rum".utf8)).count == 1)
  }

  /// Passages with a word more than once count once, also where they are estimated.
  @Test func passagesOfManyPlacesAreEstimated() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    var random = SeededRandom(seed: 12)
    let repeats = (0..<2500).map { _ in Int.random(in: 1...4, using: &random) }
    let parts = repeats.map { CorpusArticle.Part(text: [String](repeating: "tango foxtrot", count: $0).joined(separator: " ")) }
    try await test.put([CorpusArticle(key: "1", parts: parts)], path: "a.jsonl")
    let sample = try #require(try await Self.sample(test))
    let tango = [Array(Analyzer().analyze("tango", language: .english).term(0))]
    let found = try #require(Self.followers(sample, [tango], Array("fox".utf8)).first)
    // 6,250 places or so.
    #expect(abs(found.passages - 2500) < 400, "\(found.passages)")
    let half = Self.followers(sample, [tango], Array("fox".utf8), without: Array(1...1250))
    #expect(abs((half.first?.passages ?? 0) - 1250) < 300, "\(half)")
  }

  @Test func someOfManyPassagesAreRead() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let articles = (0..<100).map { CorpusArticle(key: "\($0)", parts: [.init(text: "tango foxtrot"), .init(text: "samba")]) }
    try await test.put(articles, path: "a.jsonl")
    let sample = try #require(try await Self.sample(test, mostRead: 50))
    #expect(sample.passageCount == 200 && sample.documents.count == 50)
    let tango = [Array(Analyzer().analyze("tango", language: .english).term(0))]
    #expect(Self.followers(sample, [tango]).map(\.passages) == [25] && sample.estimate(25, of: 200) == 100)
    // What there is no room for is left out all over the index.
    let small = try #require(try await Self.sample(test, mostWords: 250))
    let whole = try #require(try await Self.sample(test))
    #expect(whole.documents.count == 200 && small.documents.count < 120 && small.memory < whole.memory)
    #expect(small.ascendingDocuments.contains { $0 < 50 } && small.ascendingDocuments.contains { $0 > 150 })
  }

  /// A sample that nobody wants any more is not made to the end.
  @Test func buildingEndsWithTheIndex() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put((0..<20).map { CorpusArticle(key: "\($0)", parts: [.init(text: "tango foxtrot")]) }, path: "a.jsonl")
    #expect(try await Self.sample(test, isWanted: { false }) == nil)
  }

  /// A large index completes from its sample: the same words at once, what is removed no more, what is new where it is rare.
  @Test func aLargeIndexAnswersFromItsSample() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let articles = (0..<70).map { article in
      CorpusArticle(
        key: "\(article)",
        parts: (0..<50).map { passage in .init(text: "A tango \((article + passage) % 5 < 2 ? "foxtrot" : "waltz") on day \(passage).") })
    }
    try await test.put(articles, path: "a.jsonl")
    try await test.put([CorpusArticle(key: "r", parts: [.init(text: "The tango rumba.")])], path: "r.jsonl")
    // The first answers come before the sample, and the sample after.
    while try await test.index.reading({ _, snapshot in test.index.knownSample(snapshot) }) == nil {
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

  /// Behind one, two and three frequent words: what follows all of them, counted as often as it does where the sample is all of the index,
  /// and behind it what follows fewer.
  @Test func completionsAreThoseOfTheTexts() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let words = ["tango", "foxtrot", "waltz", "rumba", "samba", "polka", "bolero", "mambo", "salsa", "swing", "disco", "limbo", "twist"]
    let test = try TestIndex(registry: try TinyRegistry.load())
    // Some words are in nearly all passages, some in a third of them.
    let texts = (0..<3300).map { _ in
      (0..<Int.random(in: 5...14, using: &random)).map { _ in
        words[min(Int.random(in: 0..<words.count, using: &random), Int.random(in: 0..<(random.chance(50) ? 5 : 100), using: &random))]
      }
    }
    let articles = stride(from: 0, to: texts.count, by: 50).map { start in
      CorpusArticle(key: "\(start)", parts: texts[start..<start + 50].map { .init(text: $0.joined(separator: " ")) })
    }
    try await test.put(articles, path: "a.jsonl")
    while try await test.index.reading({ _, snapshot in test.index.knownSample(snapshot) }) == nil { _ = try await test.suggest("tango ") }
    var met = [0, 0, 0, 0]
    for _ in 0..<150 {
      let text = random.pick(texts)
      let length = Int.random(in: 1...3, using: &random)
      let place = Int.random(in: length..<text.count, using: &random)
      let tail = Array(text[(place - length)..<place])
      let typed = tail.joined(separator: " ") + " "
      let key = String(text[place].prefix(Int.random(in: 0...2, using: &random)))
      /// By how many words stand before it: in how many passages a word does so.
      var counts = [[String: Int]](repeating: [:], count: length + 1)
      for text in texts where tail.allSatisfy({ text.contains($0) }) {
        for length in 1...length {
          var own: Set<String> = []
          for place in text.indices where place >= length && text[place].hasPrefix(key) {
            if text[(place - length)..<place].elementsEqual(tail.suffix(length)) { own.insert(text[place]) }
          }
          for word in own { counts[length][word, default: 0] += 1 }
        }
      }
      let found = try await test.suggest(typed + key).filter { $0.kind == .phrase }
      let known = found.map { (word: String($0.text.dropFirst(typed.count)), passages: $0.passages) }
      let all = counts[length].sorted { $0.value > $1.value }
      let behindAll = known.filter { counts[length][$0.word] != nil }
      let wanted = all.prefix(6).map(\.value)
      #expect(behindAll.map(\.passages) == wanted, "seed \(seed), “\(typed)\(key)”: \(known), \(all)")
      for (word, passages) in known {
        let longest = counts.last { $0[word] != nil }
        #expect(longest != nil && passages > 0, "seed \(seed), “\(typed)\(key)”: \(word)")
        if let count = counts[length][word] { #expect(passages == count, "seed \(seed), “\(typed)\(key)”: \(word)") }
      }
      #expect(known.prefix(behindAll.count).map(\.word) == behindAll.map(\.word), "seed \(seed), “\(typed)\(key)”: \(known)")
      met[length] += all.count
    }
    #expect(met.dropFirst().allSatisfy { $0 > 30 }, "\(met)")
  }

  /// Closing does not wait for a sample, and one that is under way does no harm.
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
