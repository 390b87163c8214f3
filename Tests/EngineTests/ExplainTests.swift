import ArasAPI
import TestSupport
import Testing

@testable import Engine

@Suite struct ExplainTests {
  private static func index() async throws -> TestIndex {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put(
      [
        CorpusArticle(
          key: "1", title: "Alphaland", date: "2021-11-05",
          parts: [
            .init(
              text:
                "Alphaland raised sanctions on the corridor. Drones and a factory far away, beyond the hills, the lake and the old town."),
            .init(text: "The Alphish corridor is open."), .init(text: "A factory of drones."),
          ]),
        CorpusArticle(
          key: "2", date: "2022", parts: [.init(text: "War games near the corridor."), .init(text: "Games of war, sanctions.")]),
        CorpusArticle(key: "4", parts: [.init(text: "Betish fleets."), .init(text: "Betaland.")]),
        CorpusArticle(key: "3", parts: [.init(text: "Tango and corridors."), .init(text: "Tango.")]),
      ], path: "a.jsonl")
    return test
  }

  private func explained(_ test: TestIndex, _ q: String, _ change: (inout SearchRequest) -> Void = { _ in }) async throws -> SearchResult {
    try await test.search(q) {
      $0.explain = true
      $0.match = .all
      change(&$0)
    }
  }

  private func part(_ result: SearchResult, _ clause: String, _ kind: ClauseCount.Kind = .clause) -> ClauseCount? {
    result.explain?.clauses.first { $0.clause == clause && $0.kind == kind }
  }

  @Test(arguments: [
    "alphaland", "alphaland corridor", "corridor~2", "corri*", "\"war games\"", "alphish OR tango", "corridor NEAR/3 alphaland",
    "=corridor tango",
    "+corridor sanctions", "title:alphaland corridor", "actor:alphaland corridor -tango", "(corridor OR tango) AND date:2021..",
    "alphalnd~1 games",
    "corridor actor:alphaland+ author:* NOT war", "sanctions dron* \"the hills\"~3",
  ])
  func theLinesOfAPassageAddUpToItsScore(_ q: String) async throws {
    let test = try await Self.index()
    for match in [MatchMode.all, .any] {
      let result = try await explained(test, q) {
        $0.match = match
        $0.group = .passage
      }
      for passage in result.hits.flatMap(\.passages) {
        let lines = try #require(passage.explain)
        let sum = lines.reduce(0) { $0 + $1.weight }
        #expect(abs(sum - passage.score) < 1e-3 * max(1, passage.score), "\(q), \(passage.id): \(lines) against \(passage.score)")
        #expect(!lines.contains { $0.term == "other" }, "\(q), \(passage.id): \(lines)")
        #expect(passage.score == 0 || !lines.isEmpty)
      }
    }
  }

  @Test func ofAWordAndItsActorTheGreaterCounts() async throws {
    let test = try await Self.index()
    let result = try await explained(test, "alphaland") { $0.group = .passage }
    let passages = result.hits.flatMap(\.passages).compactMap(\.explain)
    let lines = try #require(passages.first { $0.count == 2 && $0[0].field == nil })
    #expect(lines[0].weight > 0 && lines[0].clause == "alphaland")
    #expect(lines[1].field == "actor" && lines[1].weight == 0 && (lines[1].own ?? 0) > 0 && lines[1].note != nil)
    // "Betish" is another name only.
    let names = try await explained(test, "betaland") { $0.group = .passage }.hits.flatMap(\.passages).compactMap(\.explain)
    #expect(names.contains { $0.count == 1 && $0[0].weight > 0 && $0[0].note?.contains("0.4") == true })
  }

  @Test func sortedByDateNothingCounts() async throws {
    let test = try await Self.index()
    let result = try await explained(test, "corridor") { $0.sort = .dateDescending }
    let lines = result.hits.flatMap { $0.passages.flatMap { $0.explain ?? [] } }
    #expect(!lines.isEmpty && lines.allSatisfy { $0.weight == 0 && ($0.own ?? 0) > 0 })
  }

  @Test func everyPartSaysWhatItRemoves() async throws {
    let test = try await Self.index()
    let result = try await explained(test, "drones NEAR/3 factory -tango") { $0.filters[.date] = FilterValue(any: ["2021..2022"]) }
    #expect(result.total.passages == 2)
    #expect(part(result, "drones NEAR/3 factory")?.passages == 2)
    #expect(part(result, "-tango")?.occurrence == .excluded)
    #expect(part(result, "-tango")?.passages == 2)
    #expect(part(result, "-tango")?.without == MatchCount(articles: 1, passages: 2))
    #expect(part(result, "date:2021..2022", .filter)?.passages == 5)
    #expect(part(result, "date:2021..2022", .filter)?.without == MatchCount(articles: 1, passages: 2))

    let narrow = try await explained(test, "alphaland NEAR/3 lake")
    #expect(narrow.total.passages == 0)
    #expect(part(narrow, "NEAR/3", .window)?.without == MatchCount(articles: 1, passages: 1))
    #expect(narrow.explain?.blame.map(\.code) == [.tooNarrow])
    #expect(narrow.explain?.blame.contains { $0.clause == "NEAR/3" && $0.message.contains("1 passage") } == true)

    let phrase = try await explained(test, "\"war games\"")
    #expect(part(phrase, "\"war games\"", .phrase)?.without == MatchCount(articles: 1, passages: 2))

    let left = try await explained(test, "corridor") { $0.exclude[.actor] = FilterValue(any: ["alphaland"]) }
    #expect(left.total.passages == 2)
    #expect(part(left, "actor:alphaland", .exclude)?.without == MatchCount(articles: 3, passages: 4))
  }

  @Test func whatFindsNothingIsNamed() async throws {
    let test = try await Self.index()
    let misspelt = try await explained(test, "sanktions corridor")
    #expect(misspelt.total.passages == 0)
    #expect(part(misspelt, "sanktions")?.passages == 0)
    #expect(part(misspelt, "sanktions")?.didYouMean == ["sanctions"])
    #expect(misspelt.explain?.blame.first?.code == .noMatch)
    #expect(misspelt.explain?.blame.first?.message.contains("sanctions") == true)

    let filtered = try await explained(test, "tango") { $0.filters[.date] = FilterValue(any: ["2021"]) }
    #expect(filtered.explain?.blame.contains { $0.clause == "date:2021" && $0.code == .tooNarrow } == true)

    let together = try await explained(test, "tango games lake")
    #expect(together.explain?.blame.map(\.code) == [.together])
    let found = try await explained(test, "corridor")
    #expect(found.explain?.blame == [] && found.explain?.isComplete == true)
  }

  @Test func tooMuchIsNamed() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put(
      (0..<150).map { CorpusArticle(key: "\($0)", parts: [.init(text: $0 % 3 == 0 ? "border zulu" : "border")]) }, path: "a.jsonl")
    let any = try await explained(test, "zulu OR border")
    #expect(any.explain?.blame.map(\.clause) == ["border"])
    #expect(any.explain?.blame.first?.code == .tooBroad)
    #expect(part(any, "border")?.without == MatchCount(articles: 50, passages: 50))
    #expect(try await explained(test, "border").explain?.blame.map(\.code) == [.tooBroad])
    #expect(try await explained(test, "zulu").explain?.blame == [])
  }

  @Test func explanationsCrossTheWire() async throws {
    let test = try await Self.index()
    let result = try await explained(test, "alphaland~1 \"war games\" sanktions") { $0.match = .any }
    let again = try SearchResult(json: try JSONValue(parsing: result.jsonBytes))
    #expect(again.explain == result.explain)
    #expect(again.hits.flatMap { $0.passages.map(\.explain) } == result.hits.flatMap { $0.passages.map(\.explain) })
  }
}
