import ArasAPI
import Glibc
import TestSupport
import Testing

@testable import Engine

@Suite struct RescoringTests {
  private static let vocabulary = ["tango", "zulu", "mountain", "corridor", "harbour", "lamp", "rock", "whisky"]

  private func text(_ random: inout SeededRandom, _ words: ClosedRange<Int>) -> String {
    (0..<Int.random(in: words, using: &random)).map { _ in random.pick(Self.vocabulary) }.joined(separator: " ")
  }

  private func articles(_ random: inout SeededRandom, _ count: Int) -> [CorpusArticle] {
    (0..<count).map { number in
      CorpusArticle(
        key: "\(number)", title: random.chance(60) ? text(&random, 1...3) : nil,
        parts: (0..<Int.random(in: 1...4, using: &random)).map { _ in .init(text: text(&random, 2...20)) })
    }
  }

  /// Weights as the page "Ranking" describes them, made of the words of the articles with loops.
  private struct Model {
    /// By passage: its words, those of the title twice.
    var passages: [[String]] = []

    init(_ articles: [CorpusArticle]) {
      for article in articles {
        for part in article.parts { passages.append(Self.words(part.text) + Self.title(article) + Self.title(article)) }
      }
    }

    static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
    static func title(_ article: CorpusArticle) -> [String] { words(article.title ?? "") }

    /// - Parameter mean: words of a passage.
    func weight(_ word: String, in words: [String], mean: Double) -> Double {
      let all = Double(passages.count)
      let having = Double(passages.filter { $0.contains(word) }.count)
      let occurrences = Double(passages.reduce(0) { $0 + $1.filter { $0 == word }.count })
      var missed = 1.0
      for _ in 0..<Int(occurrences) { missed *= 1 - 1 / all }
      // A word that no article has decides nothing, rather than 0/0.
      guard occurrences > 0 else { return 0 }
      let normal = Double(words.filter { $0 == word }.count) * log(1 + mean / Double(words.count)) / log(2)
      return normal * (occurrences + 1) / (having * (normal + 1)) * log((all + 1) / (all * (1 - missed) + 0.5)) / log(2)
    }

    /// The same by DPH.
    func density(_ word: String, in words: [String], mean: Double) -> Double {
      let occurrences = Double(passages.reduce(0) { $0 + $1.filter { $0 == word }.count })
      let count = Double(words.filter { $0 == word }.count)
      guard count > 0 else { return 0 }
      let share = count / Double(words.count)
      let expected = occurrences / (mean * Double(passages.count))
      let bits = count * log(share / expected) / log(2) + log(2 * Double.pi * count * (1 - share)) / log(4)
      return share < 1 ? max(0, (1 - share) * (1 - share) * bits / (count + 1)) : 0
    }
  }

  @Test func theFirstHitsAreWeighedLikeTheModel() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    for _ in 0..<20 {
      // Fewer than there is feedback from.
      let articles = articles(&random, Int.random(in: 2..<Feedback.best, using: &random))
      let model = Model(articles)
      let test = try TestIndex(registry: try TinyRegistry.load())
      try await test.put(articles, path: "a.jsonl")
      let said = (0..<Int.random(in: 1...4, using: &random)).map { _ in random.pick(Self.vocabulary) }
      let result = try await test.search(said.joined(separator: " ")) {
        $0.match = .any
        $0.limit = 100
        $0.perGroup = 10
      }
      guard result.hits.count > 1 else { continue }
      var own: [Double] = []
      var densities: [Double] = []
      // All words are counted alike, so any share of Xapian's length that is words can be worked out from the passages that were read.
      var read: [[String]] = []
      var raw = 0.0
      var texts: [[String]] = []
      for hit in result.hits {
        let article = try #require(articles.first { $0.key == hit.article.key })
        let best = hit.passages.prefix(Rescoring.passages).map { passage in
          Model.words(article.parts[(Int(passage.id.split(separator: "#").last ?? "") ?? 1) - 1].text)
        }
        let title = Model.title(article)
        for words in best {
          read.append(words + title + title)
          raw += Double(Self.rawLength(words, title))
        }
        texts.append(best.flatMap { $0 } + title + title)
      }
      let rawMean =
        articles.flatMap { article in article.parts.map { Double(Self.rawLength(Model.words($0.text), Model.title(article))) } }
        .reduce(0, +) / Double(model.passages.count)
      let mean = rawMean * Double(read.reduce(0) { $0 + $1.count }) / raw
      func sum(_ weight: (String) -> Double) -> Double {
        Set(said).reduce(0) { sum, word in
          let times = Double(said.filter { $0 == word }.count)
          return sum + 2 * times / (1 + times) * weight(word)
        }
      }
      for words in texts {
        own.append(sum { model.weight($0, in: words, mean: mean) })
        densities.append(sum { model.density($0, in: words, mean: mean) })
      }
      let firstRun = result.hits.map { $0.passages.first?.score ?? 0 }
      let most = own.max() ?? 0
      for (place, hit) in result.hits.enumerated() {
        var expected = own[place] + Rescoring.firstRunShare * most * firstRun[place] / (firstRun.max() ?? 1)
        if let densest = densities.max(), densest > 0 { expected += Rescoring.densityShare * most * densities[place] / densest }
        #expect(abs(hit.score - expected) < 1e-3 * max(1, expected), "seed \(seed), \(said), \(hit.article.key ?? "")")
      }
      #expect(zip(result.hits, result.hits.dropFirst()).allSatisfy { $0.score >= $1.score }, "seed \(seed)")
    }
  }

  /// Terms of a passage as Xapian counts them: each word of the body by its stem and its written form, each of the title once by itself,
  /// and by both with the weight of titles.
  private static func rawLength(_ body: [String], _ title: [String]) -> Int {
    2 * body.count + title.count * (1 + 2 * Int(Schema.titleWeight))
  }

  @Test func whatIsNotLookedAtStaysBehindInItsOrder() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put(articles(&random, 4 * Rescoring.window), path: "a.jsonl")
    let result = try await test.search("tango corridor") {
      $0.match = .any
      $0.limit = 1000
    }
    #expect(result.hits.count > 2 * Rescoring.window, "seed \(seed)")
    let best = result.hits.map { $0.passages.first?.score ?? 0 }
    let rest = Array(best[Rescoring.window...])
    #expect(rest == rest.sorted(by: >), "seed \(seed)")
    #expect((best[..<Rescoring.window].min() ?? 0) >= (rest.first ?? 0), "seed \(seed)")
    #expect(zip(result.hits, result.hits.dropFirst()).allSatisfy { $0.score >= $1.score }, "seed \(seed)")
    #expect(best[..<Rescoring.window] != best[..<Rescoring.window].sorted(by: >)[...], "seed \(seed)")
  }

  @Test func pagesOfTheFirstHitsFitTogether() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put(articles(&random, 90), path: "a.jsonl")
    for group in Unit.allCases {
      func page(_ offset: Int, _ limit: Int) async throws -> [String] {
        try await test.search("tango lamp rock") {
          $0.match = .any
          $0.group = group
          $0.offset = offset
          $0.limit = limit
        }.hits.map { $0.passages.first?.id ?? "" }
      }
      let whole = try await page(0, 1000)
      for offset in stride(from: 0, to: whole.count, by: 7) {
        #expect(try await page(offset, 7) == Array(whole[offset..<min(offset + 7, whole.count)]), "seed \(seed), \(group)")
      }
    }
  }

  @Test func whatTheBestHaveInCommonRaises() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let common = "glacier moraine icefield crevasse"
    var articles = (0..<12).map { CorpusArticle(key: "topic \($0)", parts: [.init(text: "zulu zulu " + common)]) }
    // The two say "zulu" once in as many words, and the one that shares nothing comes first in the index.
    articles.insert(CorpusArticle(key: "alien", parts: [.init(text: "zulu " + "pillow saucepan curtain bucket")]), at: 0)
    articles.append(CorpusArticle(key: "kin", parts: [.init(text: "zulu " + common)]))
    for number in 0..<60 { articles.append(CorpusArticle(key: "noise \(number)", parts: [.init(text: "ballad \(number) sonnet verse")])) }
    try await test.put(articles, path: "a.jsonl")
    let keys = try await test.search("zulu") { $0.limit = 100 }.hits.map(\.article.key)
    let kin = try #require(keys.firstIndex(of: "kin"))
    let alien = try #require(keys.firstIndex(of: "alien"))
    #expect(kin < alien)
  }

  @Test func anActorCountsForTheWordThatNamesIt() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put(
      [
        CorpusArticle(key: "without", parts: [.init(text: "corridor through gorges")]),
        CorpusArticle(key: "demonym", parts: [.init(text: "corridor through Betish gorges")]),
        CorpusArticle(key: "named", parts: [.init(text: "corridor through Betaland gorges")]),
      ], path: "a.jsonl")
    let keys = try await test.search("betaland corridor") { $0.match = .any }.hits.map(\.article.key)
    #expect(keys == ["named", "demonym", "without"])
  }
}
