import ArasAPI
import Testing

@testable import Engine

@Suite struct ReaderTests {
  /// Every file has as many articles as every other, and each article two passages: a search that saw half a commit would not add up.
  @Test func searchesDuringCommitsSeeWholeRevisions() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load(), readers: 3)
    let rounds = 25
    let articles = (0..<10).map { number in
      CorpusArticle(key: "\(number)", parts: [.init(text: "Alphaland tango"), .init(text: "Betaland zulu")])
    }
    try await test.put(articles, path: "0.jsonl")
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<6 {
        group.addTask {
          var searches = 0
          while true {
            let result = try await test.search("tango OR zulu") {
              $0.facets = [FacetSpec(.actor), FacetSpec(.kind)]
              $0.limit = 3
            }
            searches += 1
            #expect(result.total.articles % 10 == 0 && result.total.passages == 2 * result.total.articles)
            #expect(result.facets[.actor]?.values.map(\.count) == [result.total.articles, result.total.articles])
            #expect(result.facets[.kind]?.values.first?.passages == result.total.passages)
            #expect(result.hits.count == 3 && result.hits.allSatisfy { $0.passagesMatched == 2 && $0.passages.count == 2 })
            if result.total.articles == rounds * 10 { return searches }
          }
        }
      }
      group.addTask {
        for round in 1..<rounds {
          try await test.put(articles, path: "\(round).jsonl")
          // Some are rewritten besides, which changes nothing that counts.
          var changed = articles
          changed[3].title = "Round \(round)"
          try await test.put(changed, path: "\(round / 2).jsonl")
        }
        return 0
      }
      for try await _ in group {}
    }
  }

  @Test func aClosedIndexRefusesSearches() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    await test.index.close()
    await #expect(throws: APIError.self) { try await test.search("tango") }
  }
}
