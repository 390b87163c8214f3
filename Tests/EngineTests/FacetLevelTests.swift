import ArasAPI
import TestSupport
import Testing
import TextAnalysis

@testable import Engine

/// Mentioned and salient, and the counts of families, against what hits and queries say.
@Suite struct FacetLevelTests {
  private func index(_ random: inout SeededRandom) async throws -> (TestIndex, RandomRegistry) {
    while true {
      var model = RandomRegistry(&random)
      for number in model.actors.indices.dropFirst() where random.chance(60) { model.actors[number].parent = model.actors[number - 1].id }
      guard let registry = try model.load() else { continue }
      let test = try TestIndex(registry: registry)
      try await test.put((0..<25).map { RandomArticle.make("\($0)", &random) }, path: "a.jsonl")
      return (test, model)
    }
  }

  private func request(_ random: inout SeededRandom) -> SearchRequest {
    var request = SearchRequest(q: random.pick(["", "walks", "nobody OR tariff", "Tango", "then"]))
    if random.chance(40) { request.filters[.lang] = FilterValue(any: [random.pick(["en", "az", "ru"])]) }
    request.facetUnit = random.chance(50) ? .article : .passage
    return request
  }

  @Test func salientCountsAreThoseOfTheHits() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    var checked = 0
    for _ in 0..<6 {
      let (test, _) = try await index(&random)
      for _ in 0..<8 {
        var request = request(&random)
        request.limit = 1000
        request.perGroup = 1000
        request.facets = [FacetSpec(.actor, limit: 1000), FacetSpec(.place, limit: 1000)]
        let result = try await test.index.search(request)
        var expected: [String: Int] = [:]
        for hit in result.hits {
          let salient = Set(hit.article.actors.filter(\.salient).map(\.id))
          let named = hit.passages.map { Set($0.actors).intersection(salient) }
          if request.facetUnit == .article {
            for id in Set(named.joined()) { expected[id, default: 0] += 1 }
          } else {
            for id in named.joined() { expected[id, default: 0] += 1 }
          }
        }
        for field in [FacetField.actor, .place] {
          for value in try #require(result.facets[field]).values {
            #expect(value.salient == expected[value.id] ?? 0, "seed \(seed), \(field) \(value), \(request)")
            checked += value.salient ?? 0
          }
        }
      }
    }
    #expect(checked > 0)
  }

  @Test func aFamilyCountsWhatItsQueryFinds() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    var families = 0
    for _ in 0..<6 {
      let (test, model) = try await index(&random)
      for _ in 0..<4 {
        var request = request(&random)
        request.limit = 0
        request.facets = [.actor, .place, .topic].map { FacetSpec($0, limit: 1000, rollsUp: true) }
        let result = try await test.index.search(request)
        for field in [FacetField.actor, .place] {
          let facet = try #require(result.facets[field])
          var counts = Dictionary(uniqueKeysWithValues: facet.values.map { ($0.id, $0) })
          for actor in model.actors where (actor.kind == "place") == (field == .place) {
            let isParent = model.actors.contains { $0.parent == actor.id }
            let own = counts.removeValue(forKey: actor.id + (isParent ? "+" : ""))
            var query = request
            query.facets = []
            query.filters[.actor] = FilterValue(any: [actor.id + "+"])
            let total = try await test.index.count(query).total
            let expected = request.facetUnit == .article ? total.articles : total.passages
            #expect(
              (own?.count ?? 0) == expected && (own?.passages ?? 0) == total.passages, "seed \(seed), \(field) \(actor.id), \(request)")
            #expect((own?.salient ?? 0) <= expected)
            if isParent, expected > 0 { families += 1 }
          }
          #expect(counts.isEmpty, "seed \(seed), \(field) \(counts)")
        }
      }
    }
    #expect(families > 0, "seed \(seed)")
  }

  @Test func theRolledUpFacetNamesItsParents() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put(
      [
        CorpusArticle(key: "1", parts: [.init(text: "The Alpha Army walks. Tariffs fall."), .init(text: "Alphaland and the Alpha Army")]),
        CorpusArticle(key: "2", parts: [.init(text: "Alphaland")]),
      ], path: "a.jsonl")
    let result = try await test.search("") {
      $0.facets = [FacetSpec(.actor, rollsUp: true), FacetSpec(.topic, rollsUp: true)]
    }
    #expect(
      result.facets[.actor]?.values.map { "\($0.id) \($0.label) \($0.count) \($0.passages)" } == [
        "alphaland+ Alphaland 2 3", "alpha-army Alpha Army 1 2",
      ])
    #expect(result.facets[.topic]?.values.map { "\($0.id) \($0.count)" } == ["economy 1", "tariffs 1"])
  }
}
