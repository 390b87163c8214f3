import ArasAPI
import TestSupport
import Testing

@testable import Engine

@Suite struct PagingTests {
  private func index(_ random: inout SeededRandom, articles: Int = 150) async throws -> TestIndex {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let dates = ["2020", "2021-03", "2021-03-04", "2022-12-31", nil]
    try await test.put(
      (0..<articles).map { number in
        CorpusArticle(
          key: "\(number)", date: random.pick(dates),
          parts: (0..<Int.random(in: 1...5, using: &random)).map { _ in
            .init(
              text: (0..<Int.random(in: 1...9, using: &random)).map { _ in random.pick(["tango", "zulu", "mountain", "corridor"]) }
                .joined(separator: " "))
          })
      }, path: "a.jsonl")
    return test
  }

  private func ids(_ result: SearchResult, _ group: Unit) -> [String] {
    result.hits.map { group == .article ? $0.article.id : $0.passages.first?.id ?? "?" }
  }

  @Test func pagesOfEveryKindMakeUpTheWhole() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let test = try await index(&random)
    for sort in SortOrder.allCases {
      for group in Unit.allCases {
        for q in ["tango", "tango OR zulu", "", "mountain -zulu"] {
          var request = SearchRequest(q: q)
          request.sort = sort
          request.group = group
          request.facets = []
          request.limit = 10_000
          let whole = try await test.index.search(request)
          let all = ids(whole, group)
          let context = Comment("seed \(seed), \(sort), \(group), \(q)")
          #expect(all.count == (group == .article ? whole.total.articles : whole.total.passages), context)
          #expect(Set(all).count == all.count, context)
          #expect(whole.cursor == nil, context)
          request.limit = Int.random(in: 1...40, using: &random)
          var byOffset: [String] = []
          while byOffset.count < all.count {
            request.offset = byOffset.count
            let page = try await test.index.search(request)
            if page.hits.isEmpty { break }
            byOffset += ids(page, group)
          }
          #expect(byOffset == all, context)
          #expect(try await follow(request, test, group) == all, context)
          check(whole, sort, context)
        }
      }
    }
  }

  private func follow(_ first: SearchRequest, _ test: TestIndex, _ group: Unit, between: (Int) async throws -> Void = { _ in }) async throws
    -> [String]
  {
    var request = first
    request.offset = 0
    var all: [String] = []
    for number in 0..<1000 {
      let page = try await test.index.search(request)
      #expect(page.offset == all.count)
      all += ids(page, group)
      request.cursor = page.cursor
      if page.cursor == nil { break }
      try await between(number)
    }
    return all
  }

  private func check(_ result: SearchResult, _ sort: SortOrder, _ context: Comment) {
    let dates = result.hits.map(\.article.date)
    let dated = dates.compactMap { $0 }.map { DayRange(iso: $0)?.first ?? 0 }
    switch sort {
    case .relevance: #expect(zip(result.hits, result.hits.dropFirst()).allSatisfy { $0.score >= $1.score }, context)
    case .dateDescending: #expect(dated == dated.sorted(by: >), context)
    case .dateAscending: #expect(dated == dated.sorted(), context)
    }
    // Undated ones come last.
    if sort != .relevance { #expect(dates.drop { $0 != nil }.allSatisfy { $0 == nil }, context) }
  }

  @Test func aCursorSurvivesACommit() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let test = try await index(&random)
    for group in Unit.allCases {
      // An order that other articles cannot move.
      var request = SearchRequest(q: "tango")
      request.sort = .dateDescending
      request.group = group
      request.facets = []
      request.limit = 10_000
      let before = ids(try await test.index.search(request), group)
      request.limit = 7
      let seen = try await follow(request, test, group) { number in
        try await test.put([CorpusArticle(key: "new \(number)", date: "2021-01-01", parts: [.init(text: "zulu")])], path: "b.jsonl")
      }
      #expect(seen == before, "seed \(seed)")
    }
  }

  @Test func aCursorGoesOnBehindTheLastHitWhenItIsGone() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    for year in 2000..<2020 {
      try await test.put([CorpusArticle(key: "1", date: "\(year)", parts: [.init(text: "tango")])], path: "\(year).jsonl", commit: false)
    }
    try await test.index.commit()
    var request = SearchRequest(q: "tango")
    request.sort = .dateAscending
    request.limit = 5
    let first = try await test.index.search(request)
    try await test.index.removeFile(path: "2004.jsonl")
    try await test.index.commit()
    request.cursor = first.cursor
    #expect(try await test.index.search(request).hits.map(\.article.date) == ["2005", "2006", "2007", "2008", "2009"])
  }

  @Test func aCursorOfAnotherSearchIsRefused() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let test = try await index(&random, articles: 30)
    var request = SearchRequest(q: "tango")
    request.limit = 2
    request.cursor = try await test.index.search(request).cursor
    #expect(request.cursor != nil)
    request.q = "zulu"
    await #expect(throws: APIError.self) { try await test.index.search(request) }
    for token in ["", "!", "AAAA", String(repeating: "_", count: 40), "\(request.cursor ?? "")A"] {
      request.cursor = token
      await #expect(throws: APIError.self) { try await test.index.search(request) }
    }
  }

  @Test func damagedCursorsDoNoHarm() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let test = try await index(&random, articles: 30)
    let hash = Cursor.hash(of: SearchRequest(q: "tango"))
    for _ in 0..<200 {
      var request = SearchRequest(q: "tango")
      let bits = { (random: inout SeededRandom) in Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &random)) }
      let key = HitKey(primary: bits(&random), secondary: bits(&random), row: 3)
      request.cursor = Cursor(key: key, offset: random.chance(50) ? Int.max : 5, request: hash).token
      let result = try await test.index.search(request)
      #expect(result.hits.count <= 10, "seed \(seed)")
    }
  }

  @Test func beyondTheEndThereIsNothing() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let test = try await index(&random, articles: 20)
    for offset in [20, 21, 1_000_000, Int.max] {
      let result = try await test.search("") { $0.offset = offset }
      #expect(result.hits.isEmpty && result.cursor == nil && result.total.articles == 20 && result.offset == offset)
    }
    let counts = try await test.search("tango") { $0.limit = 0 }
    #expect(counts.hits.isEmpty && counts.total.articles > 0 && counts.facets[.actor] != nil)
  }

  @Test func perGroupBoundsThePassagesOfAnArticle() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let texts = ["tango", "tango tango", "zulu", "tango zulu zulu zulu", "tango tango tango"]
    try await test.put([CorpusArticle(key: "1", parts: texts.map { .init(text: $0) })], path: "a.jsonl")
    for count in [0, 1, 3, 100] {
      let result = try await test.search("tango") { $0.perGroup = count }
      let hit = try #require(result.hits.first)
      #expect(hit.passages.count == min(4, count) && hit.passagesMatched == 4)
      #expect(zip(hit.passages, hit.passages.dropFirst()).allSatisfy { $0.score >= $1.score })
      if count > 0 { #expect(hit.score == hit.passages[0].score) }
    }
  }
}
