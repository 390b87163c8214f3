import ArasAPI
import TestSupport
import Testing

@testable import Engine

/// Facets against loops over a random index that updates and deletions have scattered.
@Suite struct FacetTests {
  /// An index after several rounds of replacing and removing files.
  private func index(_ random: inout SeededRandom) async throws -> (TestIndex, FacetModel) {
    let test = try TestIndex(registry: try TinyRegistry.load())
    var model = FacetModel()
    var files: [String: [String]] = [:]
    for round in 0..<4 {
      for number in 0..<12 where round == 0 || random.chance(50) {
        let path = "file-\(number).jsonl"
        for id in files[path] ?? [] { model.articles[id] = nil }
        if round > 0, random.chance(20) {
          try await test.index.removeFile(path: path)
          files[path] = nil
          continue
        }
        let made = (0..<Int.random(in: 1...6, using: &random)).map { FacetModel.article("\($0)", path: path, &random) }
        try await test.put(made.map(\.0), path: path, commit: random.chance(50))
        for (_, article) in made { model.articles[article.id] = article }
        files[path] = made.map(\.1.id)
      }
      try await test.index.commit()
    }
    return (test, model)
  }

  private func filters(_ random: inout SeededRandom, few: Bool) -> Filters {
    var filters = Filters()
    for _ in 0..<Int.random(in: 0...(few ? 1 : 3), using: &random) {
      let (field, values): (FilterField, [String]) = random.pick([
        (.actor, ["alphaland", "betaland", "gammaland"]), (.place, ["deltaport"]), (.topic, ["tariffs", "parades", "economy"]),
        (.source, ["Gazette", "Herald", "Nobody"]), (.author, ["Ann Ash", "Bob Birch"]), (.keyword, ["Red", "Blue", "Grün"]),
        (.lang, ["en", "de"]), (.kind, ["text", "html"]), (.date, ["2022", "2021..2022-02", "2023-09-05..", "..2021-06"]),
      ])
      let chosen = Array(values.shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random)))
      filters[field] = field != .date && random.chance(30) ? FilterValue(all: chosen) : FilterValue(any: chosen)
    }
    return filters
  }

  @Test func countsAreExact() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    for _ in 0..<4 {
      let seed = random.state
      let (test, model) = try await index(&random)
      for _ in 0..<60 {
        var request = SearchRequest(q: random.chance(50) ? "" : random.pick(FacetModel.words))
        request.limit = 0
        request.filters = filters(&random, few: false)
        request.exclude = filters(&random, few: true)
        request.facetUnit = random.chance(50) ? .article : .passage
        let mode = random.pick(FacetMode.allCases)
        request.facets = (FacetModel.passageFields + FacetModel.articleFields).map { FacetSpec($0, limit: 1000, mode: mode) }
        let result = try await test.index.search(request)
        let all = model.found(request)
        let context = Comment("seed \(seed), \(request.q) \(request.filters.entries) without \(request.exclude.entries), \(mode)")
        #expect(result.total == Total(articles: all.count, passages: all.reduce(0) { $0 + $1.passages.count }), context)
        for spec in request.facets {
          let field = FilterField(rawValue: spec.field.rawValue)
          let base = mode == .strict ? all : model.found(request, leaving: mode == .auto ? field : nil, max: mode == .max)
          check(result.facets[spec.field], spec.field, base, request, model, context)
        }
      }
    }
  }

  private func check(
    _ facet: FacetResult?, _ field: FacetField, _ base: [(article: FacetModel.Article, passages: [FacetModel.Passage])],
    _ request: SearchRequest, _ model: FacetModel, _ context: Comment
  ) {
    guard let facet else {
      Issue.record("no facet \(field)")
      return
    }
    let isArticle = request.facetUnit == .article
    let expected = model.counts(field, base)
    let wanted = isArticle ? expected.articles : expected.passages
    let shown = Dictionary(uniqueKeysWithValues: facet.values.map { ($0.id, $0) })
    #expect(shown.filter { $0.value.count > 0 }.mapValues(\.count) == wanted, "\(field) \(context)")
    #expect(shown.filter { $0.value.passages > 0 }.mapValues(\.passages) == expected.passages, "\(field) \(context)")
    #expect(facet.missing == (isArticle ? expected.missingArticles : expected.missingPassages), "\(field) \(context)")
    #expect(facet.distinct == wanted.count && facet.other == 0 && facet.exact, "\(field) \(context)")
    let selected = FilterField(rawValue: field.rawValue).flatMap { request.filters[$0] }.map { Set($0.any + $0.all) } ?? []
    for value in facet.values where !(field == .topic && selected.contains("economy")) {
      #expect((value.status == .selected) == selected.contains(value.id), "\(field) \(value) \(context)")
    }
    // What is selected stays, whatever its count.
    if field != .topic { #expect(selected.subtracting(shown.keys).isEmpty, "\(field) \(context)") }
    #expect(facet.values.map { -$0.count } == facet.values.map { -$0.count }.sorted(), "\(field) \(context)")
    let whole = model.articles.values.map { (article: $0, passages: $0.passages) }
    let all =
      isArticle ? (base.count, whole.count) : (base.reduce(0) { $0 + $1.passages.count }, whole.reduce(0) { $0 + $1.passages.count })
    let wholeCounts = model.counts(field, whole)
    for value in facet.values where value.count > 0 {
      let wholeCount = (isArticle ? wholeCounts.articles : wholeCounts.passages)[value.id] ?? 0
      let lift = (Double(value.count) / Double(all.0)) / (Double(wholeCount) / Double(all.1))
      #expect(abs(value.lift - lift) < 0.001, "\(field) \(value.id) \(context)")
    }
  }

  @Test func barsOfDatesAreFilledAndCounted() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let (test, model) = try await index(&random)
    for interval in [DateInterval.day, .week, .month, .quarter, .year] {
      var request = SearchRequest(q: "tango")
      request.limit = 0
      request.facets = [FacetSpec(.date, limit: 10_000, interval: interval)]
      let facet = try #require(try await test.index.search(request).facets[.date])
      let found = model.found(request)
      #expect(facet.missing == found.count { $0.article.days == nil }, "seed \(seed)")
      let firstDays = found.compactMap { $0.article.days?.first }
      #expect(facet.values.reduce(0) { $0 + $1.count } == firstDays.count, "seed \(seed)")
      var next: Int?
      for bar in facet.values {
        let days = try #require(DateExpression.range(bar.id, today: 0), "\(bar.id) is no date")
        #expect(next == nil || next == days.first, "seed \(seed), \(interval), gap before \(bar.id)")
        next = days.last + 1
        #expect(bar.count == firstDays.count { days.overlaps(DayRange(first: $0, last: $0)) }, "seed \(seed), \(interval) \(bar.id)")
      }
      #expect(facet.values.first.map { $0.count > 0 } ?? true && facet.values.last.map { $0.count > 0 } ?? true)
    }
  }

  @Test func aFacetOfFarApartDatesShowsTheLastBars() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let articles = ["0900-01-01", "1500-05-05", "2020-01-01", "2020-01-03"].enumerated().map {
      CorpusArticle(key: "\($0.offset)", date: $0.element, parts: [.init(text: "tango")])
    }
    try await test.put(articles, path: "a.jsonl")
    var request = SearchRequest(q: "")
    request.facets = [FacetSpec(.date, limit: 3, interval: .day)]
    let facet = try #require(try await test.index.search(request).facets[.date])
    #expect(facet.values.map(\.id) == ["2020-01-01", "2020-01-02", "2020-01-03"])
    #expect(facet.values.map(\.count) == [1, 0, 1] && facet.other == 2)
  }

  @Test func limitAndQueryOfAFacet() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let articles = (0..<12).map { number in
      CorpusArticle(
        key: "\(number)", keywords: (0...number).map { "Word \($0)" },
        parts: [.init(text: number % 2 == 0 ? "Alphaland tango" : "Betaland tango")])
    }
    try await test.put(articles, path: "a.jsonl")
    let result = try await test.search("tango") {
      $0.facets = [FacetSpec(.keyword, limit: 3), FacetSpec(.actor, query: "alph")]
    }
    let keywords = try #require(result.facets[.keyword])
    #expect(keywords.values.map(\.id) == ["Word 0", "Word 1", "Word 2"] && keywords.values.map(\.count) == [12, 11, 10])
    #expect(keywords.distinct == 12 && keywords.other == 78 - 33)
    #expect(result.facets[.actor]?.values.map(\.id) == ["alphaland"])
    // Aliases are searched too.
    let byAlias = try await test.search("tango") { $0.facets = [FacetSpec(.actor, query: "republic of b")] }
    #expect(byAlias.facets[.actor]?.values.map(\.id) == ["betaland"])
  }

  @Test func aSelectedValueThatIsNowhereIsListed() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put([CorpusArticle(key: "1", authors: ["Ann Ash"], parts: [.init(text: "Alphaland tango")])], path: "a.jsonl")
    let result = try await test.search("") {
      $0.filters[.actor] = FilterValue(any: ["gammaland"])
      $0.filters[.author] = FilterValue(any: ["Nobody"])
      $0.facets = [FacetSpec(.actor), FacetSpec(.author)]
    }
    #expect(result.total.articles == 0)
    let row = result.facets[.actor]?.values.first { $0.id == "gammaland" }
    #expect(row?.count == 0 && row?.status == .selected && row?.label == "Gammaland")
    #expect(result.facets[.author]?.values.contains { $0.id == "Nobody" && $0.count == 0 && $0.status == .selected } == true)
  }

  @Test func exclusionTakesTheWholeArticle() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put(
      [
        CorpusArticle(key: "1", parts: [.init(text: "tango"), .init(text: "Alphaland")]),
        CorpusArticle(key: "2", parts: [.init(text: "tango"), .init(text: "Betaland")]),
      ], path: "a.jsonl")
    let result = try await test.search("tango") { $0.exclude[.actor] = FilterValue(any: ["alphaland"]) }
    #expect(result.total == Total(articles: 1, passages: 1))
    #expect(result.hits.first?.article.key == "2")
  }
}
