import ArasAPI
import TestSupport
import Testing
import TextAnalysis

@testable import Engine

@Suite struct ResultCacheTests {
  private static func test(results: Int = 1 << 20) async throws -> TestIndex {
    let test = try TestIndex(registry: try TinyRegistry.load(), results: results)
    try await test.add("a.txt", "Tango in Alphaland\n\nThe tango of Alphaland is danced by many.")
    try await test.add("b.txt", "Zulu\n\nNobody dances here, neither tango nor zulu.")
    return test
  }

  private static func plain(_ result: SearchResult) -> SearchResult {
    var result = result
    result.tookUs = 0
    return result
  }

  @Test func theSameRequestIsAnsweredWithTheSameResult() async throws {
    let test = try await Self.test()
    let first = try await test.search("tango")
    let second = try await test.search("tango") { $0.timeoutMs = 1234 }
    #expect(Self.plain(first) == Self.plain(second) && first.total.articles == 2)
    #expect(test.index.resultStatistics.hits == 1 && test.index.resultStatistics.misses == 1)
    // What asks for anything else is another request.
    _ = try await test.search("tango") { $0.limit = 1 }
    _ = try await test.index.count(SearchRequest(q: "tango"))
    _ = try await test.index.facets(SearchRequest(q: "tango"))
    #expect(test.index.resultStatistics.hits == 1)
    #expect(try await test.index.count(SearchRequest(q: "tango")).total == first.total)
    #expect(try await test.index.facets(SearchRequest(q: "tango")).facets == first.facets)
    #expect(test.index.resultStatistics.hits == 3 && test.index.resultStatistics.results == 4)
    let article = try #require(first.hits.first?.article.id)
    let like = try await test.index.similar(SimilarRequest(id: article))
    #expect(Self.plain(try await test.index.similar(SimilarRequest(id: article))) == Self.plain(like))
    #expect(test.index.resultStatistics.hits == 4)
  }

  @Test func aCommitAndARegistryPutAnEndToAllResults() async throws {
    let test = try await Self.test()
    let first = try await test.search("tango")
    try await test.add("c.txt", "Tango again\n\nOne more tango in Betaland.")
    let second = try await test.search("tango")
    #expect(first.total.articles == 2 && second.total.articles == 3 && second.revision > first.revision)
    #expect(test.index.resultStatistics.hits == 0 && test.index.resultStatistics.results == 1)
    _ = try await test.index.adopt(try TestIndex.projectRegistry(), analysis: AnalysisOptions())
    _ = try await test.search("tango")
    #expect(test.index.resultStatistics.hits == 0)
  }

  /// A search that finds nothing gets corrections from a vocabulary that is read aside: it is kept once that is of the same revision.
  @Test func whatMayComeOutOtherwiseIsNotKept() async throws {
    let test = try await Self.test()
    for _ in 0..<3 {
      let result = try await test.search("tangoo")
      #expect(result.query.corrections.map(\.to) == ["tango"])
    }
    #expect(test.index.resultStatistics.hits == 2)
  }

  @Test func theBudgetHolds() async throws {
    let snapshot = try await Self.test().index.holder.snapshot
    let budget = 4000
    let cache = ResultCache(budget: budget)
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    var last: ResultCache.Key?
    for _ in 0..<300 {
      let key = ResultCache.Key(.count, SearchRequest(q: "q\(Int.random(in: 0..<120, using: &random))"), today: 1)
      let known: CountResult? = cache.result(key, at: snapshot)
      #expect(known == nil || known?.query?.text == key.request.q, "seed \(seed)")
      if known == nil {
        let echo = QueryEcho(text: key.request.q, parsed: key.request.q)
        cache.keep(CountResult(total: Total(articles: 1, passages: 1, exact: true), query: echo), key, at: snapshot)
      }
      #expect(cache.statistics.bytes <= budget, "seed \(seed)")
      // What was asked for last is there.
      if let last { #expect(last == key || (cache.result(last, at: snapshot) as CountResult?) != nil, "seed \(seed)") }
      last = key
    }
    #expect(cache.statistics.results > 10 && cache.statistics.hits > 0)
    // What is larger than a quarter of the memory is not kept.
    let key = ResultCache.Key(.count, SearchRequest(q: "large"), today: 1)
    let echo = QueryEcho(text: String(repeating: "x", count: budget / 4), parsed: "")
    cache.keep(CountResult(total: Total(articles: 1, passages: 1, exact: true), query: echo), key, at: snapshot)
    #expect((cache.result(key, at: snapshot) as CountResult?) == nil)
  }

  @Test func nothingIsKeptWithoutABudget() async throws {
    let test = try await Self.test(results: 0)
    for _ in 0..<2 { _ = try await test.search("tango") }
    #expect(test.index.resultStatistics.results == 0 && test.index.resultStatistics.hits == 0)
  }
}
